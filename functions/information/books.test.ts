import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { isProblem } from '../kernel/errors.ts';
import type { Table } from '../kernel/table.ts';
import { bookStore, written } from './books.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const at = '2026-11-23T02:00:00Z';
const numbers = async (year: number) => {
  const entries = await bookStore(tables.cases).entries('requests', year);
  return entries.map(({ n, code }) => [n, code]);
};

/** A table whose process dies before its n-th write. */
const dyingAt = (n: number): Table => {
  let writes = 0;
  return {
    ...tables.cases,
    put: (...args) => {
      writes += 1;
      return writes >= n ? Promise.reject(new Error('killed')) : tables.cases.put(...args);
    },
  };
};

describe('numbers of the book of requests', () => {
  test('count from one each year, apart from those of objections', async () => {
    const store = bookStore(tables.cases);
    expect(await store.enter('requests', 2001, 'A', at)).toEqual({ year: 2001, n: 1 });
    expect(await store.enter('requests', 2001, 'B', at)).toEqual({ year: 2001, n: 2 });
    expect(await store.enter('requests', 2002, 'C', at)).toEqual({ year: 2002, n: 1 });
    expect(await store.enter('objections', 2001, 'B', at)).toEqual({ year: 2001, n: 1 });
    expect(written('requests', { year: 2026, n: 12 })).toBe('012/PPID/2026');
    expect(written('objections', { year: 2026, n: 1234 })).toBe('1234/KBR-PPID/2026');
  });

  test('a retry gets the number that it has, even in another year', async () => {
    const store = bookStore(tables.cases);
    const first = await store.enter('requests', 2003, 'R', at);
    await store.enter('requests', 2003, 'S', at);
    expect(await store.enter('requests', 2003, 'R', at)).toEqual(first);
    expect(await store.enter('requests', 2004, 'R', at)).toEqual(first);
  });

  test('of twenty at once, each sent twice, every one gets one number and none is missing', async () => {
    const codes = Array.from({ length: 20 }, (_, i) => `P${i}`);
    const enter = async (code: string): Promise<number> => {
      for (;;) {
        try {
          return (await bookStore(tables.cases).enter('requests', 2005, code, at)).n;
        } catch (e) {
          if (!isProblem(e)) throw e;
        }
      }
    };
    const [once, twice] = await Promise.all([Promise.all(codes.map(enter)), Promise.all(codes.map(enter))]);
    expect(twice).toEqual(once);
    expect([...once].sort((a, b) => a - b)).toEqual(codes.map((_, i) => i + 1));
    expect((await numbers(2005)).map(([n]) => n)).toEqual(codes.map((_, i) => i + 1));
  });

  test('killed before any of its writes, a number is neither lost nor given twice', async () => {
    for (const [year, n] of [
      [2011, 1],
      [2012, 2],
      [2013, 3],
    ] as const) {
      await expect(bookStore(dyingAt(n)).enter('requests', year, `dead${year}`, at)).rejects.toThrow(
        'killed',
      );
      const other = await bookStore(tables.cases).enter('requests', year, `next${year}`, at);
      const again = await bookStore(tables.cases).enter('requests', year, `dead${year}`, at);
      expect([n, other.n, again.n]).toEqual(n === 1 ? [1, 1, 2] : [n, 2, 1]);
      expect(await numbers(year)).toEqual(
        n === 1
          ? [
              [1, `next${year}`],
              [2, `dead${year}`],
            ]
          : [
              [1, `dead${year}`],
              [2, `next${year}`],
            ],
      );
    }
  });

  test('a twin that counts without a condition gives one number to two', async () => {
    const careless: Table = {
      ...tables.cases,
      put: (item) => tables.cases.put(item),
    };
    const given = await Promise.all(
      ['X', 'Y', 'Z'].map((code) => bookStore(careless).enter('requests', 2006, code, at)),
    );
    expect(new Set(given.map(({ n }) => n)).size).toBeLessThan(3);
  });
});
