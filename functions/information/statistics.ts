import { timeOf } from '../cases/clock/clock.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { City } from '../city/schema.ts';
import type { Output } from '../kernel/contract.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';
import type { information } from './contract.ts';
import { factsOf } from './facts.ts';
import { classes, type ListItem } from './list/model.ts';
import { isAnswerOverdue } from './rules/limits.ts';
import { decisions, grounds, open } from './states.ts';

export type Statistics = Output<(typeof information)['operations']['informationStatistics']>;

/** No answer takes longer; where one does, it counts as this. */
const mostDays = 400;

/** Which working day after that of the filing it was, as the law counts: the day of the filing is none. */
export const workingDays = (city: City, from: Instant, to: Instant): number => {
  const time = timeOf(city, 'city');
  const [start, end] = [toSeconds(from), toSeconds(to)];
  for (let n = 1; n < mostDays; n += 1) if (time.endOfNthDay(start, n) >= end) return n;
  return mostDays;
};

const rounded = (value: number): number => Math.round(value * 100) / 100;

const countedBy = <K extends string>(keys: readonly K[], of: readonly (K | undefined)[]): Record<K, number> =>
  Object.fromEntries(keys.map((key) => [key, of.filter((one) => one === key).length])) as Record<K, number>;

/**
 * A year of the register in figures (Perki 1/2021, yearly report). Counts of answers and grounds say nothing of any one
 * person, so that small numbers stay: a town has few requests, and a report of blanks would be none. Pure.
 */
export const statisticsOf = (
  city: City,
  year: number,
  records: readonly CaseRecord[],
  list: readonly ListItem[],
  now: Instant,
): Statistics => {
  const all = records.map((record) => ({ record, ...factsOf(record) }));
  const answered = all.flatMap(({ record: { filedAt }, decision }) =>
    decision === undefined ? [] : [{ filedAt, at: decision.at }],
  );
  const mean = (of: (one: { readonly filedAt: Instant; readonly at: Instant }) => number): number =>
    rounded(answered.reduce((sum, one) => sum + of(one), 0) / answered.length);
  const objected = all.filter(({ objection }) => objection !== undefined);
  return {
    year,
    requests: all.length,
    open: all.filter(({ record }) => open.includes(record.state)).length,
    withdrawn: all.filter(({ record }) => record.state === 'withdrawn').length,
    decisions: countedBy(
      decisions,
      all.map(({ decision }) => decision?.as),
    ),
    extended: all.filter(({ extendedAt }) => extendedAt !== undefined).length,
    late: all.filter(({ record, decision }) => decision?.late === true || isAnswerOverdue(record, now))
      .length,
    average:
      answered.length === 0
        ? null
        : {
            workingDays: mean(({ filedAt, at }) => workingDays(city, filedAt, at)),
            calendarDays: mean(({ filedAt, at }) => (toSeconds(at) - toSeconds(filedAt)) / 86_400),
          },
    objections: {
      total: objected.length,
      byGround: countedBy(
        grounds,
        objected.map(({ objection }) => objection?.ground),
      ),
      open: objected.filter(({ answer }) => answer === undefined).length,
      upheld: objected.filter(({ answer }) => answer?.as === 'upheld').length,
      overturned: objected.filter(({ answer }) => answer?.as === 'overturned').length,
      disputes: objected.filter(({ reaction }) => reaction === 'dispute').length,
    },
    list: countedBy(
      classes,
      list.filter(({ state }) => state === 'published').map(({ body }) => body.class),
    ),
  };
};
