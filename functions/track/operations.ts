import type { AnonymousActor } from '../cases/actor.ts';
import { citizenDue } from '../cases/clock/clock.ts';
import type { Audience, CaseEvent, CaseRecord, CaseText } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import { unitOf } from '../cases/units.ts';
import type { Workflow } from '../cases/workflow.ts';
import { categoryOf } from '../city/find.ts';
import type { City } from '../city/schema.ts';
import { keyedHash, pinOf, readCode, samePin } from '../kernel/code.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst, giveBack, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import { type Clock, toSeconds } from '../kernel/time.ts';
import { caseToken, caseTokenSeconds } from '../kernel/token.ts';
import type { track } from './contract.ts';

type Operations = (typeof track)['operations'];

/**
 * Wrong PINs: per address over all codes (many people share the address of a mobile operator), and per address on one
 * code. Never per code alone, so that nobody can lock a reporter out by guessing; a right PIN counts nothing. 8 symbols
 * of 32 hold 40 bits: at this pace guessing one takes forever.
 */
const attemptsPerAddress: Quota = { limit: 300, seconds: 3600 };
const attemptsPerCode: Quota = { limit: 10, seconds: 900 };

export interface Deps {
  readonly table: Table;
  readonly store: CaseStore;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
  readonly workflows: Readonly<Record<string, Workflow>>;
}

const typed = (text: string): string => {
  const code = readCode(text);
  if (code === undefined) throw problem('wrongCode', { fields: [{ field: '{code}', problem: 'wrongCode' }] });
  return code;
};

/** Of these the code alone shows nothing but that a PIN is needed. */
const isSecret = (record: CaseRecord): boolean =>
  record.flags.confidential || record.flags.oversight || record.about !== undefined;

export const operations = (deps: Deps) => {
  const summary = (city: City, record: CaseRecord, language: Language) => ({
    code: record.code,
    kind: record.kind,
    state: record.state,
    stateName: stateName(deps.workflows, record.kind, record.state, language),
    filedAt: record.filedAt,
    due: citizenDue(record.clocks),
    limits: {
      promise: record.clocks['promise']?.due ?? null,
      outer: record.clocks['outer']?.due ?? null,
    },
    unit: record.unit === null || isSecret(record) ? null : (unitOf(city, record.unit)?.name ?? null),
  });

  const entry = (city: City, record: CaseRecord, event: CaseEvent, language: Language) => ({
    at: event.on,
    type: event.type,
    state: event.to,
    stateName: stateName(deps.workflows, record.kind, event.to, language),
    unit: event.unitTo === undefined || isSecret(record) ? null : (unitOf(city, event.unitTo)?.name ?? null),
    says: sentence(deps.workflows, record.kind, event.type, language),
  });

  const eventsOf = async (record: CaseRecord): Promise<readonly CaseEvent[]> => {
    const older = record.archived === 0 ? [] : await deps.store.archivedEvents(record.code);
    return [...older.filter((event) => event.seq <= record.archived), ...record.events];
  };

  /** The reporter's own view: every event and text that is not internal. */
  const privateView = async (record: CaseRecord, language: Language) => {
    const city = await deps.city();
    const events = (await eventsOf(record)).filter((event) => forReporter(event.audience));
    const texts = await deps.store.texts(record.code);
    const filed = texts.get(record.filing.id);
    return {
      ...summary(city, record, language),
      text: filed?.body ?? null,
      place: {
        area: city.areas.find((a) => a.code === record.area)?.name ?? null,
        address: filed?.place?.address ?? null,
        landmark: filed?.place?.landmark ?? null,
        rt: filed?.place?.rt ?? null,
        rw: filed?.place?.rw ?? null,
      },
      category: categoryOf(city, record.category)?.names[language] ?? null,
      timeline: events.map((event) => ({
        ...entry(city, record, event, language),
        by: typeof event.facts?.['by'] === 'string' && event.type === 'replied' ? event.facts['by'] : null,
        texts: event.texts.flatMap(({ id, audience }): string[] => {
          const text: CaseText | undefined = id === record.filing.id ? undefined : texts.get(id);
          return text === undefined || !forReporter(audience) ? [] : [text.body];
        }),
      })),
    };
  };

  return {
    trackCase: async (call: Call<Operations['trackCase'], AnonymousActor>) => {
      const code = typed(call.input.params.code);
      const [city, record] = await Promise.all([deps.city(), deps.store.read(code)]);
      if (record === undefined) throw problem('notFound');
      if (isSecret(record)) throw problem('pinNeeded');
      const events = (await eventsOf(record)).filter((e) => e.audience === 'code' || e.audience === 'public');
      return {
        body: {
          ...summary(city, record, call.language),
          timeline: events.map((event) => entry(city, record, event, call.language)),
        },
        etag: record.seq,
      };
    },

    openCase: async (call: Call<Operations['openCase'], AnonymousActor>) => {
      const code = typed(call.input.params.code);
      const keys = await deps.keys();
      const now = deps.now();
      const address = keyedHash(keys.now('quota'), call.address);
      // Counted before the look, given back when right: guesses that come at once are all counted.
      const counted = [
        [`pin#${address}`, attemptsPerAddress],
        [`pin#${address}#${code}`, attemptsPerCode],
      ] as const;
      for (const [scope, quota] of counted) await countAgainst(deps.table, scope, quota, now);
      const record = await deps.store.read(code);
      const key = record === undefined ? undefined : keys.of('pin', record.pin.key);
      if (record === undefined || key === undefined) throw problem('wrongPin');
      if (!samePin(call.input.body.pin, pinOf(key, code, record.pin.version))) throw problem('wrongPin');
      for (const [scope, quota] of counted) await giveBack(deps.table, scope, quota, now);
      return {
        body: {
          token: caseToken(keys, code, record.pin.version, toSeconds(now)),
          expiresIn: caseTokenSeconds,
          case: await privateView(record, call.language),
        },
        etag: record.seq,
      };
    },

    readOwnCase: async (
      call: Call<Operations['readOwnCase'], { readonly code: string; readonly pinVersion: number }>,
    ) => {
      const code = typed(call.input.params.code);
      // A token opens its own case only, and only until the PIN changes.
      const record = call.actor.code === code ? await deps.store.read(code) : undefined;
      if (record === undefined || record.pin.version !== call.actor.pinVersion)
        throw problem('caseTokenInvalid');
      return { body: await privateView(record, call.language), etag: record.seq };
    },
  };
};

const forReporter = (audience: Audience): boolean => audience !== 'staff';

const stateName = (workflows: Deps['workflows'], kind: string, state: string, language: Language): string =>
  workflows[kind]?.states[state]?.names[language] ?? state;

const filedSays = { id: 'Laporan diterima.', en: 'The report was received.' };

const sentence = (workflows: Deps['workflows'], kind: string, type: string, language: Language): string => {
  if (type === 'filed') return filedSays[language];
  const action = Object.values(workflows[kind]?.actions ?? {}).find((a) => a.event === type);
  return action?.says[language] ?? type;
};
