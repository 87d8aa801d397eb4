import type { City, ClockName, SettingKind } from '../city/schema.ts';
import { codesFor } from '../kernel/code.ts';
import { problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Instant } from '../kernel/time.ts';
import { type Actor, actorRefOf } from './actor.ts';
import { wakeAtOf } from './clock/ladder.ts';
import { applyClocks } from './effects.ts';
import type { CaseEvent, CaseRecord, CaseText } from './model.ts';
import type { CaseStore } from './store.ts';
import { rootOf } from './units.ts';
import type { CaseKind } from './workflow.ts';

/** How a case came in, whatever its kind. */
export interface Came {
  readonly city: City;
  readonly actor: Actor;
  readonly code: string;
  readonly command: { readonly id: string; readonly fingerprint: string };
  readonly pinKey: string;
  /** Keyed hash of the account; undefined for those who file without one. */
  readonly reporter: string | undefined;
  /** Whether an identity record is put under its reference. */
  readonly identified: boolean;
  readonly origin: string;
  /** When the citizen said it, and when it was recorded. */
  readonly filedAt: Instant;
  readonly now: Instant;
}

type Begun = 'kind' | 'start';

/**
 * Members of a new record that follow from how it came in.
 * @param holder whose stay begins: a root unit or triage
 */
export const begun = (o: Came, { kind, start }: Pick<CaseKind, Begun>, holder: string) => ({
  v: 1 as const,
  code: o.code,
  kind,
  state: start.state,
  seq: 1,
  rev: 1,
  filedAt: o.filedAt,
  recordedAt: o.now,
  origin: o.origin,
  filing: { ...o.command },
  identified: o.identified,
  pin: { version: 1, key: o.pinKey },
  bounces: 0,
  clocks: {},
  custody: [{ unit: holder, from: o.filedAt }],
  wakeAt: null,
  events: [],
  archived: 0,
  ...(o.reporter === undefined ? {} : { reporter: o.reporter }),
});

interface First {
  readonly starts: readonly ClockName[];
  /** Whether the words put with the command belong to it. */
  readonly worded: boolean;
  readonly files: readonly string[] | undefined;
  readonly facts: CaseEvent['facts'];
  /** Settings that decided where it lies and when it is due. */
  readonly decided: readonly SettingKind[];
}

/** A new record with its clocks and its first event. Pure. */
export const filedWith = (
  { city, ...o }: Came,
  base: CaseRecord,
  { starts, worded, files = [], facts, decided }: First,
): CaseRecord => {
  const clocks = applyClocks(
    city,
    base,
    starts.map((name) => ({ start: name })),
    o.filedAt,
  );
  const filed: CaseEvent = {
    v: 1,
    seq: 1,
    ...{ commandId: o.command.id, fingerprint: o.command.fingerprint },
    type: 'filed',
    at: o.now,
    on: o.filedAt,
    actor: { ...actorRefOf(o.actor), ...(o.actor.kind === 'staff' ? { onBehalfOf: 'reporter' } : {}) },
    to: base.state,
    ...(base.unit === null ? {} : { unitTo: base.unit }),
    texts: worded ? [{ id: o.command.id, audience: 'reporter' }] : [],
    ...(files.length === 0 ? {} : { files: files.map((id) => ({ id, audience: 'reporter' as const })) }),
    ...(facts === undefined ? {} : { facts }),
    audience: 'code',
    config: Object.fromEntries(decided.map((setting) => [setting, city.versions[setting] ?? 0])),
  };
  return { ...base, clocks, wakeAt: wakeAtOf(city, clocks), events: [filed] };
};

/** What a kind that no coordinator dispatches has to say of a new case. */
export interface Opening extends Came {
  readonly kind: Pick<CaseKind, Begun>;
  /** What lists show of it. Nothing personal: what a person wrote is an item of its own. */
  readonly excerpt: string;
  readonly category: string | null;
  readonly area?: string | null;
  /** The unit that it lies with at once. */
  readonly unit: string;
  readonly data: CaseRecord['data'];
  readonly worded: boolean;
  readonly files?: readonly string[];
  readonly facts?: CaseEvent['facts'];
}

/** A new case that lies with its unit at once. Pure. */
export const newCase = (o: Opening): CaseRecord => {
  const root = rootOf(o.city, o.unit);
  const base: CaseRecord = {
    ...begun(o, o.kind, root),
    excerpt: o.excerpt,
    category: o.category,
    categoryBy: o.category === null ? 'none' : 'reporter',
    area: o.area ?? null,
    areaHow: 'none',
    flags: { anonymous: false, confidential: false, oversight: false, emergency: false },
    proposal: { unit: o.unit, outside: null, rule: null, losers: [] },
    unit: o.unit,
    root,
    data: o.data,
  };
  return filedWith(o, base, {
    starts: o.kind.start.clocks,
    worded: o.worded,
    files: o.files,
    facts: o.facts,
    decided: ['units', 'clocks', 'calendars', 'services'],
  });
};

export interface Filing<T extends { readonly record: CaseRecord }> {
  readonly command: { readonly id: string; readonly fingerprint: string };
  readonly now: Instant;
  /** The case as it is (or was) opened at a moment; only the moment differs between a first try and a retry. */
  readonly opened: (code: string, at: Instant) => T;
  /** The words of whoever files, put before the case that names them. */
  readonly text?: Omit<CaseText, 'v' | 'id' | 'fingerprint' | 'at'>;
  /** What has to be kept beside the case before it is acknowledged; done again by every retry, so once is enough. */
  readonly beside?: (code: string) => Promise<void>;
}

/**
 * Files a case once, whatever the retries: words, then case (`attribute_not_exists`), then what lies beside it. The code
 * comes from the command's id, so that a retry walks to the same case and gets the same code, PIN and dates.
 * @returns what was opened, with the id of the key that the first try's PIN was made with
 * @throws Problem keyReused, busy
 */
export const fileOnce = async <T extends { readonly record: CaseRecord }>(
  store: Pick<CaseStore, 'putText' | 'create'>,
  keys: Keys,
  { command, now, opened, text, beside }: Filing<T>,
): Promise<T & { readonly pinKey: string }> => {
  for (const code of codesFor(keys.first('code'), command.id)) {
    const fresh = opened(code, now);
    if (text !== undefined) {
      const known = await store.putText(code, { v: 1, ...command, ...text, at: now });
      // Words of an earlier try that was cut off before its case: the same key with other words is another command.
      if (known !== undefined && known.fingerprint !== command.fingerprint) throw problem('keyReused');
    }
    const holder = await store.create(fresh.record);
    if (holder !== undefined && holder.filing.id !== command.id) continue;
    if (holder !== undefined && holder.filing.fingerprint !== command.fingerprint) throw problem('keyReused');
    await beside?.(code);
    const first = holder === undefined ? fresh : opened(code, holder.recordedAt);
    return { ...first, pinKey: holder?.pin.key ?? fresh.record.pin.key };
  }
  throw problem('busy', { retryAfter: 1 });
};
