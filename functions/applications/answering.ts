import type { Actor } from '../cases/actor.ts';
import type { CaseRecord } from '../cases/model.ts';
import { unitOf } from '../cases/units.ts';
import { pinOf } from '../kernel/code.ts';
import type { Output } from '../kernel/contract.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Answer } from '../kernel/respond.ts';
import { type ActingDeps, taking } from './acting.ts';
import type { Applied, ApplyDeps } from './apply.ts';
import type { applications } from './contract.ts';
import type { DraftStore } from './draft-store.ts';
import { type Corrections, handingIn } from './handing-in.ts';
import { lookAt } from './look.ts';
import type { Seen } from './view.ts';

export type Operations = (typeof applications)['operations'];

export interface Deps extends ActingDeps, Omit<ApplyDeps, 'store' | 'answers'> {
  readonly drafts: DraftStore;
}

/** What whoever filed gets: code, PIN, and what is promised when. */
export const filedAnswer = (
  { record, pinKey: keyId, city, keys }: Applied,
  language: Language,
): Answer<Output<Operations['apply']>> => {
  const pinKey = keys.of('pin', keyId);
  if (pinKey === undefined) throw new Error('the key of this PIN is gone');
  const service = city.services.find(({ code }) => code === record.category);
  if (service === undefined) throw problem('notSetUp');
  const unit = unitOf(city, record.unit ?? '');
  return {
    location: `/v1/track/${record.code}/application`,
    body: {
      code: record.code,
      pin: pinOf(pinKey, record.code, record.pin.version),
      state: record.state,
      filedAt: record.filedAt,
      service: { id: service.code, name: service.name[language] },
      unit: { id: unit?.id ?? '', name: unit?.name ?? '' },
      checkedBy: record.clocks['completeness']?.due ?? null,
      promise: {
        amount: service.promise.amount,
        in: service.promise.in,
        legal: service.promise.legal.reference,
      },
      track: `/v1/track/${record.code}`,
    },
  };
};

/** The part of a call that an action needs beside its input. */
interface Acting {
  readonly idempotencyKey: string;
  readonly ifMatch: number;
  readonly language: Language;
}

const answered = ({
  code,
  seq,
  state,
}: {
  readonly code: string;
  readonly seq: number;
  readonly state: string;
}) => ({
  body: { code, seq, state },
  etag: seq,
});

/** What applicants and staff do alike, once it is known that they may read the application. */
export const answering = (deps: Deps) => {
  const take = taking(deps);
  const hand = handingIn(deps);
  return {
    seenBy: async (record: CaseRecord, actor: Actor, path: string, language: Language): Promise<Seen> => {
      const now = deps.now();
      const [city, known] = await Promise.all([deps.city(), lookAt(deps, record, now)]);
      return { city, record, known, actor, now, language, path };
    },

    /** Whether this actor may know of the application, and may do that, is the engine's to say: it reads it anyway. */
    act: async (
      code: string,
      actor: Actor,
      action: string,
      body: Readonly<Record<string, unknown>>,
      { idempotencyKey, ifMatch, language }: Acting,
    ) => answered(await take(actor, action, { code, body, idempotencyKey, ifMatch, language })),

    correct: async (
      record: CaseRecord,
      actor: Actor,
      body: Corrections,
      { idempotencyKey, ifMatch, language }: Acting,
    ) => {
      const { code } = record;
      return answered(await hand(actor, record, { code, body, idempotencyKey, ifMatch, language }));
    },
  };
};
