import { describe, expect, test } from 'vitest';
import type { CaseRecord } from '../cases/model.ts';
import { finder, mostReads, type Wanted } from './find.ts';
import type { Lists } from './scopes.ts';
import { codeAt, type Place, type PostingStore } from './store.ts';

/** Cases with their terms, in one scope, in memory: what is counted are the reads. */
const worldOf = (cases: readonly { readonly at: number; readonly terms: readonly string[] }[]) => {
  const all = cases.map(({ at, terms }) => {
    const filedAt = new Date(1.7e12 + at * 60_000).toISOString().replace('.000', '');
    return { code: `C${at}`, filedAt, terms };
  });
  const reads = { postings: 0, terms: 0, lists: 0 };
  const under = (matches: (term: string) => boolean, { from, before }: { from: string; before: string }) =>
    all
      .filter(({ terms }) => terms.some(matches))
      .map(({ filedAt, code }): Place => `${filedAt}#${code}`)
      .filter((place) => place >= from && place < before)
      .sort()
      .reverse();
  const store: Pick<PostingStore, 'list' | 'beginning' | 'readMany'> = {
    list: async (_, term, range, limit) => {
      const places = under((t) => t === term, range);
      const page = places.slice(0, limit);
      reads.lists += 1;
      reads.postings += page.length;
      return { places: page, read: page.length, ended: places.length <= limit };
    },
    beginning: async (_, beginning, range, limit) => {
      const places = under((t) => t.startsWith(beginning), range);
      reads.postings += Math.min(limit, places.length);
      return { places: places.slice(0, limit), read: places.length, ended: places.length <= limit };
    },
    readMany: async (codes) => {
      expect(codes.length).toBeLessThanOrEqual(100);
      reads.terms += codes.length;
      return new Map(
        all.flatMap(({ code, terms }): [string, Lists][] =>
          codes.includes(code) ? [[code, { all: terms }]] : [],
        ),
      );
    },
  };
  const find = finder({
    store,
    cases: {
      readMany: async (codes) =>
        new Map(
          codes.flatMap((code) => {
            const one = all.find((c) => c.code === code);
            return one === undefined ? [] : [[code, one as unknown as CaseRecord] as const];
          }),
        ),
    },
  });
  const ask = async (terms: readonly string[], more: Partial<Wanted> = {}) => {
    const found = await find({
      ...{ terms, sources: [{ scope: 'all', marks: [] }], size: 25, keep: () => true },
      ...{ from: '2000-01-01T00:00:00Z', before: '9999-12-31T00:00:00Z', ...more },
    });
    return { ...found, codes: found.cases.map(({ code }) => code) };
  };
  return { ask, reads, all };
};

const many = (n: number, terms: (i: number) => readonly string[]) =>
  Array.from({ length: n }, (_, i) => ({ at: i, terms: terms(i) }));

describe('reads are bounded', () => {
  test('a page of a common word reads the page alone, however many have it', async () => {
    const { ask, reads } = worldOf(many(30_000, () => ['jalan']));
    const { codes, narrow, next } = await ask(['jalan']);
    expect([codes.length, narrow, next === undefined]).toEqual([25, false, false]);
    expect(reads.postings).toBeLessThanOrEqual(150);
    expect(reads.terms).toBe(0);
  });

  test('the rarest word leads: a common one beside it costs a look', async () => {
    const { ask, reads } = worldOf(many(20_000, (i) => (i % 1000 === 7 ? ['jalan', 'trafo'] : ['jalan'])));
    const { codes, narrow } = await ask(['jalan', 'trafo']);
    expect([codes.length, narrow]).toEqual([20, false]);
    expect(reads.postings).toBeLessThanOrEqual(48);
    expect(reads.terms).toBeLessThanOrEqual(20);
  });

  test('two common words that never meet: it stops at the bound and says so', async () => {
    const { ask, reads } = worldOf(many(20_000, (i) => [i % 2 === 0 ? 'jalan' : 'lampu']));
    const { codes, narrow, next } = await ask(['jalan', 'lampu']);
    expect([codes, narrow, next]).toEqual([[], true, undefined]);
    expect(reads.postings + reads.terms).toBeLessThanOrEqual(mostReads);
    expect(reads.postings + reads.terms).toBeGreaterThan(mostReads / 2);
  });

  test('what was found before the bound is given, newest first', async () => {
    const { ask } = worldOf(
      many(20_000, (i) =>
        i > 19_900 && i % 10 === 0 ? ['jalan', 'lampu'] : [i % 2 === 0 ? 'jalan' : 'lampu'],
      ),
    );
    const { codes, narrow } = await ask(['jalan', 'lampu']);
    expect([codes, narrow]).toEqual([
      ['C19990', 'C19980', 'C19970', 'C19960', 'C19950', 'C19940', 'C19930', 'C19920', 'C19910'],
      true,
    ]);
  });

  test('the beginning of many words asks for more of it', async () => {
    const { ask, reads } = worldOf(many(5000, (i) => [`jal${i}`]));
    expect(await ask([], { beginning: 'jal' })).toMatchObject({ codes: [], narrow: true });
    expect(reads.postings).toBeLessThanOrEqual(mostReads);
    expect((await ask([], { beginning: 'jal499' })).codes).toHaveLength(11);
  });
});

describe('pages', () => {
  test.each([
    1, 3, 25, 100,
  ])('of %i put together are everything once, in order, no empty one', async (size) => {
    const { ask, all } = worldOf(many(230, (i) => [i % 3 === 0 ? 'a' : 'c', i % 2 === 0 ? 'b' : 'd']));
    const codes: string[] = [];
    let before = '9999-12-31T00:00:00Z';
    for (;;) {
      const page = await ask(['a', 'b'], { size, before, keep: ({ code }) => !code.endsWith('6') });
      expect(page.codes.length > 0).toBe(true);
      codes.push(...page.codes);
      if (page.next === undefined) break;
      before = page.next;
    }
    const expected = all.filter(({ terms, code }) => terms.join('') === 'ab' && !code.endsWith('6'));
    expect(codes).toEqual(expected.map(({ code }) => code).reverse());
  });

  test('of several sources name a case once', async () => {
    const { ask } = worldOf(many(40, () => ['a', '@u1', '@v2']));
    const sources = [[], ['@u1'], ['@v2']].map((marks) => ({ scope: 'all', marks }));
    expect(new Set((await ask(['a'], { sources, size: 100 })).codes).size).toBe(40);
    expect((await ask(['a'], { sources, size: 100 })).codes).toHaveLength(40);
  });
});

test('a place names its case', () => {
  expect(codeAt('2026-11-23T02:00:00Z#ABCDEFGHJ')).toBe('ABCDEFGHJ');
});
