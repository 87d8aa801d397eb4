import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseRow } from '../cases/model.ts';
import { type Merged, mergedPage, type Placed, type Wanted } from './list.ts';

interface Listed {
  readonly partition: string;
  readonly sort: string;
  readonly visible: boolean;
}

const rowsOf = fc.uniqueArray(
  fc.record({
    partition: fc.constantFrom('p0', 'p1', 'p2', 'p3'),
    sort: fc.integer({ min: 0, max: 9999 }).map((n) => `2026-${String(n).padStart(4, '0')}`),
    visible: fc.boolean(),
  }),
  { selector: (row) => row.sort, maxLength: 120 },
);

const placed = ({ sort, visible }: Listed): Placed => ({
  sort,
  row: { code: sort, flags: visible ? '' : 'o' } as unknown as CaseRow,
});

const reader =
  (rows: readonly Listed[]) => async (partition: string, after: string | undefined, limit: number) =>
    rows
      .filter((row) => row.partition === partition && (after === undefined || row.sort > after))
      .sort((a, b) => (a.sort < b.sort ? -1 : 1))
      .slice(0, limit)
      .map(placed);

type Page = typeof mergedPage;
const wanted = (size: number, after: string | undefined): Wanted => ({
  partitions: ['p0', 'p1', 'p2', 'p3'],
  after,
  size,
  keep: (row) => row.flags === '',
});

/** Follows cursors to the end. */
const all = async (
  page: Page,
  rows: readonly Listed[],
  size: number,
): Promise<{ codes: string[]; pages: Merged[] }> => {
  const codes: string[] = [];
  const pages: Merged[] = [];
  let after: string | undefined;
  for (let n = 0; n < 300; n += 1) {
    const one = await page(reader(rows), wanted(size, after));
    pages.push(one);
    codes.push(...one.rows.map((r) => r.row.code));
    if (one.next === undefined) return { codes, pages };
    after = one.next;
  }
  throw new Error('no end');
};

const inOrder = (page: Page) =>
  fc.asyncProperty(rowsOf, fc.integer({ min: 1, max: 30 }), async (rows, size) => {
    const visible = rows.filter((r) => r.visible).map((r) => r.sort);
    const { codes, pages } = await all(page, rows, size);
    // Every visible row once, in the common order; full pages but the last.
    expect(codes).toEqual([...visible].sort());
    for (const one of pages.slice(0, -1)) expect(one.rows).toHaveLength(size);
  });

/** A reader who may not see some rows gets byte for byte what they would get if those did not exist. */
const leavesNoTrace = (page: Page) =>
  fc.asyncProperty(rowsOf, fc.integer({ min: 1, max: 30 }), async (rows, size) => {
    const with_ = await all(page, rows, size);
    const without = await all(
      page,
      rows.filter((r) => r.visible),
      size,
    );
    expect(with_.pages).toEqual(without.pages);
  });

describe('a page over several partitions', () => {
  test('holds every visible row once and in order', () => fc.assert(inOrder(mergedPage)));
  test('shows no trace of rows that its reader may not see', () => fc.assert(leavesNoTrace(mergedPage)));

  test('a twin whose cursor is the last row read, seen or not, is caught', async () => {
    const leaky: Page = async (read, w) => {
      const page = await mergedPage(read, w);
      const last = (await Promise.all(w.partitions.map((p) => read(p, w.after, w.size)))).flat().at(-1);
      return page.next === undefined && last !== undefined && last.row.flags !== ''
        ? { ...page, next: last.sort, full: false }
        : page;
    };
    expect((await fc.check(leavesNoTrace(leaky))).failed).toBe(true);
  });

  test('ends where its range ends', async () => {
    const rows = [1, 2, 3].map((n) => ({ partition: 'p0', sort: `2026-000${n}`, visible: true }));
    const page = await mergedPage(reader(rows), { ...wanted(25, undefined), before: '2026-0003' });
    expect([page.rows.length, page.next]).toEqual([2, undefined]);
  });

  test('gives up after a bounded read and says where to go on', async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => ({
      partition: 'p0',
      sort: `2026-${String(n).padStart(4, '0')}`,
      visible: false,
    }));
    const page = await mergedPage(reader(rows), { ...wanted(25, undefined), partitions: ['p0'] });
    expect(page).toMatchObject({ rows: [], full: false });
    expect(page.next).toBeDefined();
  });
});
