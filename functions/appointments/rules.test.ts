import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testCity } from '../../test/city.ts';
import { workingTime } from '../cases/clock/calendar.ts';
import type { Resource } from '../city/appointments.ts';
import { zones } from '../city/schema.ts';
import { toSeconds } from '../kernel/time.ts';
import { affectedBy, daysLater, judge, mayCome, slotsOn } from './rules.ts';
import { loket } from './test/loket.ts';

const city = testCity();
/** Monday, 10:00 WIB. */
const now = '2026-11-23T03:00:00Z';
const at = (slots: ReturnType<typeof slotsOn>) => slots.map((slot) => slot.at.slice(11));

describe('the slots of a day', () => {
  test('follow each other from each opening, and none begins that would end after closing', () => {
    expect(at(slotsOn(city, loket({ minutes: 60 }), '2026-11-24'))).toEqual([
      ...['07:30', '08:30', '09:30', '10:30'],
      ...['13:00', '14:00', '15:00'],
    ]);
  });

  test('lie within the resource’s own hours', () => {
    const hours = { from: '08:00', to: '14:00' };
    expect(at(slotsOn(city, loket({ minutes: 60, hours }), '2026-11-24'))).toEqual([
      ...['08:00', '09:00', '10:00', '11:00'],
      '13:00',
    ]);
  });

  test.each([
    ['a Saturday', '2026-11-28'],
    ['a national holiday', '2026-12-25'],
    ['a day on which the unit closes', '2026-11-26'],
  ])('are none on %s', (_, date) => {
    const closed = [{ date: '2026-11-26', reason: { id: 'rapat', en: 'meeting' } }];
    expect(slotsOn(city, loket({ closed }), date)).toEqual([]);
  });

  test('are open from beginning to end and never overlap, whatever resource, day and zone', () => {
    const time = fc.integer({ min: 0, max: 287 }).map((five) => {
      const minutes = five * 5;
      return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    });
    const resources: fc.Arbitrary<Resource> = fc
      .record({
        minutes: fc.integer({ min: 5, max: 240 }),
        calendar: fc.constantFrom('office', 'always'),
        hours: fc.option(
          fc.tuple(time, time).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })),
          { nil: undefined },
        ),
      })
      .map(({ hours, ...rest }) => loket({ ...rest, ...(hours === undefined ? {} : { hours }) }));
    fc.assert(
      fc.property(
        resources,
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom(...zones),
        (resource, days, zone) => {
          const there = testCity(zone);
          const date = daysLater('2026-06-01', days);
          const open = workingTime(there.calendars, resource.calendar, zone);
          let last = 0;
          for (const slot of slotsOn(there, resource, date)) {
            const [from, to] = [toSeconds(slot.startsAt), toSeconds(slot.endsAt)];
            expect(slot.at.slice(0, 10)).toBe(date);
            expect(to - from).toBe(resource.minutes * 60);
            expect(open.between(from, to)).toBe(to - from);
            expect(from).toBeGreaterThanOrEqual(last);
            last = to;
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a booking is refused', () => {
  test.each([
    ['in the past', '2026-11-23T09:30', 'slotInPast'],
    ['on another day of the past', '2026-11-20T08:30', 'slotInPast'],
    ['at the moment at which it begins', '2026-11-23T10:00', 'slotInPast'],
    ['too shortly before', '2026-11-23T10:30', 'slotClosing'],
    ['outside of opening hours', '2026-11-24T12:00', 'slotOutsideHours'],
    ['at an hour that no slot begins at', '2026-11-24T08:15', 'slotOutsideHours'],
    ['on a Sunday', '2026-11-29T08:00', 'slotOnClosedDay'],
    ['beyond the days ahead', '2026-12-08T08:00', 'slotTooFar'],
  ])('%s', (_, wanted, refusal) => {
    expect(judge(city, loket({ notice: 60 }), wanted, now)).toEqual({ refuse: refusal });
  });

  test('on a holiday, however near', () => {
    expect(judge(city, loket({ daysAhead: 60 }), '2026-12-25T08:00', now)).toEqual({
      refuse: 'slotOnClosedDay',
    });
  });

  test('and taken on the last day ahead', () => {
    expect(judge(city, loket(), '2026-12-07T08:00', now)).toMatchObject({
      slot: { startsAt: '2026-12-07T01:00:00Z', endsAt: '2026-12-07T01:30:00Z' },
    });
  });
});

test.each([
  ['a new holiday', loket(), '2026-12-25T08:00', 1, 'closedDay'],
  ['other hours', loket({ minutes: 45 }), '2026-11-24T08:00', 1, 'otherHours'],
  ['fewer places', loket({ capacity: 2 }), '2026-11-24T08:00', 3, 'fewerPlaces'],
  ['nothing', loket(), '2026-11-24T08:00', 3, undefined],
])('%s hits a booking', (_, resource, booked, taken, why) => {
  expect(affectedBy(city, resource, booked, taken)).toBe(why);
});

describe('a resource that is not there for anybody', () => {
  const service = { code: 'akta', appointment: 'loket' };
  const live = { services: [service] } as unknown as ReturnType<typeof testCity>;
  const about = (more: object) => ({ kind: 'application', category: 'akta', ...more });
  test('takes open applications of services that send people there, and nobody else', () => {
    const closed = loket({ anybody: false });
    expect(mayCome(live, closed, about({}))).toBe(true);
    expect(mayCome(live, closed, about({ closedAt: now }))).toBe(false);
    expect(mayCome(live, closed, about({ category: 'ktp' }))).toBe(false);
    expect(mayCome(live, closed, about({ kind: 'complaint' }))).toBe(false);
    expect(mayCome(live, closed, undefined)).toBe(false);
    expect(mayCome(live, loket(), undefined)).toBe(true);
  });
});
