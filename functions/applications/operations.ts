import { uploader } from '../attachments/file-id.ts';
import { handles, visibleTo } from '../cases/access.ts';
import {
  type Actor,
  type AnonymousActor,
  type CitizenActor,
  type HolderActor,
  holderOf,
  type StaffActor,
} from '../cases/actor.ts';
import { act } from '../cases/commands.ts';
import { isReporter, subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { unitOf } from '../cases/units.ts';
import { keyedHash, pinOf, readCode } from '../kernel/code.ts';
import type { Output } from '../kernel/contract.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Answer } from '../kernel/respond.ts';
import { toSeconds } from '../kernel/time.ts';
import { type ActingDeps, taking } from './acting.ts';
import { type Applied, type ApplyDeps, apply } from './apply.ts';
import type { applications } from './contract.ts';
import type { DraftStore } from './draft-store.ts';
import { draftsOf } from './drafts.ts';
import { type Corrections, handingIn } from './handing-in.ts';
import { lookAt } from './look.ts';
import { dataOf } from './model.ts';
import { submitDraft } from './submit.ts';
import { ownView, staffView } from './view.ts';

type Operations = (typeof applications)['operations'];
type Opened = { readonly code: string; readonly pinVersion: number };

/** How long ago a citizen may have handed in what staff record now. */
const recordedWithinDays = 90;

export interface Deps extends ActingDeps, Omit<ApplyDeps, 'store' | 'answers'> {
  readonly drafts: DraftStore;
}

export type Filed = Answer<Output<Operations['apply']>>;

/** What whoever filed gets: code, PIN, and what is promised when. */
export const filedAnswer = ({ record, pinKey: keyId, city, keys }: Applied, language: Language): Filed => {
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

const typed = (text: string): string => {
  const code = readCode(text);
  if (code === undefined) throw problem('wrongCode', { fields: [{ field: '{code}', problem: 'wrongCode' }] });
  return code;
};

interface Acting {
  readonly idempotencyKey: string;
  readonly ifMatch: number;
  readonly language: Language;
}

export const operations = (deps: Deps) => {
  const drafts = draftsOf(deps);
  const take = taking(deps);
  const hand = handingIn(deps);

  /** A citizen's own application. @throws Problem notFound */
  const mine = async (actor: CitizenActor, given: string): Promise<CaseRecord> => {
    const record = await deps.store.read(typed(given));
    if (record?.kind !== 'application' || !isReporter(actor, record)) throw problem('notFound');
    return record;
  };

  /** The application that a case token opens, while its PIN is the one that opened it. @throws Problem caseTokenInvalid */
  const held = async (token: Opened, given: string): Promise<CaseRecord> => {
    const record = token.code === typed(given) ? await deps.store.read(token.code) : undefined;
    if (record?.kind !== 'application' || !isReporter(holderOf(token), record))
      throw problem('caseTokenInvalid');
    return record;
  };

  /** An application that staff see. @throws Problem notFound */
  const seen = async (actor: StaffActor, code: string): Promise<CaseRecord> => {
    const [city, record] = await Promise.all([deps.city(), deps.store.read(code)]);
    if (record?.kind !== 'application' || !visibleTo(subjectOf(record), actor, city.substitutes))
      throw problem('notFound');
    return record;
  };

  const shownTo = async (record: CaseRecord, actor: Actor, path: string, language: Language) => {
    const now = deps.now();
    const [city, known] = await Promise.all([deps.city(), lookAt(deps, record, now)]);
    return { city, record, known, actor, now, language, path };
  };

  const showOwn = async (
    record: CaseRecord,
    actor: CitizenActor | HolderActor,
    path: string,
    language: Language,
  ) => {
    const [view, content] = await Promise.all([
      shownTo(record, actor, path, language),
      deps.answers.read(dataOf(record).answers),
    ]);
    return { body: ownView(view, content), etag: record.seq };
  };

  const acted = async (
    record: CaseRecord,
    actor: Actor,
    action: string,
    body: Readonly<Record<string, unknown>>,
    { idempotencyKey, ifMatch, language }: Acting,
  ) => {
    const {
      facts: _,
      at: __,
      ...done
    } = await take(actor, action, {
      code: record.code,
      body,
      idempotencyKey,
      ifMatch,
      language,
    });
    return { body: done, etag: done.seq };
  };

  const corrected = async (
    record: CaseRecord,
    actor: Actor,
    body: Corrections,
    { idempotencyKey, ifMatch, language }: Acting,
  ) => {
    const {
      facts: _,
      at: __,
      ...done
    } = await hand(actor, record, {
      code: record.code,
      body,
      idempotencyKey,
      ifMatch,
      language,
    });
    return { body: done, etag: done.seq };
  };

  return {
    apply: async (call: Call<Operations['apply'], AnonymousActor>) => {
      const { contact, ...body } = call.input.body;
      const keys = await deps.keys();
      const applied = await apply(deps, call.actor, body, {
        key: call.idempotencyKey,
        origin: 'web',
        filedAt: undefined,
        quota: `file#${keyedHash(keys.now('quota'), call.address)}`,
        contact,
        uploader: uploader.anonymous,
        language: call.language,
      });
      return filedAnswer(applied, call.language);
    },

    listDrafts: async ({ actor, language }: Call<Operations['listDrafts'], CitizenActor>) => ({
      body: { drafts: await drafts.list(actor, language) },
    }),

    startDraft: async ({ actor, input, language }: Call<Operations['startDraft'], CitizenActor>) => {
      const body = await drafts.start(actor, input.body, language);
      return { body, etag: body.rev, location: `/v1/me/drafts/${body.id}` };
    },

    readDraft: async ({ actor, input, language }: Call<Operations['readDraft'], CitizenActor>) => {
      const body = await drafts.read(actor, input.params.id, language);
      return { body, etag: body.rev };
    },

    saveDraft: async (call: Call<Operations['saveDraft'], CitizenActor>) => {
      const { params, body: given } = call.input;
      const body = await drafts.save(call.actor, params.id, given, call.ifMatch, call.language);
      return { body, etag: body.rev };
    },

    discardDraft: async ({ actor, input }: Call<Operations['discardDraft'], CitizenActor>) => {
      await drafts.discard(actor, input.params.id);
      return { body: undefined };
    },

    submitDraft: async (call: Call<Operations['submitDraft'], CitizenActor>) => {
      const applied = await submitDraft({ ...deps, present: drafts.present }, call.actor, {
        ...call.input.body,
        id: call.input.params.id,
        language: call.language,
      });
      return filedAnswer(applied, call.language);
    },

    forgetAnswers: async ({ actor }: Call<Operations['forgetAnswers'], CitizenActor>) => {
      await deps.drafts.earlier.forget(actor.id);
      return { body: undefined };
    },

    readMyApplication: async (call: Call<Operations['readMyApplication'], CitizenActor>) => {
      const record = await mine(call.actor, call.input.params.code);
      return showOwn(record, call.actor, `/v1/me/applications/${record.code}`, call.language);
    },

    actOnMyApplication: async (call: Call<Operations['actOnMyApplication'], CitizenActor>) => {
      const { params, body } = call.input;
      return acted(await mine(call.actor, params.code), call.actor, params.action, body, call);
    },

    correctMyApplication: async (call: Call<Operations['correctMyApplication'], CitizenActor>) =>
      corrected(await mine(call.actor, call.input.params.code), call.actor, call.input.body, call),

    readOwnApplication: async (call: Call<Operations['readOwnApplication'], Opened>) => {
      const record = await held(call.actor, call.input.params.code);
      const path = `/v1/track/${record.code}/application`;
      return showOwn(record, holderOf(call.actor), path, call.language);
    },

    actOnOwnApplication: async (call: Call<Operations['actOnOwnApplication'], Opened>) => {
      const { params, body } = call.input;
      return acted(await held(call.actor, params.code), holderOf(call.actor), params.action, body, call);
    },

    correctOwnApplication: async (call: Call<Operations['correctOwnApplication'], Opened>) =>
      corrected(await held(call.actor, call.input.params.code), holderOf(call.actor), call.input.body, call),

    applyForCitizen: async (call: Call<Operations['applyForCitizen'], StaffActor>) => {
      const { contact, origin, saidAt, ...body } = call.input.body;
      const now = toSeconds(deps.now());
      if (saidAt !== undefined) {
        const said = toSeconds(saidAt);
        if (said > now || said < now - recordedWithinDays * 86_400)
          throw problem('dateOutOfRange', { fields: [{ field: '/saidAt', problem: 'dateOutOfRange' }] });
      }
      const applied = await apply(deps, call.actor, body, {
        key: call.idempotencyKey,
        origin,
        filedAt: saidAt,
        quota: undefined,
        contact,
        uploader: uploader.staff(call.actor.id),
        language: call.language,
      });
      return filedAnswer(applied, call.language);
    },

    readApplication: async (call: Call<Operations['readApplication'], StaffActor>) => {
      const { actor, language } = call;
      const record = await seen(actor, call.input.params.code);
      const content = handles(subjectOf(record), actor)
        ? await deps.answers.read(dataOf(record).answers)
        : undefined;
      const view = await shownTo(record, actor, `/v1/desk/applications/${record.code}`, language);
      return { body: staffView(view, content), etag: record.seq };
    },

    actOnApplication: async (call: Call<Operations['actOnApplication'], StaffActor>) => {
      const { params, body } = call.input;
      return acted(await seen(call.actor, params.code), call.actor, params.action, body, call);
    },

    correctApplication: async (call: Call<Operations['correctApplication'], StaffActor>) => {
      const record = await seen(call.actor, call.input.params.code);
      if (!handles(subjectOf(record), call.actor)) throw problem('forbidden');
      return corrected(record, call.actor, call.input.body, call);
    },

    revealAnswers: async (call: Call<Operations['revealAnswers'], StaffActor>) => {
      const record = await seen(call.actor, call.input.params.code);
      const input = { text: call.input.body.reason };
      await act(deps, call.actor, {
        code: record.code,
        action: 'reveal',
        apart: true,
        body: input,
        parse: () => input,
        look: async () => ({}),
        idempotencyKey: call.idempotencyKey,
      });
      const { applicant, answers } = await deps.answers.read(dataOf(record).answers);
      return { body: { applicant, answers } };
    },
  };
};
