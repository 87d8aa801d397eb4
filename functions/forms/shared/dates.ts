import type { Answers, DateLimits, Moment } from './model.ts';

const dayMs = 86_400_000;
const asDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Whether a text is a day of the calendar, `2026-02-28`. */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && asDay(ms) === text;
};

const addDays = (day: string, days: number): string => asDay(Date.parse(day) + days * dayMs);

/** The same day so many years on; 29 February becomes 1 March where there is none. */
const addYears = (day: string, years: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const moved = new Date(0);
  moved.setUTCFullYear(year + years, month - 1, date);
  return asDay(moved.getTime());
};

/** The day that a limit speaks of; undefined while it rests on a date that is not answered. */
const momentOf = (moment: Moment, beside: Answers, today: string): string | undefined => {
  if (moment === 'today') return today;
  if (typeof moment === 'string') return moment;
  if ('years' in moment) return addYears(today, moment.years);
  if (!('field' in moment)) return addDays(today, moment.days);
  const other = Object.hasOwn(beside, moment.field) ? beside[moment.field] : undefined;
  return typeof other === 'string' && isDay(other) ? addDays(other, moment.days ?? 0) : undefined;
};

/** The first and last day that limits allow now; undefined where they leave it open. */
export const dayRange = (limits: DateLimits, beside: Answers, today: string) => {
  const { notBefore, notAfter, minAge, maxAge } = limits;
  const firsts = [
    notBefore === undefined ? undefined : momentOf(notBefore, beside, today),
    // Born on the day after this one, somebody is a year older tomorrow only.
    maxAge === undefined ? undefined : addDays(addYears(today, -maxAge - 1), 1),
  ].filter((one) => one !== undefined);
  const lasts = [
    notAfter === undefined ? undefined : momentOf(notAfter, beside, today),
    minAge === undefined ? undefined : addYears(today, -minAge),
  ].filter((one) => one !== undefined);
  return { first: firsts.sort().at(-1), last: lasts.sort()[0] };
};

/** What is wrong with a day by its limits; undefined when nothing is, or when it is no day. */
export const dayProblem = (
  limits: DateLimits,
  day: string,
  beside: Answers,
  today: string,
): 'tooEarly' | 'tooLate' | undefined => {
  const { first, last } = dayRange(limits, beside, today);
  if (first !== undefined && day < first) return 'tooEarly';
  return last !== undefined && day > last ? 'tooLate' : undefined;
};
