import * as z from 'zod/mini';
import { day, instant, slug } from '../kernel/schema.ts';
import type { Table } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';

/**
 * Somebody of a unit acts for an absent colleague on what is assigned to that one, for some days. It ends by its date:
 * nothing is written then, whoever reads compares the time.
 */
export const delegation = z.object({
  v: z.literal(1),
  /** Begins with its first day, so that ids sort by time. */
  id: z.string(),
  absent: z.string(),
  delegate: z.string(),
  /** Of both, when it was made. */
  unit: slug,
  /** Local days, both included, and the moments that they are. */
  from: day,
  until: day,
  fromAt: instant,
  untilAt: instant,
  by: z.string(),
  at: instant,
  reason: z.string(),
  /** Tells a retry from a reused key. */
  fingerprint: z.string(),
  revoked: z.optional(z.object({ by: z.string(), at: instant, reason: z.string() })),
});
export type Delegation = z.output<typeof delegation>;

const span = z.pick(delegation, { id: true, delegate: true, fromAt: true, untilAt: true });
/** The present and coming absences of one person; `rev` makes concurrent changes of it, and of those that rest on it, fail. */
export const absence = z.object({ v: z.literal(1), rev: z.int(), spans: z.array(span) });
export type Absence = z.output<typeof absence>;
export const present: Absence = { v: 1, rev: 0, spans: [] };

/** What the delegate's side carries. */
export const standing = z.pick(delegation, {
  id: true,
  absent: true,
  unit: true,
  fromAt: true,
  untilAt: true,
});
export type Standing = z.output<typeof standing>;

export const delegationKey = (absent: string, id: string) => ({
  pk: `STAFF#${absent}`,
  sk: `DELEGATION#${id}`,
});
export const absenceKey = (absent: string) => ({ pk: `STAFF#${absent}`, sk: 'ABSENCE' });
export const standingKey = ({ delegate, absent, id }: Pick<Delegation, 'delegate' | 'absent' | 'id'>) => ({
  pk: `STANDIN#${delegate}`,
  sk: `${absent}#${id}`,
});

/** Nobody stands in for more colleagues than this at once. */
const standingsLimit = 50;

export const isNow = ({ fromAt, untilAt }: Pick<Delegation, 'fromAt' | 'untilAt'>, now: Instant): boolean =>
  fromAt <= now && now < untilAt;

export const delegationReader = (table: Pick<Table, 'get' | 'query'>) => {
  /** For whom this person stands in, now or some day. */
  const standingsOf = async (delegate: string): Promise<readonly Standing[]> => {
    const { items } = await table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': standingKey({ delegate, absent: '', id: '' }).pk },
      Limit: standingsLimit,
    });
    return items.map((item) => standing.parse(item));
  };

  const absenceOf = async (absent: string, consistent = false): Promise<Absence> => {
    const item = await table.get(absenceKey(absent), consistent);
    return item === undefined ? present : absence.parse(item);
  };

  return { standingsOf, absenceOf };
};
