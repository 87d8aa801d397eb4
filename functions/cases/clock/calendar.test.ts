import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Calendars, zones } from '../../city/schema.ts';
import { offsetSeconds, workingTime } from './calendar.ts';

const office = {
  mon: [
    ['07:30', '12:00'],
    ['13:00', '16:00'],
  ],
  tue: [
    ['07:30', '12:00'],
    ['13:00', '16:00'],
  ],
  wed: [
    ['07:30', '12:00'],
    ['13:00', '16:00'],
  ],
  thu: [
    ['07:30', '12:00'],
    ['13:00', '16:00'],
  ],
  fri: [
    ['07:30', '11:30'],
    ['13:00', '16:30'],
  ],
  sat: [],
  sun: [],
} satisfies Calendars['calendars'][number]['week'];
const ramadan = {
  ...office,
  mon: [
    ['08:00', '12:00'],
    ['12:30', '15:00'],
  ],
} satisfies typeof office;
const always = Object.fromEntries(
  Object.keys(office).map((d) => [d, [['00:00', '24:00']]]),
) as unknown as typeof office;

const calendars: Calendars = {
  source: 'test',
  version: '1',
  city: 'office',
  calendars: [
    {
      id: 'office',
      name: 'Kantor',
      week: office,
      periods: [{ name: 'Ramadan', from: '2026-02-18', to: '2026-03-19', week: ramadan }],
      observesHolidays: true,
    },
    { id: 'always', name: '24 jam', week: always, periods: [], observesHolidays: false },
  ],
  holidays: [
    { date: '2026-12-24', name: 'Cuti bersama', kind: 'jointLeave' },
    { date: '2026-12-25', name: 'Natal', kind: 'national' },
    { date: '2027-01-01', name: 'Tahun Baru', kind: 'national' },
  ],
};

const at = (text: string): number => Date.parse(text) / 1000;
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000', '');
const wib = workingTime(calendars, 'office', 'Asia/Jakarta');

/** Any second of 2026–2027. */
const instant = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') });
const span = fc.integer({ min: 1, max: 60 * 86_400 });
const everyZone = fc.constantFrom(...zones);
const everyCalendar = fc.constantFrom('office', 'always');

