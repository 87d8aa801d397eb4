import { isDeepStrictEqual } from 'node:util';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filedCase, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import { dice, interleave, tapped } from '../../test/interleave.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { City } from '../city/schema.ts';
import type { Table } from '../kernel/table.ts';
import { figuresOf, sum } from './contribution.ts';
import { counter, dueAttribute, monthPartition, nowPartition } from './keys.ts';
import { projector } from './project.ts';
import { figureStore } from './store.ts';
import { zeroRemover } from './zeros.ts';

const city = testCity();
const coordinator = staffOf(city, 'coordinator', 'kominfo');
const projecting = (table: Table, sees: City = city) =>
  projector({ store: figureStore(table), city: async () => sees });
const holidays = (...dates: readonly string[]): City => ({
  ...city,
  calendars: {
    ...city.calendars,
    holidays: dates.map((date) => ({ date, name: 'Libur', kind: 'local' as const })),
  },
});

let tables: FigureTables;
beforeAll(async () => {
  tables = await figureTables();
});
afterAll(() => tables.stop());

/** Filed on Monday morning, assigned on Thursday: some days in triage. */
const assigned = (code: string, unit = 'pupr'): CaseRecord =>
  taken(city, filedCase(city, {}, { code }), coordinator, 'assign', { unit }, '2026-11-26T03:00:00Z');

/** A table that counts what is asked of it. */
const watched = (table: Table) => {
  const parts: number[] = [];
  const spy: Table = {
    ...table,
    transact: (of) => {
      parts.push(of.length);
      return table.transact(of);
    },
  };
  return { spy, parts };
};

describe('the projector', () => {
  test('writes nothing for a state that it knows, however it is repeated or archived', async () => {
    const { table } = await tables.fresh();
    const { spy, parts } = watched(table);
    const record = assigned('A');
    expect(await projecting(spy)([record])).toEqual({ written: 1, unchanged: 0 });
    const archived = { ...record, rev: record.rev + 1, archived: record.seq, events: [] };
    expect(await projecting(spy)([record, archived])).toEqual({ written: 0, unchanged: 1 });
    expect(await projecting(spy)([filedCase(city, {}, { code: 'A' })])).toEqual({ written: 0, unchanged: 1 });
    expect(parts).toHaveLength(1);
  });

  test('keeps each case and its counters in one transaction of at most 100 parts', async () => {
    const { name, table } = await tables.fresh();
    const { spy, parts } = watched(table);
    // Months apart, so that hardly two cases share a counter.
    const records = Array.from({ length: 90 }, (_, i) => {
      const at = `${2020 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-15T03:00:00Z`;
      const filed = filedCase(city, {}, { code: `M${i}`, at });
      return taken(city, filed, coordinator, 'assign', { unit: 'pupr' }, at);
    });
    expect(await projecting(spy)(records)).toEqual({ written: 90, unchanged: 0 });
    expect(Math.max(...parts)).toBeLessThanOrEqual(100);
    expect(await tables.counters(name)).toEqual(figuresOf(records, city));
  });

  test('says how many cases do not come to rest instead of trying for ever', async () => {
    const { table } = await tables.fresh();
    const refusing: Table = { ...table, transact: async () => ({ done: false, failed: [0] }) };
    await expect(projecting(refusing)([assigned('A')])).rejects.toThrow('1 cases keep changing');
  });

  test('waits when another transaction holds a counter', async () => {
    const { name, table } = await tables.fresh();
    let conflicts = 2;
    const busy: Table = {
      ...table,
      transact: (parts) => {
        if (conflicts === 0) return table.transact(parts);
        conflicts -= 1;
        throw new TransactionCanceledException({
          message: 'conflict',
          $metadata: {},
          CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
        });
      },
    };
    await projecting(busy)([assigned('A')]);
    expect(await tables.counters(name)).toEqual(figuresOf([assigned('A')], city));
  });

  test('a rebuild from the cases alone gives the same numbers', async () => {
    const { name, table } = await tables.fresh();
    const records = [assigned('A'), assigned('B', 'damkar'), filedCase(city, {}, { code: 'C' })];
    await projecting(table)([filedCase(city, {}, { code: 'A' }), ...records]);
    const kept = await tables.counters(name);
    const rebuilt = await tables.fresh();
    await projecting(rebuilt.table)(records);
    expect(await tables.counters(rebuilt.name)).toEqual(kept);
    expect(kept).toEqual(figuresOf(records, city));
  });
});

