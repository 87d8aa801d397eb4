import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawing } from './draw.ts';
import { a4Across, flow } from './layout.ts';
import { table } from './table.ts';
import { wordsOf } from './test/words.ts';
import { numberIn, writePdf } from './write.ts';

const columns = [
  { title: 'Nomor', share: 1, align: 'right' },
  { title: 'Informasi yang diminta', share: 4 },
  { title: 'Keputusan', share: 2 },
] as const;

const printed = (rows: readonly (readonly string[])[]) => {
  const down = flow(60, drawing(a4Across.height), a4Across);
  table(down, columns, rows);
  const pages = down.pages.map((on) => on.content());
  const pdf = writePdf({ ...a4Across, title: 'Register', pages, at: '2026-11-22T03:00:00Z' });
  return { pages: pages.length, words: wordsOf(pdf) };
};

describe('a table', () => {
  test('has its titles on every page', () => {
    const rows = Array.from({ length: 120 }, (_, i) => [String(i), `Anggaran tahun ${i}`, 'Dikabulkan']);
    const { pages, words } = printed(rows);
    expect(pages).toBeGreaterThan(2);
    expect(words.filter((word) => word === 'Nomor')).toHaveLength(pages);
  });

  test('of one row is one page', () => {
    expect(printed([['1', 'a', 'b']])).toEqual({
      pages: 1,
      words: ['Nomor', 'Informasi yang diminta', 'Keputusan', '1', 'a', 'b'],
    });
  });

  test('loses no word, however long a cell is', () => {
    const cell = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 900 });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 4 }), (cells) => {
        const rows = cells.map((words) => ['1', words.join(' '), '']);
        const said = printed(rows).words.filter((word) => !/^(1|Nomor|Informasi|Keputusan)/.test(word));
        expect(said.join('').replace(/\s/g, '')).toBe(cells.flat().join(''));
      }),
      { numRuns: 20 },
    );
  });
});

test('a paper says its number, and no other file has one', () => {
  const paper = { ...a4Across, title: 'x', pages: [''], at: '2026-11-22T03:00:00Z' };
  expect(numberIn(writePdf({ ...paper, number: 'dukcapil-2026-7K2M9QXAB' }))).toBe('dukcapil-2026-7K2M9QXAB');
  expect(numberIn(writePdf(paper))).toBeUndefined();
  expect(numberIn(Buffer.from('anything'))).toBeUndefined();
});