describe('working time', () => {
  test.each([
    ['a Monday morning counts from opening', '2026-11-23T06:00:00+07:00', '2026-11-23T08:30:00+07:00', 3600],
    ['the break is not worked', '2026-11-23T11:30:00+07:00', '2026-11-23T13:30:00+07:00', 3600],
    ['Friday has the longer break', '2026-11-27T11:00:00+07:00', '2026-11-27T13:30:00+07:00', 3600],
    ['a weekend is not worked', '2026-11-27T16:30:00+07:00', '2026-11-30T07:30:00+07:00', 0],
    ['a holiday is not worked', '2026-12-23T16:00:00+07:00', '2026-12-28T07:30:00+07:00', 0],
    ['Ramadan Mondays open at eight', '2026-02-23T07:30:00+07:00', '2026-02-23T09:00:00+07:00', 3600],
    ['nothing passes backwards', '2026-11-23T09:00:00+07:00', '2026-11-23T08:00:00+07:00', 0],
  ])('%s', (_, from, to, seconds) => {
    expect(wib.between(at(from), at(to))).toBe(seconds);
  });

  test.each([
    [
      'three working days end at closing time of the third day after',
      '2026-11-23T09:00:00+07:00',
      3,
      '2026-11-26T09:00:00Z',
    ],
    ['filed at night counts from that local day', '2026-11-23T23:59:00+07:00', 1, '2026-11-24T09:00:00Z'],
    ['filed on a Saturday ends on Monday', '2026-11-28T10:00:00+07:00', 1, '2026-11-30T09:00:00Z'],
    ['a Friday closes later', '2026-11-26T10:00:00+07:00', 1, '2026-11-27T09:30:00Z'],
    ['holidays and joint leave are jumped over', '2026-12-23T10:00:00+07:00', 1, '2026-12-28T09:00:00Z'],
  ])('%s', (_, from, days, due) => {
    expect(iso(wib.endOfNthDay(at(from), days))).toBe(due);
  });

  test.each([
    ['the working day before opens in the morning', '2026-11-26T09:00:00Z', 1, '2026-11-25T00:30:00Z'],
    ['a weekend is jumped over', '2026-11-30T09:00:00Z', 1, '2026-11-27T00:30:00Z'],
    ['holidays and joint leave too', '2026-12-28T09:00:00Z', 1, '2026-12-23T00:30:00Z'],
    ['the day itself does not count, however early', '2026-11-25T17:00:00Z', 2, '2026-11-24T00:30:00Z'],
  ])('backwards: %s', (_, from, days, start) => {
    expect(iso(wib.startOfNthDayBefore(at(from), days))).toBe(start);
  });

  test('the same local moment falls due an hour earlier for each zone to the east', () => {
    const due = zones.map((zone) => {
      const time = workingTime(calendars, 'office', zone);
      return iso(time.endOfNthDay(at('2026-11-23T10:00:00Z') - offsetSeconds[zone], 1));
    });
    expect(due).toEqual([
      '2026-11-24T09:00:00Z',
      '2026-11-24T09:00:00Z',
      '2026-11-24T08:00:00Z',
      '2026-11-24T07:00:00Z',
    ]);
  });

  test('the fixed offsets are those of the platform’s zone data, all year round', () => {
    for (const zone of zones) {
      for (const day of ['2026-01-15T00:00:00Z', '2026-07-15T00:00:00Z', '2027-11-22T00:00:00Z']) {
        const hour = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
        expect(Number(hour.format(new Date(day)))).toBe(offsetSeconds[zone] / 3600);
      }
    }
  });

  test('adding inverts measuring', () => {
    fc.assert(
      fc.property(instant, span, everyZone, everyCalendar, (from, seconds, zone, id) => {
        const time = workingTime(calendars, id, zone);
        expect(time.between(from, time.add(from, seconds))).toBe(seconds);
      }),
    );
  });

  test('a later start never ends earlier, a longer span never ends sooner', () => {
    fc.assert(
      fc.property(instant, span, span, everyZone, (from, delay, seconds, zone) => {
        const time = workingTime(calendars, 'office', zone);
        expect(time.add(from + delay, seconds)).toBeGreaterThanOrEqual(time.add(from, seconds));
        expect(time.add(from, seconds + delay)).toBeGreaterThan(time.add(from, seconds));
      }),
    );
  });

  test('time measured in two parts is the whole', () => {
    fc.assert(
      fc.property(instant, span, span, (from, a, b) => {
        expect(wib.between(from, from + a) + wib.between(from + a, from + a + b)).toBe(
          wib.between(from, from + a + b),
        );
      }),
    );
  });

  test('the zone of the host does not matter', () => {
    const before = process.env['TZ'];
    const results = ['UTC', 'America/New_York', 'Asia/Jayapura'].map((zone) => {
      process.env['TZ'] = zone;
      return wib.endOfNthDay(at('2026-11-23T20:00:00Z'), 5);
    });
    process.env['TZ'] = before;
    expect(new Set(results).size).toBe(1);
  });

  test('a calendar that never opens is refused instead of searched for ever', () => {
    const shut = Object.fromEntries(Object.keys(office).map((d) => [d, []])) as unknown as typeof office;
    const closed: Calendars = {
      ...calendars,
      calendars: [{ id: 'office', name: 'x', week: shut, periods: [], observesHolidays: true }],
    };
    expect(() => workingTime(closed, 'office', 'Asia/Jakarta').add(at('2026-01-01T00:00:00Z'), 1)).toThrow(
      'too little',
    );
  });
});