describe('changed settings', () => {
  test('reach cases that nothing happens to when they are passed again', async () => {
    const { name, table } = await tables.fresh();
    const changed = holidays('2026-11-24');
    await projecting(table)([assigned('A')]);
    expect(await projecting(table, changed)([assigned('A')])).toEqual({ written: 1, unchanged: 0 });
    expect(await tables.counters(name)).toEqual(figuresOf([assigned('A')], changed));
    expect(figuresOf([assigned('A')], changed)).not.toEqual(figuresOf([assigned('A')], city));
  });

  /** Two instances with different settings pass one known case at once; whether the counters are what is on record. */
  const agree = async (seed: number, twin: (table: Table) => Table): Promise<boolean> => {
    const { name, table } = await tables.fresh();
    await projecting(table)([assigned('A')]);
    const lane = (sees: City) => async (turn: () => Promise<void>) => {
      await projecting(twin(tapped(table, turn)), sees)([assigned('A')]);
    };
    await interleave([lane(holidays('2026-11-24')), lane(holidays('2026-11-24', '2026-11-25'))], dice(seed));
    const known = (await figureStore(table).contributions(['A'])).get('A');
    return isDeepStrictEqual(await tables.counters(name), sum([known?.figures ?? {}]));
  };
  const seeds = Array.from({ length: 12 }, (_, seed) => seed);

  test('cannot make two instances count one case twice', async () => {
    expect(await Promise.all(seeds.map((seed) => agree(seed, (table) => table)))).not.toContain(false);
  });

  test('would, if the condition looked at the state of the case alone', async () => {
    const twin = (table: Table): Table => ({
      ...table,
      transact: (parts) =>
        table.transact(
          parts.map(({ put, ...rest }) =>
            put?.values === undefined
              ? { ...rest, ...(put === undefined ? {} : { put }) }
              : {
                  put: {
                    ...put,
                    ExpressionAttributeNames: { '#rev': 'seq' },
                    values: { ':rev': put.item['seq'] },
                  },
                },
          ),
        ),
    });
    expect(await Promise.all(seeds.map((seed) => agree(seed, twin)))).toContain(false);
  });
});

describe('deadlines that nobody has any more', () => {
  const present = nowPartition('normal');

  test('go, and the numbers stay', async () => {
    const { name, table } = await tables.fresh();
    const filed = filedCase(city, {}, { code: 'A' });
    await projecting(table)([filed]);
    await projecting(table)([assigned('A')]);
    const before = await tables.counters(name);
    const store = figureStore(table);
    const removeZeros = zeroRemover({ store, city: async () => city });
    // In triage's own row and in that of the area.
    expect(await removeZeros()).toBe(2);
    expect(await removeZeros()).toBe(0);
    expect(await tables.counters(name)).toEqual(before);
    expect((await store.rows(present)).find((row) => row.unit === 'triage')?.counts).toEqual({ o: 0 });
  });

  test('stay when a case got one meanwhile', async () => {
    const { name, table } = await tables.fresh();
    const record = filedCase(city, {}, { code: 'A' });
    await projecting(table)([record]);
    const due = record.wakeAt ?? '';
    expect(await figureStore(table).removeZeros(present, 'triage', [dueAttribute(due)])).toBe(false);
    expect((await tables.counters(name))[counter(present, 'triage')]).toEqual({
      o: 1,
      [dueAttribute(due)]: 1,
    });
    expect(Object.keys(await tables.counters(name))).toContain(
      counter(monthPartition('2026-11', 'normal'), 'triage'),
    );
  });
});
