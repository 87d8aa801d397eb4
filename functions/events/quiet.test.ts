import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zones } from '../city/schema.ts';
import { fromSeconds, toSeconds } from '../kernel/time.ts';
import { waitAfter } from './later.ts';
import { quietUntil, usualQuiet } from './quiet.ts';

describe('quiet hours', () => {
  // WIB is UTC+7, WIT UTC+9.
  test.each([
    ['2026-11-23T13:59:59Z', 'Asia/Jakarta', undefined],
    ['2026-11-23T14:00:00Z', 'Asia/Jakarta', '2026-11-23T23:00:00Z'],
    ['2026-11-23T22:59:59Z', 'Asia/Jakarta', '2026-11-23T23:00:00Z'],
    ['2026-11-23T23:00:00Z', 'Asia/Jakarta', undefined],
    ['2026-11-23T12:00:00Z', 'Asia/Jayapura', '2026-11-23T21:00:00Z'],
    ['2026-12-31T18:00:00Z', 'Asia/Jakarta', '2026-12-31T23:00:00Z'],
  ] as const)('%s in %s: until %s', (now, zone, until) => {
    expect(quietUntil(usualQuiet, zone, now)).toBe(until);
  });

  test('by day, none, and equal ends', () => {
    const now = '2026-11-23T06:00:00Z';
    expect(quietUntil({ from: '12:00', to: '14:30' }, 'Asia/Jakarta', now)).toBe('2026-11-23T07:30:00Z');
    expect(quietUntil(null, 'Asia/Jakarta', now)).toBeUndefined();
    expect(quietUntil({ from: '13:00', to: '13:00' }, 'Asia/Jakarta', now)).toBeUndefined();
  });

  test('they always end, within a day, at a moment that is not quiet', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
    fc.assert(
      fc.property(
        time,
        time,
        fc.constantFrom(...zones),
        fc.integer({ min: 1_767_225_600, max: 1_830_297_600 }),
        (from, to, zone, at) => {
          const quiet = { from, to };
          const until = quietUntil(quiet, zone, fromSeconds(at));
          if (until === undefined) return;
          expect(toSeconds(until)).toBeGreaterThan(at);
          expect(toSeconds(until) - at).toBeLessThanOrEqual(86_400);
          expect(quietUntil(quiet, zone, until)).toBeUndefined();
        },
      ),
    );
  });
});

test('a channel that is down is asked for about three days, then no more', () => {
  const waits = Array.from({ length: 60 }, (_, i) => waitAfter(i + 1));
  expect(waits.slice(0, 6)).toEqual([300, 600, 1200, 2400, 4800, 7200]);
  const given = waits.filter((wait) => wait !== undefined);
  const days = given.reduce((sum, wait) => sum + wait, 0) / 86_400;
  expect(days).toBeGreaterThan(2);
  expect(days).toBeLessThan(4);
  expect(waits.at(-1)).toBeUndefined();
});
