import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestAt, hoursBetween, lastDigestBefore } from './digests.ts';
import { channelsAtOnce, covers, dailyList, forDigest, listsFor, listsOf, toldAlong } from './match.ts';
import type { Subscription } from './model.ts';
import { readSendingRef, sendingRef } from './ref.ts';

const known = ['13.74.01', '13.74.01.1001', '13.74.01.1002', '13.74.02', '13.74.02.1001'];
const areas = fc.uniqueArray(fc.constantFrom(...known), { maxLength: 3 });
const topics = fc.uniqueArray(fc.constantFrom('air', 'cuaca', 'lowongan'), { maxLength: 2 });
const times = fc.constantFrom('2026-11-22T00:00:00Z', '2026-11-23T00:00:00Z');
const subscription: fc.Arbitrary<Subscription> = fc.record({
  id: fc.constant('s1'),
  ...{ areas, topics, since: times },
  channel: fc.constantFrom('email' as const, 'push' as const),
  pace: fc.constantFrom('instant' as const, 'daily' as const),
});
const subscriptions = fc.array(subscription, { minLength: 1, maxLength: 4 });
const order = fc.record({ areas, topics, emergency: fc.boolean(), at: times });

describe('whom an order is for', () => {
  test('stands in a list that is walked, and is told along exactly one', () => {
    fc.assert(
      fc.property(subscriptions, order, (own, wanted) => {
        const lists = listsFor(wanted, known);
        const along = toldAlong(own, lists);
        if (own.some((one) => covers(one, wanted))) expect(lists).toContain(along);
        expect(lists.filter((list) => list === along).length).toBeLessThanOrEqual(1);
        if (along !== undefined) expect(listsOf(own)).toContain(along);
      }),
    );
  });

  test('is told at once or by the digest, never both', () => {
    fc.assert(
      fc.property(subscriptions, order, (own, wanted) => {
        const atOnce = channelsAtOnce(own, wanted).length > 0;
        const inDigest = forDigest(own, [wanted]).orders.length > 0;
        const covered = own.some((one) => covers(one, wanted));
        expect([atOnce, inDigest].filter(Boolean)).toHaveLength(covered ? 1 : 0);
        if (wanted.emergency) expect(inDigest).toBe(false);
      }),
    );
  });

  test('hears nothing of what was published before they subscribed', () => {
    const late = { areas: [], topics: [], since: '2026-11-23T00:00:01Z' };
    const wanted = { areas: [], topics: ['air'], emergency: true, at: '2026-11-23T00:00:00Z' };
    expect(covers(late, wanted)).toBe(false);
  });

  test('of a warning for elsewhere is nobody but who follows the whole city and its topic', () => {
    const wanted = { areas: ['13.74.02'], topics: ['cuaca'], emergency: true, at: '2026-11-23T00:00:00Z' };
    const since = '2026-11-22T00:00:00Z';
    expect(covers({ areas: ['13.74.01.1001'], topics: [], since }, wanted)).toBe(false);
    expect(covers({ areas: [], topics: ['lowongan'], since }, wanted)).toBe(false);
    expect(covers({ areas: [], topics: ['cuaca'], since }, wanted)).toBe(true);
    expect(covers({ areas: ['13.74.02.1001'], topics: ['lowongan'], since }, wanted)).toBe(true);
  });

  test('of a digest stands in the list of its hour alone', () => {
    const digest = { hour: 7, from: '', to: '' };
    expect(listsFor({ areas: [], digest }, known)).toEqual([dailyList(7)]);
    expect(toldAlong([{ areas: ['13.74.01'] }], ['daily.07'])).toBe('daily.07');
  });
});

describe('hours of digests', () => {
  test('are each full hour since the last run, the oldest left out after a day', () => {
    expect(hoursBetween('2026-11-23T03:10:00Z', '2026-11-23T05:00:00Z')).toEqual([
      '2026-11-23T04:00:00Z',
      '2026-11-23T05:00:00Z',
    ]);
    expect(hoursBetween('2026-11-23T03:10:00Z', '2026-11-23T03:59:59Z')).toEqual([]);
    expect(hoursBetween('2026-11-01T00:00:00Z', '2026-11-23T05:00:00Z')).toHaveLength(24);
  });

  test('are named by the city’s own clock and cover the day before them', () => {
    expect(digestAt('2026-11-23T00:00:00Z', 'Asia/Jayapura')).toEqual({
      id: 'daily-2026-11-23-09',
      digest: { hour: 9, from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z' },
    });
    expect(lastDigestBefore(7, '2026-11-23T03:00:00Z', 'Asia/Jakarta')).toBe('2026-11-23T00:00:00Z');
  });
});

test('a reference comes back from a provider as it went', () => {
  const ref = {
    id: 'ABCDEFGHJ',
    version: 2,
    person: 'a'.repeat(22),
    slot: 'push.ab-_',
    book: 'b'.repeat(22),
  };
  expect(readSendingRef(sendingRef(ref))).toEqual(ref);
  expect(sendingRef(ref)).toMatch(/^[\w.@-]{1,256}$/);
  expect(readSendingRef('ABCDEFGHJ.reporter.email.3.-')).toBeUndefined();
});
