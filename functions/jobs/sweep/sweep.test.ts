import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sweptMessage as alarmedSwept, vacantMessage as alarmedVacant } from '../../../lib/app/alarms.ts';
import { caseKey, shardOf } from '../../cases/keys.ts';
import { type Instant, toSeconds } from '../../kernel/time.ts';
import { waking } from './store.ts';
import { pagesAtOnce, type SweepDeps, sweep, sweptMessage, vacantMessage } from './sweep.ts';
import {
  aMonthLater,
  atFirst,
  beforeDue,
  codeOf,
  never,
  ofOneShard,
  sweptTables,
  told,
} from './test/swept.ts';

let tables: Awaited<ReturnType<typeof sweptTables>>;
beforeAll(async () => {
  tables = await sweptTables();
});
beforeEach(() => tables.begin());
afterAll(() => tables.stop());

/** A store whose readers all have read before any of them writes. */
const together = (readers: number): SweepDeps['store'] => {
  const store = tables.store();
  let arrived = 0;
  let open = (): void => {};
  const allHaveRead = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    ...store,
    read: async (code) => {
      const record = await store.read(code);
      arrived += 1;
      if (arrived === readers) open();
      await allHaveRead;
      return record;
    },
  };
};

describe('an ignored case', () => {
  test('is told once for each clock, though sweep runs twice', async () => {
    await tables.file();
    expect(await tables.run(beforeDue)).toMatchObject({ cases: 0, steps: 0 });
    expect(await tables.run(atFirst)).toEqual({
      cases: 1,
      steps: 1,
      waiting: 0,
      failed: 0,
      cut: false,
      late: 0,
    });
    const once = await tables.read();
    expect(told(once)).toEqual(['verification']);
    expect(await tables.run(atFirst)).toMatchObject({ cases: 0, steps: 0 });
    await tables.run(aMonthLater);
    await tables.run(never);
    await tables.run(never);
    expect(told(await tables.read())).toEqual(['verification', 'promise', 'outer']);
    expect((await tables.read()).wakeAt).toBeNull();
  });

  test('is told once though four sweeps meet on it', async () => {
    await tables.file();
    const store = together(4);
    const done = await Promise.all(Array.from({ length: 4 }, () => tables.run(never, { store })));
    expect(done.map((d) => d.steps).sort()).toEqual([0, 0, 0, 3]);
    expect(done.every((d) => d.failed === 0 && d.waiting === 0)).toBe(true);
    expect(told(await tables.read())).toEqual(['verification', 'promise', 'outer']);
  });

  test('a twin that saves without its condition tells it twice over, and this test sees it', async () => {
    await tables.file();
    const store = { ...together(2), save: tables.careless };
    const done = await Promise.all([tables.run(never, { store }), tables.run(never, { store })]);
    expect(done.map((d) => d.steps)).toEqual([3, 3]);
  });

  test('a month moved at once fires everything once, however many cases of a shard wake', async () => {
    const codes = [
      ...Array.from({ length: 60 }, (_, n) => codeOf(n)),
      ...ofOneShard(20).filter((c) => c > codeOf(59)),
    ];
    for (const code of codes) await tables.file(code);
    expect(await tables.run(aMonthLater)).toMatchObject({
      cases: codes.length,
      steps: 2 * codes.length,
      cut: false,
      failed: 0,
    });
    for (const code of codes) expect(told(await tables.read(code))).toEqual(['verification', 'promise']);
    expect(await tables.run(aMonthLater)).toMatchObject({ cases: 0, steps: 0 });
  });
});

test('its alarms watch what it says', () => {
  expect([sweptMessage, vacantMessage]).toEqual([alarmedSwept, alarmedVacant]);
});

describe('bounds', () => {
  test('stops before its time is over and says so; the next run goes on', async () => {
    await tables.file();
    const left = tables.depsOf(never);
    const late = toSeconds(never) - toSeconds(atFirst);
    expect(await sweep(left)(() => 9_999)).toEqual({
      ...{ cases: 0, steps: 0, waiting: 0, failed: 0, cut: true, late },
    });
    expect(await sweep(left)(() => 10_000)).toMatchObject({ steps: 3, cut: false, late: 0 });
  });

  test('takes so many cases of a shard and run, the longest waiting first', async () => {
    const codes = ofOneShard(pagesAtOnce + 3);
    for (const code of codes) await tables.file(code);
    const small = { waking: waking(tables.table(), 1) };
    expect(await tables.run(never, small)).toMatchObject({ cases: pagesAtOnce, cut: true });
    expect(await tables.run(never, small)).toMatchObject({ cases: 3, cut: false });
    for (const code of codes) expect(told(await tables.read(code))).toHaveLength(3);
  });

  test('one bad case and one bad shard hold up nobody else', async () => {
    for (let n = 0; n < 9; n += 1) await tables.file(codeOf(n));
    await tables
      .table()
      .put({ ...(await tables.table().get(caseKey(codeOf(0)))), ...caseKey(codeOf(0)), kind: 'unheardOf' });
    const query = waking(tables.table(), 3);
    const bad = shardOf(codeOf(1));
    const halves: SweepDeps['waking'] = async (shard, ...rest) => {
      if (shard === bad) throw new Error('throttled');
      return query(shard, ...rest);
    };
    const done = await tables.run(never, { waking: halves });
    const inBad = Array.from({ length: 9 }, (_, n) => codeOf(n)).filter((c) => shardOf(c) === bad).length;
    expect(done).toMatchObject({ failed: 2, steps: 3 * (8 - inBad) });
    expect(await tables.run(never)).toMatchObject({ failed: 1, steps: 3 * inBad });
  });
});

describe('what a sweep costs', () => {
  const spent = { calls: [] as string[], units: 0, written: 0 };
  beforeAll(() => {
    tables.client.middlewareStack.add(
      (next, context) => async (args) => {
        Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
        const result = await next(args);
        const { ConsumedCapacity: used } = result.output as { ConsumedCapacity?: { CapacityUnits?: number } };
        spent.calls.push(String(context.commandName).replace('Command', ''));
        spent.units += used?.CapacityUnits ?? 0;
        if (context.commandName === 'PutItemCommand') spent.written += used?.CapacityUnits ?? 0;
        return result;
      },
      { step: 'initialize' },
    );
  });

  const measured = async (now: Instant, more: Partial<SweepDeps> = {}) => {
    Object.assign(spent, { calls: [], units: 0, written: 0 });
    await tables.run(now, more);
    const counts: Record<string, number> = {};
    for (const call of spent.calls) counts[call] = (counts[call] ?? 0) + 1;
    return { counts, read: spent.units - spent.written, written: spent.written };
  };

  test('nothing due: eight queries of half a unit, and the settings are not read', async () => {
    for (let n = 0; n < 9; n += 1) await tables.file(codeOf(n));
    const unread = async () => {
      throw new Error('the settings were read');
    };
    expect(await measured(beforeDue, { city: unread })).toEqual({
      counts: { Query: 8 },
      read: 4,
      written: 0,
    });
  });

  test('a case with several clocks overdue: one read and one write', async () => {
    await tables.file();
    const { counts, read: units, written } = await measured(never);
    expect(counts).toEqual({ Query: 8, GetItem: 1, PutItem: 1 });
    expect(units).toBe(5);
    expect(written).toBeLessThanOrEqual(12);
  });
});
