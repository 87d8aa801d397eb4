import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { take, taken } from '../../../test/cases.ts';
import { caseStore } from '../../cases/store.ts';
import { walkOpenCases } from '../../cases/walk.ts';
import { recomputeRequest, recomputeStates } from '../../city/recomputing.ts';
import type { City } from '../../city/schema.ts';
import { complaint } from '../../complaints/workflow.ts';
import type { Log } from '../../kernel/log.ts';
import { codeOf, kominfo, city as live, sweptTables } from '../sweep/test/swept.ts';
import { type RecomputeDeps, recompute, settledAfterSeconds, walks } from './recompute.ts';

const requestedAt = '2026-11-23T04:00:00Z';
const settled = new Date(Date.parse(requestedAt) + settledAfterSeconds * 1000)
  .toISOString()
  .replace('.000', '');

/** The 24th and 25th of November 2026, a Tuesday and a Wednesday, turn out to be holidays. */
const withHolidays: City = {
  ...live,
  versions: { ...live.versions, calendars: 2 },
  calendars: {
    ...live.calendars,
    holidays: [
      ...live.calendars.holidays,
      ...['2026-11-24', '2026-11-25'].map((date) => ({ date, name: 'Pemilihan', kind: 'national' as const })),
    ],
  },
};

const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const tables = await sweptTables();
beforeEach(tables.begin);
afterAll(tables.stop);

const request = async () => tables.table().transact([recomputeRequest('calendars', 2, requestedAt)]);

const run = (more: Partial<RecomputeDeps> = {}, remaining = () => 200_000) => {
  const table = tables.table();
  return recompute({
    states: recomputeStates(table),
    // Three items a page, so that a walk has many.
    walk: (from) => walkOpenCases(table, from, 3),
    store: caseStore(table),
    city: async () => withHolidays,
    workflows: { complaint },
    now: () => settled,
    log,
    ...more,
  })(remaining);
};

const file = async (count: number): Promise<readonly string[]> => {
  const codes = Array.from({ length: count }, (_, n) => codeOf(n));
  for (const code of codes) await tables.file(code);
  return codes;
};
const eventsOf = async (code: string) => (await tables.read(code)).events.map(({ type }) => type);
const promiseOf = async (code: string) => (await tables.read(code)).clocks['promise']?.due;

describe('a changed calendar', () => {
  test('moves the deadlines of every open case, says so once, and is done', async () => {
    const codes = await file(7);
    const before = await promiseOf(codeOf(0));
    await request();
    expect(await run()).toEqual({ state: 'done', looked: 7, moved: 7, failed: 0 });
    for (const code of codes) {
      expect(await eventsOf(code)).toEqual(['filed', 'recomputed']);
      expect(await promiseOf(code)).toBe('2026-12-15T09:00:00Z');
    }
    expect(before).toBe('2026-12-11T09:00:00Z');
    const record = await tables.read(codeOf(0));
    expect(record.events.at(-1)).toMatchObject({
      actor: { kind: 'system', id: 'recompute' },
      audience: 'code',
      config: { calendars: 2 },
      clocks: { promise: { due: '2026-12-15T09:00:00Z' } },
    });
    expect(await run()).toMatchObject({ state: 'idle' });
  });

  test('leaves closed cases as they ended', async () => {
    await file(2);
    const ended = taken(live, await tables.read(codeOf(0)), kominfo, 'archive', {
      reason: 'abuse',
      text: 'kasar',
    });
    await tables.store().save(ended);
    await request();
    expect(await run()).toMatchObject({ looked: 1, moved: 1 });
    expect(await tables.read(codeOf(0))).toEqual(ended);
  });

  test('waits until every function has the new settings', async () => {
    await file(1);
    await request();
    const early = new Date(Date.parse(settled) - 1000).toISOString().replace('.000', '');
    expect(await run({ now: () => early })).toMatchObject({ state: 'waiting' });
    expect(await eventsOf(codeOf(0))).toEqual(['filed']);
  });

  test('that moves no deadline writes no event', async () => {
    await file(3);
    await request();
    expect(await run({ city: async () => live })).toEqual({ state: 'done', looked: 3, moved: 0, failed: 0 });
    expect(await eventsOf(codeOf(0))).toEqual(['filed']);
  });
});

