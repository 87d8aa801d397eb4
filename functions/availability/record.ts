import * as z from 'zod/mini';
import type { App } from '../city/apps.ts';
import { day, instant, slug } from '../kernel/schema.ts';
import type { Instant } from '../kernel/time.ts';

/**
 * Why an app is not there: no address of its name; an address that is nobody's on the internet; no connection, no
 * certificate that holds, no answer in time; an answer that says that it is broken or gone; too many ways on.
 */
export const absences = ['dns', 'private', 'connect', 'tls', 'timeout', 'status', 'redirects'] as const;
export type Absence = (typeof absences)[number];

/** What one look found. */
export interface Looked {
  readonly at: Instant;
  /** Milliseconds until it answered, or until that was given up. */
  readonly ms: number;
  /** Absent when it is there. */
  readonly why?: Absence;
}

/** Changes and days that are kept. */
const keptChanges = 20;
const keptDays = 30;
/** Looks in a row that find an app gone before its owner is told: one alone is often a hiccup. */
export const failuresUntilTold = 3;

const change = z.object({ at: instant, up: z.boolean(), why: z.optional(z.enum(absences)) });

export const availability = z.object({
  v: z.literal(1),
  id: slug,
  /** What was looked at; a changed link begins anew. */
  url: z.string(),
  up: z.boolean(),
  /** Since when it is as it is, as far as looks say. */
  since: instant,
  checkedAt: instant,
  ms: z.int(),
  why: z.optional(z.enum(absences)),
  /** Looks in a row that found it gone. */
  failures: z.int(),
  /** When its owner was told of the outage that lasts. */
  toldAt: z.optional(instant),
  /** Newest first. */
  changes: z.array(change),
  /** Newest first: how often it was looked at on a day, city zone, and found there. */
  days: z.array(z.object({ day, looks: z.int(), up: z.int() })),
  /** Guards the record: of two runs at once one counts. */
  rev: z.int(),
});
export type Availability = z.output<typeof availability>;

const counted = (days: Availability['days'], today: string, up: boolean): Availability['days'] => {
  const [first, ...older] = days;
  const same = first?.day === today ? first : { day: today, looks: 0, up: 0 };
  const now = { day: today, looks: same.looks + 1, up: same.up + (up ? 1 : 0) };
  return [now, ...(same === first ? older : days)].slice(0, keptDays);
};

/**
 * The record after a look.
 * @param before undefined where the app was never looked at
 * @param today calendar day in the city's zone
 */
export const afterLook = (
  before: Availability | undefined,
  { id, url }: Pick<App, 'id' | 'url'>,
  { at, ms, why }: Looked,
  today: string,
): Availability => {
  const known = before?.url === url ? before : undefined;
  const up = why === undefined;
  const changed = known?.up !== up;
  return {
    v: 1,
    id,
    url,
    up,
    since: known === undefined || changed ? at : known.since,
    checkedAt: at,
    ms,
    ...(why === undefined ? {} : { why }),
    failures: up ? 0 : (known?.failures ?? 0) + 1,
    ...(up || known?.toldAt === undefined ? {} : { toldAt: known.toldAt }),
    changes: changed
      ? [{ at, up, ...(why === undefined ? {} : { why }) }, ...(known?.changes ?? [])].slice(0, keptChanges)
      : (known?.changes ?? []),
    days: counted(known?.days ?? [], today, up),
    rev: (before?.rev ?? 0) + 1,
  };
};

/** What its owner should hear now: that it has been gone for a while, or that it is back after they heard so. */
export const toTell = (
  before: Availability | undefined,
  after: Availability,
): 'gone' | 'back' | undefined => {
  if (!after.up)
    return after.failures >= failuresUntilTold && after.toldAt === undefined ? 'gone' : undefined;
  return before?.toldAt !== undefined && before.url === after.url ? 'back' : undefined;
};

/** Share of looks of the last 30 days that found it there, percent with one decimal; null before the first. */
export const uptime = ({ days }: Pick<Availability, 'days'>): number | null => {
  const looks = days.reduce((sum, one) => sum + one.looks, 0);
  const up = days.reduce((sum, one) => sum + one.up, 0);
  return looks === 0 ? null : Math.floor((up / looks) * 1000) / 10;
};
