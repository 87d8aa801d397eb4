import { describe, expect, test } from 'vitest';
import { joined, remainingOf, renewed } from './rules.ts';
import type { Choice } from './shapes.ts';

const wish = (more: Partial<Choice> = {}): Choice => ({
  ...{ areas: [], topics: [], channel: 'email', pace: 'instant' },
  ...more,
});
const morning = { now: '2026-11-23T03:00:00Z', zone: 'Asia/Jakarta', hourBefore: 7, hour: 7 } as const;

describe('subscriptions that are chosen anew', () => {
  const first = renewed([], [wish(), wish({ pace: 'daily', topics: ['air'] })], morning);

  test('begin now, and go on where they stay', () => {
    expect(first.map(({ id, since }) => [id, since])).toEqual([
      ['s1', '2026-11-23T03:00:01Z'],
      ['s2', '2026-11-23T03:00:01Z'],
    ]);
    const later = { ...morning, now: '2026-11-25T03:00:00Z' };
    const next = renewed(
      first,
      [wish({ pace: 'daily', topics: ['air'] }), wish({ topics: ['cuaca'] })],
      later,
    );
    expect(next.map(({ id, since }) => [id, since])).toEqual([
      ['s2', '2026-11-23T03:00:01Z'],
      ['s1', '2026-11-25T03:00:01Z'],
    ]);
  });

  test('count once, however often and in whatever order they are said', () => {
    const said = [wish({ areas: ['13.74.01', '13.74.02'] }), wish({ areas: ['13.74.02', '13.74.01'] })];
    expect(renewed([], said, morning)).toHaveLength(1);
  });

  test('of a digest whose hour moves begin where the last one ended', () => {
    const moved = { now: '2026-11-25T03:00:00Z', zone: 'Asia/Jakarta', hourBefore: 7, hour: 18 } as const;
    const [, daily] = renewed(first, [wish(), wish({ pace: 'daily', topics: ['air'] })], moved);
    expect(daily?.since).toBe('2026-11-25T00:00:01Z');
  });
});

test('a confirmed wish stands beside the others as far as there is room', () => {
  const full = Array.from({ length: 10 }, (_, i) => wish({ topics: [`t${i}`] }));
  expect(joined(full, [wish()])).toEqual(full);
  expect(joined([wish()], [wish({ topics: ['air'] })])).toHaveLength(2);
});

test('nobody knows how many are left before they are counted', () => {
  const tally = { sent: 3, failed: 1, uncertain: 1, pruned: 0 };
  expect(remainingOf({ tally })).toBeNull();
  expect(remainingOf({ people: 9, tally })).toBe(4);
});
