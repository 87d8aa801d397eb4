import { expect, test } from 'vitest';
import type { Item, Key } from './table.ts';
import { together } from './together.ts';

const key = (n: number): Key => ({ pk: `C#${n}`, sk: 'CASE' });

/** Items 0 to 199, and a note of every call. */
const world = (fails = false) => {
  const calls: string[] = [];
  const item = ({ pk, sk }: Key): Item | undefined =>
    Number(pk.slice(2)) < 200 ? { pk, sk, found: true } : undefined;
  const table = together({
    get: async (of: Key, consistent = true) => {
      calls.push(`get ${consistent}`);
      return item(of);
    },
    batchGet: async (keys: readonly Key[], consistent = true) => {
      calls.push(`${keys.length} ${consistent}`);
      if (fails) throw new Error('down');
      // The table answers in an order of its own.
      return keys
        .map(item)
        .filter((found) => found !== undefined)
        .reverse();
    },
  });
  return { table, calls };
};

test('what is asked for at the same moment is one call; each asker gets its own item', async () => {
  const { table, calls } = world();
  const [a, b, again, none] = await Promise.all([key(1), key(2), key(1), key(999)].map((k) => table.get(k)));
  expect([a, b, again, none]).toEqual([
    { ...key(1), found: true },
    { ...key(2), found: true },
    { ...key(1), found: true },
    undefined,
  ]);
  expect(calls).toEqual(['3 true']);
});

test('one key alone is a plain read, and so is one that is missing', async () => {
  const { table, calls } = world();
  expect([await table.get(key(1)), await table.get(key(999))]).toEqual([
    { ...key(1), found: true },
    undefined,
  ]);
  expect(calls).toEqual(['get true', 'get true']);
});

test('strong and eventual reads do not mix, and a call asks for a hundred at the most', async () => {
  const { table, calls } = world();
  const strong = Array.from({ length: 150 }, (_, n) => table.get(key(n)));
  const eventual = [key(1), key(2)].map((k) => table.get(k, false));
  const all = await Promise.all([...strong, ...eventual]);
  expect(all.every((item) => item?.['found'] === true)).toBe(true);
  expect(calls.toSorted()).toEqual(['100 true', '2 false', '50 true']);
});

test('where the one call fails, every asker hears of it', async () => {
  const { table } = world(true);
  const asked = await Promise.allSettled([key(1), key(2)].map((k) => table.get(k)));
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
