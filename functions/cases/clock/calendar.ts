import type { Calendar, Calendars, Zone } from '../../city/schema.ts';

/**
 * Working time of one calendar. Instants are epoch seconds, spans are seconds; everything is computed from the
 * calendar's own zone, never from the host's. Indonesian zones have no summer time, so a fixed offset is exact
 * (checked against the platform's zone data in the test).
 */
export const offsetSeconds: Readonly<Record<Zone, number>> = {
  'Asia/Jakarta': 7 * 3600,
  'Asia/Pontianak': 7 * 3600,
  'Asia/Makassar': 8 * 3600,
  'Asia/Jayapura': 9 * 3600,
};

const daySeconds = 86_400;
/** Ten years: a calendar that stays closed longer is a mistake in the settings, not a deadline. */
const horizonDays = 3660;

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Day number (days since 1970-01-01) of a `yyyy-mm-dd`. */
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 1000 / daySeconds;
/** `yyyy-mm-dd` of a local day number. */
const dateOf = (dayNo: number): string => new Date(dayNo * daySeconds * 1000).toISOString().slice(0, 10);

const secondsOfDay = (time: string): number => Number(time.slice(0, 2)) * 3600 + Number(time.slice(3)) * 60;

export interface WorkingTime {
  readonly isOpen: (at: number) => boolean;
  /** Open intervals of a local calendar day as instants, in order; none on a closed one. @param date `yyyy-mm-dd` */
  readonly hoursOn: (date: string) => readonly Interval[];
  /** Open seconds within [from, to); 0 when `to` ≤ `from`. */
  readonly between: (from: number, to: number) => number;
  /** The earliest instant before which exactly `span` open seconds have passed since `from`. */
  readonly add: (from: number, span: number) => number;
  /** Closing time of the n-th working day after the local day of `from`; n ≥ 1. */
  readonly endOfNthDay: (from: number, n: number) => number;
  /** Opening time of the n-th working day before the local day of `from`; n ≥ 1. */
  readonly startOfNthDayBefore: (from: number, n: number) => number;
  /** Local calendar date `yyyy-mm-dd`. */
  readonly dateOf: (at: number) => string;
}

/** From the first second to the one after the last. */
export type Interval = readonly [from: number, to: number];

/** Compiled calendars of the settings that are held: a case asks for the same few at each of its steps. */
const compiled = new WeakMap<Calendars, Map<string, WorkingTime>>();

/**
 * One calendar of the city, compiled once for as long as its settings are held; these are never changed in place.
 * @throws Error `unknown calendar "x"` when the settings do not have it (activation checks that they do).
 */
export const workingTime = (calendars: Calendars, id: string, zone: Zone): WorkingTime => {
  const known = compiled.get(calendars) ?? new Map<string, WorkingTime>();
  compiled.set(calendars, known);
  const name = `${zone} ${id}`;
  const time = known.get(name) ?? compile(calendars, id, zone);
  known.set(name, time);
  return time;
};

const compile = (calendars: Calendars, id: string, zone: Zone): WorkingTime => {
  const calendar = calendars.calendars.find((c) => c.id === id);
  if (calendar === undefined) throw new Error(`unknown calendar "${id}"`);
  const offset = offsetSeconds[zone];
  const closed = new Set(
    calendar.observesHolidays ? calendars.holidays.map((holiday) => dayNumber(holiday.date)) : [],
  );
  const periods = calendar.periods.map((p) => ({
    from: dayNumber(p.from),
    to: dayNumber(p.to),
    week: intervalsOf(p.week),
  }));
  const usual = intervalsOf(calendar.week);

  const localDay = (at: number): number => Math.floor((at + offset) / daySeconds);

  /** Open intervals of a local day as instants, in order. */
  const opens = (dayNo: number): readonly Interval[] => {
    if (closed.has(dayNo)) return [];
    const week = periods.find((p) => p.from <= dayNo && dayNo <= p.to)?.week ?? usual;
    const start = dayNo * daySeconds - offset;
    const weekday = (((dayNo + 4) % 7) + 7) % 7;
    return (week[weekday] ?? []).map(([from, to]) => [start + from, start + to] as const);
  };

  const hoursOn = (date: string): readonly Interval[] => opens(dayNumber(date));

  const between = (from: number, to: number): number => {
    let sum = 0;
    for (let dayNo = localDay(from); dayNo <= localDay(to); dayNo += 1) {
      for (const [open, close] of opens(dayNo)) {
        sum += Math.max(0, Math.min(close, to) - Math.max(open, from));
      }
    }
    return sum;
  };

  const add = (from: number, span: number): number => {
    if (span <= 0) return from;
    let left = span;
    const first = localDay(from);
    for (let dayNo = first; dayNo < first + horizonDays; dayNo += 1) {
      for (const [open, close] of opens(dayNo)) {
        const start = Math.max(open, from);
        if (close <= start) continue;
        if (left <= close - start) return start + left;
        left -= close - start;
      }
    }
    throw new Error(`calendar "${id}" has too little open time after ${dateOf(first)}`);
  };

  const endOfNthDay = (from: number, n: number): number => {
    let left = n;
    const first = localDay(from);
    for (let dayNo = first + 1; dayNo < first + horizonDays; dayNo += 1) {
      const last = opens(dayNo).at(-1);
      if (last === undefined) continue;
      left -= 1;
      if (left === 0) return last[1];
    }
    throw new Error(`calendar "${id}" has too few working days after ${dateOf(first)}`);
  };

  const startOfNthDayBefore = (from: number, n: number): number => {
    let left = n;
    const last = localDay(from);
    for (let dayNo = last - 1; dayNo > last - horizonDays; dayNo -= 1) {
      const first = opens(dayNo)[0];
      if (first === undefined) continue;
      left -= 1;
      if (left === 0) return first[0];
    }
    throw new Error(`calendar "${id}" has too few working days before ${dateOf(last)}`);
  };

  const isOpen = (at: number): boolean =>
    opens(localDay(at)).some(([open, close]) => open <= at && at < close);

  return {
    isOpen,
    hoursOn,
    between,
    add,
    endOfNthDay,
    startOfNthDayBefore,
    dateOf: (at) => dateOf(localDay(at)),
  };
};

const intervalsOf = (week: Calendar['week']): readonly (readonly Interval[])[] =>
  weekdays.map((name) => week[name].map(([from, to]) => [secondsOfDay(from), secondsOfDay(to)] as const));
