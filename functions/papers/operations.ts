import { visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { subjectOf } from '../cases/engine.ts';
import type { CaseEvent, CaseRecord, CaseText } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import { eventsOf } from '../cases/timeline.ts';
import type { CaseKind } from '../cases/workflow.ts';
import type { City } from '../city/schema.ts';
import { pinOf } from '../kernel/code.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Log } from '../kernel/log.ts';
import type { Answer } from '../kernel/respond.ts';
import { type Clock, toSeconds } from '../kernel/time.ts';
import type { StaffReader } from '../people/staff.ts';
import { groupText, receiptOf, sheetOf } from './compose.ts';
import type { papers } from './contract.ts';
import { receiptPdf } from './receipt.ts';
import { sheetPdf } from './sheet.ts';

type Operations = (typeof papers)['operations'];

export interface Deps {
  readonly store: CaseStore;
  readonly staff: Pick<StaffReader, 'byId'>;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
  readonly kinds: Readonly<Record<string, CaseKind>>;
  readonly publicUrl: string;
  readonly log: Log;
}

/** So long the PIN is printed for whoever recorded the report: the citizen still stands at the counter. */
const pinSeconds = 30 * 60;

interface Opened {
  readonly city: City;
  readonly record: CaseRecord;
  readonly kind: CaseKind;
  readonly events: readonly CaseEvent[];
  readonly texts: ReadonlyMap<string, CaseText>;
}

export const operations = (deps: Deps) => {
  const found = async (code: string): Promise<Pick<Opened, 'city' | 'record' | 'kind'>> => {
    const [city, record] = await Promise.all([deps.city(), deps.store.read(code)]);
    const kind = record === undefined ? undefined : deps.kinds[record.kind];
    if (record === undefined || kind === undefined) throw problem('notFound');
    return { city, record, kind };
  };
  const sees = (actor: StaffActor, { city, record }: Pick<Opened, 'city' | 'record'>): boolean =>
    visibleTo(subjectOf(record), actor, city.substitutes);

  /** Which paper, by whose role and unit; neither the code nor the person. */
  const printed = (paper: string, actor: StaffActor, requestId: string): void =>
    deps.log.info('printed', { paper, role: actor.role, unit: actor.unit, requestId });

  const link = (code: string): string => `${deps.publicUrl}/v1/track/${code}`;

  /** Whether the actor has only just recorded this report for a citizen. */
  const recordedNow = (record: CaseRecord, actor: StaffActor): boolean => {
    const filed = record.events.find(({ seq }) => seq === 1);
    return filed?.actor.id === actor.id && toSeconds(deps.now()) - toSeconds(record.recordedAt) < pinSeconds;
  };

  return {
    printSheet: async (call: Call<Operations['printSheet'], StaffActor>): Promise<Answer<Uint8Array>> => {
      const opened = await found(call.input.params.code);
      const { record } = opened;
      if (!sees(call.actor, opened)) throw problem('notFound');
      const [events, texts, person] = await Promise.all([
        eventsOf(deps.store, record),
        deps.store.texts(record.code),
        record.assignee === undefined ? undefined : deps.staff.byId(record.assignee),
      ]);
      printed('sheet', call.actor, call.requestId);
      const about = {
        ...opened,
        events,
        texts,
        actor: call.actor,
        now: deps.now(),
        track: link(record.code),
      };
      const body = sheetPdf(sheetOf({ ...about, assignee: person?.name }));
      return { body, filename: `laporan-${record.code}.pdf` };
    },

    printReceipt: async (call: Call<Operations['printReceipt'], StaffActor>): Promise<Answer<Uint8Array>> => {
      const opened = await found(call.input.params.code);
      const { record, city } = opened;
      const fresh = recordedNow(record, call.actor);
      // Who records for a citizen may be in no unit that sees the case; the paper says no more than was just written.
      if (!fresh && !sees(call.actor, opened)) throw problem('notFound');
      // A PIN that was renewed since is the business of whoever asked for it.
      const key =
        fresh && record.pin.version === 1 ? (await deps.keys()).of('pin', record.pin.key) : undefined;
      const pin = key === undefined ? undefined : pinOf(key, record.code, record.pin.version);
      printed('receipt', call.actor, call.requestId);
      const about = { city, record, actor: call.actor, now: deps.now(), track: link(record.code), pin };
      return { body: receiptPdf(receiptOf(about)), filename: `tanda-terima-${record.code}.pdf` };
    },

    groupText: async (call: Call<Operations['groupText'], StaffActor>): Promise<Answer<string>> => {
      const opened = await found(call.input.params.code);
      const { record, city, kind } = opened;
      if (!sees(call.actor, opened)) throw problem('notFound');
      const { confidential, oversight } = record.flags;
      if (confidential || oversight || record.about !== undefined) throw problem('secretCase');
      const filed = (await deps.store.texts(record.code)).get(record.filing.id);
      return { body: groupText({ city, record, kind, filed, track: link(record.code) }) };
    },
  };
};
