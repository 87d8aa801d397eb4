import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { testCity } from '../../../test/city.ts';
import { zones } from '../../city/schema.ts';
import { fromSeconds, toSeconds } from '../../kernel/time.ts';
import { workingTime } from './calendar.ts';
import {
  calendarOf,
  earliestDue,
  isRunning,
  pauseClock,
  resumeClock,
  ruleFor,
  startClock,
  stopClock,
} from './clock.ts';

const instant = fc.integer({ min: Date.parse('2026-01-01') / 1000, max: Date.parse('2027-06-30') / 1000 });
const gap = fc.integer({ min: 0, max: 30 * 86_400 });
const clockName = fc.constantFrom('verification', 'firstResponse', 'resolution', 'promise', 'outer');
const kind = { kind: 'complaint', category: null, oversight: false };

const ruleOf = (name: Parameters<typeof ruleFor>[1]) => {
  const rule = ruleFor(testCity().clocks, name, kind);
  if (rule === undefined) throw new Error(name);
  return rule;
};

test('pausing and resuming move due by exactly the pause, however often', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      clockName,
      instant,
      fc.array(fc.tuple(gap, gap), { maxLength: 4 }),
      (zone, name, start, pauses) => {
        const city = testCity(zone);
        const rule = ruleOf(name as 'promise');
        const time = workingTime(city.calendars, 'office', zone);
        const first = startClock(city, rule, 'pupr', fromSeconds(start));
        let clock = first;
        let now = start;
        let paused = 0;
        for (const [wait, length] of pauses) {
          now += wait;
          clock = pauseClock(rule, clock, fromSeconds(now));
          paused += time.between(now, now + length);
          now += length;
          clock = resumeClock(city, rule, clock, fromSeconds(now));
        }
        const expected = rule.pausable ? time.add(toSeconds(first.due), paused) : toSeconds(first.due);
        expect(toSeconds(clock.due)).toBe(expected);
      },
    ),
  );
});

test('a later start never falls due earlier', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), clockName, instant, gap, (zone, name, start, delay) => {
      const city = testCity(zone);
      const rule = ruleOf(name as 'promise');
      const early = startClock(city, rule, 'pupr', fromSeconds(start));
      const late = startClock(city, rule, 'pupr', fromSeconds(start + delay));
      expect(late.due >= early.due).toBe(true);
    }),
  );
});

test('the outer limit never pauses, a done clock never runs again', () => {
  const city = testCity();
  const outer = startClock(city, ruleOf('outer'), null, '2026-11-23T02:00:00Z');
  expect(outer.due).toBe('2027-01-22T02:00:00Z');
  expect(pauseClock(ruleOf('outer'), outer, '2026-11-24T02:00:00Z')).toEqual(outer);
  const done = stopClock(
    startClock(city, ruleOf('promise'), null, '2026-11-23T02:00:00Z'),
    '2026-11-24T02:00:00Z',
  );
  expect(isRunning(resumeClock(city, ruleOf('promise'), done, '2026-11-25T02:00:00Z'))).toBe(false);
  expect(stopClock(done, '2027-01-01T00:00:00Z')).toEqual(done);
});

test('a 24-hour service is measured on its own time, others on the office’s', () => {
  const city = testCity();
  expect(calendarOf(city, 'damkar')).toBe('always');
  expect(calendarOf(city, 'pupr-jalan')).toBe('office');
  const saturday = '2026-11-28T02:00:00Z';
  // Five working days: Thursday at 24:00 for who works daily, Friday at 16:00 for the office.
  expect(startClock(city, ruleOf('firstResponse'), 'damkar', saturday).due).toBe('2026-12-03T17:00:00Z');
  expect(startClock(city, ruleOf('firstResponse'), 'pupr', saturday).due).toBe('2026-12-04T09:00:00Z');
});

test('the first rule that fits decides, and nothing running means nothing due', () => {
  const city = testCity();
  expect(ruleFor(city.clocks, 'resolution', { ...kind, oversight: true })?.amount).toBe(60);
  expect(ruleFor(city.clocks, 'resolution', kind)?.amount).toBe(14);
  expect(earliestDue({})).toBeNull();
});