describe('a run that is cut or killed', () => {
  test('goes on where it was, each case moved once', async () => {
    const codes = await file(12);
    await request();
    let pages = 0;
    const twoPages = () => {
      pages += 1;
      return pages <= 2 ? 200_000 : 0;
    };
    expect(await run({}, twoPages)).toMatchObject({ state: 'cut' });
    const { run: progress } = (await recomputeStates(tables.table()).read()) ?? {};
    expect(progress).toMatchObject({ target: 1, attempt: 1, failed: 0 });
    expect(progress?.from).not.toBeNull();
    expect(await run()).toMatchObject({ state: 'done', looked: 12, moved: 12 });
    for (const code of codes) expect(await eventsOf(code)).toEqual(['filed', 'recomputed']);
  });

  test.each([1, 2, 5, 9])('killed at its %ith save of a case, it ends with each moved once', async (at) => {
    const codes = await file(9);
    await request();
    const store = caseStore(tables.table());
    let saves = 0;
    const dying: RecomputeDeps['store'] = {
      save: async (record) => {
        const done = await store.save(record);
        saves += 1;
        if (saves >= at) await new Promise(() => undefined);
        return done;
      },
    };
    await Promise.race([run({ store: dying }), new Promise((resolve) => setTimeout(resolve, 200))]);
    expect(await run()).toMatchObject({ state: 'done', failed: 0 });
    for (const code of codes) expect(await eventsOf(code)).toEqual(['filed', 'recomputed']);
  });

  test('a newer change starts the walk anew', async () => {
    const codes = await file(12);
    await request();
    let pages = 0;
    const once = () => {
      pages += 1;
      return pages === 1 ? 200_000 : 0;
    };
    await run({}, once);
    await request();
    expect(await run({ city: async () => live })).toMatchObject({ state: 'done', looked: 12 });
    for (const code of codes) expect(await promiseOf(code)).toBe('2026-12-11T09:00:00Z');
  });
});

describe('at once with others', () => {
  test('two runs move each case once, and one of them steps aside', async () => {
    const codes = await file(9);
    await request();
    const both = await Promise.all([run(), run()]);
    expect(both.map(({ failed }) => failed)).toEqual([0, 0]);
    for (const code of codes) expect(await eventsOf(code)).toEqual(['filed', 'recomputed']);
    expect(await run()).toMatchObject({ state: 'idle' });
  });

  test('an officer who writes meanwhile loses nothing', async () => {
    await file(1);
    await request();
    const store = caseStore(tables.table());
    let raced = false;
    const racing: RecomputeDeps['store'] = {
      save: async (record) => {
        if (!raced) {
          raced = true;
          await store.save(taken(live, await tables.read(), kominfo, 'note', { text: 'sudah saya telepon' }));
        }
        return store.save(record);
      },
    };
    expect(await run({ store: racing })).toMatchObject({ state: 'done', moved: 1 });
    expect(await eventsOf(codeOf(0))).toEqual(['filed', 'noted', 'recomputed']);
  });

  test('a twin that saves without its condition loses the officer’s note, and this test sees it', async () => {
    await file(1);
    await request();
    const careless: RecomputeDeps['store'] = {
      save: async (record) => {
        await tables
          .store()
          .save(taken(live, await tables.read(), kominfo, 'note', { text: 'sudah ditelepon' }));
        return tables.careless(record);
      },
    };
    await run({ store: careless });
    expect(await eventsOf(codeOf(0))).toEqual(['filed', 'recomputed']);
  });
});

describe('a case that cannot be moved', () => {
  test('holds up no other, is tried in three walks, and then is said to a person', async () => {
    await file(4);
    await tables.table().put({ ...(await bare(codeOf(0))), kind: 'unheardOf' });
    await request();
    for (let walk = 1; walk < walks; walk += 1)
      expect(await run()).toMatchObject({ state: 'again', failed: 1 });
    expect(await run()).toMatchObject({ state: 'done', failed: 1 });
    expect(await recomputeStates(tables.table()).read()).toMatchObject({
      done: 1,
      last: { failed: 1, attempt: walks },
    });
    for (const n of [1, 2, 3]) expect(await eventsOf(codeOf(n))).toEqual(['filed', 'recomputed']);
  });
});

const bare = async (code: string) => {
  const item = await tables.table().get({ pk: `C#${code}`, sk: 'CASE' });
  if (item === undefined) throw new Error('gone');
  return item;
};

test('nobody but the system recomputes', async () => {
  await file(1);
  expect(take(live, await tables.read(), kominfo, 'recompute')).toMatchObject({ refuse: 'forbidden' });
});
