import { CannotStart } from '../template/model.ts';

/** When a schedule fires next. */
export interface Timetable {
  /** The first time after `after`, milliseconds; undefined when there is none within four years. */
  readonly next: (after: number) => number | undefined;
  readonly isRate: boolean;
}

const day = 86_400_000;
const perUnit: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day };

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31 },
  {
    name: 'month',
    least: 1,
    most: 12,
    words: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  // AWS counts weekdays from Sunday as 1, unlike every other cron.
  { name: 'day of week', least: 1, most: 7, words: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] },
  { name: 'year', least: 1970, most: 2199 },
];

const refuse = (expression: string, why: string): never => {
  throw new CannotStart(`schedule ${expression}: ${why}`);
};

const numberIn = (field: Field, text: string, expression: string): number => {
  const word = field.words?.indexOf(text.toUpperCase()) ?? -1;
  const n = word >= 0 ? word + field.least : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(n >= field.least && n <= field.most)) refuse(expression, `${field.name} ${text} is not known here`);
  return n;
};

/** A set of values; undefined for any (`*`, `?`). Numbers, names, lists, ranges and steps: no L, W or #. */
const readField = (field: Field, text: string, expression: string): ReadonlySet<number> | undefined => {
  if (text === '*' || text === '?') return undefined;
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step] = part.split('/');
    if (step !== undefined && !/^[1-9]\d*$/.test(step)) refuse(expression, `step /${step} is not known here`);
    const [from = '', to] = range === '*' ? [String(field.least), String(field.most)] : range.split('-');
    const first = numberIn(field, from, expression);
    const last = to !== undefined ? numberIn(field, to, expression) : step === undefined ? first : field.most;
    for (let v = first; v <= last; v += Number(step ?? 1)) values.add(v);
  }
  return values;
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds that the zone's wall clock is ahead of UTC at an instant. */
const aheadAt = (instant: number, zone: string): number => {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(instant).map((p) => [p.type, Number(p.value)]));
  const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(instant / 1000) * 1000;
};

/** The instant of a wall time (given as if it were UTC); in a gap the time after it. */
const instantOf = (wall: number, zone: string): number => {
  const guess = wall - aheadAt(wall, zone);
  return wall - aheadAt(guess, zone);
};

const cron = (expression: string, body: string, zone: string): Timetable => {
  const texts = body.trim().split(/\s+/);
  if (texts.length !== 6) refuse(expression, 'needs six fields');
  const [minutes, hours, dates, months, weekdays, years] = fields.map((f, i) =>
    readField(f, texts[i] ?? '', expression),
  );
  if (dates !== undefined && weekdays !== undefined)
    refuse(expression, 'one of day of month and day of week must be ?');
  const all = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
  const hourList = [...(hours ?? all(24))].sort((a, b) => a - b);
  const minuteList = [...(minutes ?? all(60))].sort((a, b) => a - b);
  const on = (midnight: number): boolean => {
    const d = new Date(midnight);
    return (
      years?.has(d.getUTCFullYear()) !== false &&
      months?.has(d.getUTCMonth() + 1) !== false &&
      dates?.has(d.getUTCDate()) !== false &&
      weekdays?.has(d.getUTCDay() + 1) !== false
    );
  };
  return {
    isRate: false,
    next: (after) => {
      const wall = after + aheadAt(after, zone);
      const first = Math.floor(wall / day) * day;
      for (let d = 0; d < 4 * 366; d++) {
        const midnight = first + d * day;
        if (!on(midnight)) continue;
        for (const h of hourList)
          for (const m of minuteList) {
            const at = midnight + h * 3_600_000 + m * 60_000;
            // An hour of slack for zones that change their clocks; most candidates fall to this cheap test.
            if (at < wall - 7_200_000) continue;
            const instant = instantOf(at, zone);
            if (instant > after) return instant;
          }
      }
      return undefined;
    },
  };
};

/** Reads `rate(n unit)` or `cron(…)` of EventBridge Scheduler; refuses what it does not know, by name. */
export const readSchedule = (expression: string, zone: string): Timetable => {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) {
    const every = Number(rate[1]) * (perUnit[rate[2] ?? ''] ?? 0);
    if (every === 0) refuse(expression, 'the rate must be at least 1');
    return { isRate: true, next: (after) => after + every };
  }
  const body = /^cron\((.*)\)$/.exec(expression)?.[1];
  if (body === undefined) return refuse(expression, 'only rate(…) and cron(…) are known here');
  try {
    aheadAt(0, zone);
  } catch {
    refuse(expression, `time zone ${zone} is not known here`);
  }
  return cron(expression, body, zone);
};
