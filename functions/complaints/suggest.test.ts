import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categories } from '../city/categories.ts';
import { prepare, suggest } from './suggest.ts';

const leaf = (id: string, keywords: string[], examples: string[], against: string[] = []) => ({
  id,
  names: { id, en: id },
  keywords,
  against,
  examples,
  dispatch: 'triage',
});

const prepared = (threshold: number) =>
  prepare(
    categories.parse({
      threshold,
      spellings: { jln: 'jalan', ndak: 'tidak', lobang: 'lubang' },
      shifts: [
        { at: 'end', from: 'uik', to: 'ut' },
        { at: 'end', from: 'o', to: 'a' },
        { at: 'start', from: 'ba', to: 'ber' },
      ],
      groups: [
        {
          id: 'all',
          names: { id: 'semua', en: 'all' },
          categories: [
            leaf(
              'road',
              ['jalan rusak', 'jalan berlubang', 'lubang jalan', 'aspal'],
              ['Jalan depan sekolah hancur dan becek'],
            ),
            leaf(
              'lamp',
              ['lampu jalan', 'lampu jalan mati', 'gelap'],
              ['Lampu di gang kami padam'],
              ['lampu merah'],
            ),
            leaf('waste', ['sampah', 'sampah tidak diangkut'], ['Bak penuh, truk tidak lewat']),
            leaf('signal', ['lampu merah', 'rambu'], ['Lampu merah di simpang padam']),
            leaf('market', ['pasar', 'kios'], ['Atap kios bocor']),
          ],
        },
      ],
    }),
  );
const words = prepared(0.4);
const of = (text: string) => suggest(text, words).category;

describe('what a complaint is about', () => {
  it.each([
    ['Jalan di depan rumah saya rusak parah', 'road'],
    ['jln balubang gadang, onda acok jatuah', 'road'],
    ['lobang jalan makin banyak', 'road'],
    ['lampu jalan kami mati', 'lamp'],
    ['Sampahnya ndak diangkuik', 'waste'],
    ['sampah belum mengangkut', 'waste'],
    ['lampu merah mati', 'signal'],
    ['smapah menumpuk', 'waste'],
    ['gang kami becek, sekolah jauh', 'road'],
  ])('"%s" → %s', (text, category) => {
    expect(of(text)).toBe(category);
  });

  it('is not the place that is named for the way', () => {
    const near = suggest('gelap sekali dekat pasar', words);
    const in_ = suggest('gelap sekali di pasar', words);
    expect(near.category).toBe('lamp');
    expect(near.confidence).toBeGreaterThan(in_.confidence);
  });

  it('stays open where nothing is said, or two things equally', () => {
    expect(of('kenapa begini terus, mohon perhatiannya')).toBeNull();
    expect(of('')).toBeNull();
    expect(suggest('aspal dan kios', words)).toMatchObject({ category: null });
  });

  it('names the words that decided, in the spelling of the pack, and three candidates at most', () => {
    const { reasons, candidates } = suggest('Lampu jln mati, galap, sampah numpuk di pasar', words);
    expect(reasons[0]).toBe('lampu jalan mati');
    expect(candidates[0]?.category).toBe('lamp');
    expect(candidates).toHaveLength(3);
  });

  it('gives reasons whenever it proposes', () => {
    const any = fc
      .array(
        fc.constantFrom('gang', 'becek', 'truk', 'lewat', 'bak', 'padam', 'atap', 'hancur', 'lampu', 'dan'),
      )
      .map((list) => list.join(' '));
    fc.assert(
      fc.property(any, (text) => {
        const { category, reasons } = suggest(text, words);
        expect(category === null || reasons.length > 0).toBe(true);
      }),
    );
  });
});

describe('confidence', () => {
  it('is between 0 and 1 and decides alone whether something is proposed', () => {
    const strict = prepared(0.8);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 200 }),
          fc
            .array(fc.constantFrom('lampu', 'jalan', 'mati', 'rusak', 'sampah', 'pasar', '.'))
            .map((w) => w.join(' ')),
        ),
        (text) => {
          const { category, confidence } = suggest(text, strict);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
          expect(category !== null).toBe(confidence >= 0.8);
        },
      ),
    );
  });

  it('falls when a second matter comes in', () => {
    const one = suggest('sampah tidak diangkut', words).confidence;
    const two = suggest('sampah tidak diangkut, kios pasar juga', words).confidence;
    expect(two).toBeLessThan(one);
  });
});

describe('bounds', () => {
  it('the same text has the same answer, before and after a thousand others', () => {
    const before = suggest('lampu jalan mati', words);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abdegiklmnoprstu '), maxLength: 400 }), (text) => {
        suggest(text, words);
      }),
      { numRuns: 1000 },
    );
    expect(suggest('lampu jalan mati', words)).toEqual(before);
  });

  it('reads no more than 5,000 characters', () => {
    expect(of(`${' '.repeat(5000)}lampu jalan mati`)).toBeNull();
  });

  it('a spelling is no way to a built-in name', () => {
    expect(of('constructor toString __proto__')).toBeNull();
  });
});
