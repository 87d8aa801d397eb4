import { describe, expect, test } from 'vitest';
import type { CaseRow } from '../cases/model.ts';
import { nearest, roughly, type Sought, shownAtMost } from './similar.ts';

const here = { lat: -0.4609, lon: 100.3978 };
/** So many metres further north. */
const north = (metres: number) => ({ lat: here.lat + metres / 111_195, lon: here.lon });

const row = (code: string, more: Partial<CaseRow> = {}): CaseRow => ({
  code,
  kind: 'complaint',
  state: 'received',
  seq: 1,
  excerpt: '',
  category: 'jalan',
  area: '13.74.02.1002',
  unit: null,
  flags: '',
  filedAt: '2026-11-20T02:00:00Z',
  due: null,
  at: here,
  ...more,
});
const sought: Sought = { kind: 'complaint', category: 'jalan', point: here, radiusMetres: 100 };
const codes = (rows: readonly CaseRow[], of: Sought = sought) => nearest(rows, of).map((n) => n.row.code);

describe('reports that may be about the same thing', () => {
  test('are of the same kind and category, and within the radius', () => {
    const rows = [
      row('NEAR', { at: north(99) }),
      row('FAR', { at: north(101) }),
      row('LAMP', { category: 'lampu' }),
      row('ASKS', { kind: 'question' }),
    ];
    expect(codes(rows)).toEqual(['NEAR']);
    expect(codes(rows, { ...sought, radiusMetres: 150 })).toEqual(['NEAR', 'FAR']);
  });

  test('come nearest first, then those of which only the area is the same, the oldest first', () => {
    const { at: _, ...nowhere } = row('OLD', { filedAt: '2026-11-01T00:00:00Z' });
    const { at: __, ...later } = row('NEW');
    expect(codes([later, row('B', { at: north(40) }), nowhere, row('A', { at: north(10) })])).toEqual([
      'A',
      'B',
      'OLD',
      'NEW',
    ]);
    expect(codes([row('A'), later], { ...sought, point: undefined })).toEqual(['A', 'NEW']);
  });

  test.each(['c', 'o', 'ac', 'oe'])('never one with the flags %s', (flags) => {
    expect(codes([row('SECRET', { flags })])).toEqual([]);
    expect(codes([row('ANONYMOUS', { flags: 'ae' })])).toEqual(['ANONYMOUS']);
  });

  test('never one about somebody with a substitute', () => {
    expect(codes([row('ABOUT', { about: 'mayor' })])).toEqual([]);
  });

  test('never a part of another report', () => {
    expect(codes([row('PART', { part: true }), row('WHOLE')])).toEqual(['WHOLE']);
  });

  test('are few', () => {
    const rows = Array.from({ length: 20 }, (_, n) => row(`R${n}`, { at: north(n) }));
    expect(codes(rows)).toHaveLength(shownAtMost);
  });
});

test.each([
  [0, 50],
  [50, 50],
  [51, 100],
  [99.9, 100],
])('strangers are told %d metres as %d', (metres, said) => {
  expect(roughly(metres)).toBe(said);
});
