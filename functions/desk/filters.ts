import { startOfDay } from '../cases/clock/local.ts';
import type { CaseRow } from '../cases/model.ts';
import type { Zone } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';
import { isWithin, type Queue } from './queues.ts';

export const flagLetters = { anonymous: 'a', confidential: 'c', oversight: 'o', emergency: 'e' } as const;

/** What a list is narrowed by, beside its queue; all of it at once. */
export interface Filters {
  readonly state?: string | undefined;
  /** Local days, both included. */
  readonly dueFrom?: string | undefined;
  readonly dueTo?: string | undefined;
  readonly overdue?: 'true' | 'false' | undefined;
  readonly category?: string | undefined;
  readonly area?: string | undefined;
  readonly flag?: keyof typeof flagLetters | undefined;
  readonly origin?: string | undefined;
  readonly label?: string | undefined;
  readonly priority?: string | undefined;
  /** A step of the ladder, or `any`. */
  readonly escalation?: string | undefined;
}

/** End of the local week that a day lies in: the start of the next Monday. */
export const endOfWeek = (day: string, zone: Zone): Instant => {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return startOfDay(day, zone, 7 - weekday);
};

export interface Range {
  readonly after: string | undefined;
  readonly before: string | undefined;
}

const latest = (instants: readonly (string | undefined)[]): string | undefined =>
  instants.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a));
const earliest = (instants: readonly (string | undefined)[]): string | undefined =>
  instants.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a));

/**
 * The part of the order by due date that is asked for: read, not filtered, so that it costs nothing.
 * @param now what is due before it is overdue
 */
export const rangeOf = (
  { dueFrom, dueTo, overdue }: Pick<Filters, 'dueFrom' | 'dueTo' | 'overdue'>,
  zone: Zone,
  now: Instant,
): Range => ({
  after: latest([
    dueFrom === undefined ? undefined : startOfDay(dueFrom, zone),
    overdue === 'false' ? now : undefined,
  ]),
  before: earliest([
    dueTo === undefined ? undefined : startOfDay(dueTo, zone, 1),
    overdue === 'true' ? now : undefined,
  ]),
});

const ofQueue = (queue: Queue, row: CaseRow): boolean => {
  if (queue === 'planned') return row.state === 'planned';
  return queue !== 'waiting' || row.waiting === true;
};

/** Whether a row is asked for, by everything that its order does not already say. */
export const isWanted = (queue: Queue, filters: Filters) => {
  const { state, category, area, flag, origin, label, priority, escalation } = filters;
  return (row: CaseRow): boolean =>
    ofQueue(queue, row) &&
    (state === undefined || row.state === state) &&
    (category === undefined || row.category === category) &&
    (area === undefined || (row.area !== null && isWithin(row.area, area))) &&
    (flag === undefined || row.flags.includes(flagLetters[flag])) &&
    (origin === undefined || row.origin === origin) &&
    (label === undefined || row.labels?.includes(label) === true) &&
    (priority === undefined || (row.priority ?? 'normal') === priority) &&
    (escalation === undefined ||
      (escalation === 'any' ? row.escalation !== undefined : row.escalation === escalation));
};
