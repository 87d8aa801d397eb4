import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseRow } from '../cases/model.ts';
import type { Point } from '../kernel/coarse.ts';
import { metresBetween } from './place.ts';
import { distanceOf, nearest, type Sought, shownAtMost } from './similar.ts';

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
  test('are of the same kind and category, and within the radius of a cell of 110 m', () => {
    const rows = [
      row('NEAR', { at: north(99) }),
      row('FAR', { at: north(160) }),
      row('LAMP', { category: 'lampu' }),
      row('ASKS', { kind: 'question' }),
    ];
    expect(codes(rows)).toEqual(['NEAR']);
    expect(codes(rows, { ...sought, radiusMetres: 160 })).toEqual(['NEAR', 'FAR']);
  });

  test('come nearest first, then those of which only the area is the same, the oldest first', () => {
    const { at: _, ...nowhere } = row('OLD', { filedAt: '2026-11-01T00:00:00Z' });
    const { at: __, ...later } = row('NEW');
    expect(codes([later, row('B', { at: north(70) }), nowhere, row('A', { at: north(10) })])).toEqual([
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

describe('strangers are told', () => {
  const said = (at: Point | undefined, point = here) => {
    const { at: _, ...nowhere } = row('X');
    const [near] = nearest([at === undefined ? nowhere : { ...nowhere, at }], { ...sought, point });
    return near === undefined ? 'nothing' : distanceOf(near);
  };

  test.each([
    [north(0), 'here'],
    [north(70), 'near'],
    [north(160), 'nothing'],
    [undefined, 'area'],
  ])('how near it is, no nearer than its cell %#', (at, expected) => {
    expect(said(at)).toBe(expected);
  });

  const within = fc.double({ min: -0.000499, max: 0.000499, noNaN: true });
  const around = fc.double({ min: -0.004, max: 0.004, noNaN: true });
  const cell = { lat: -0.461, lon: 100.398 };

  test('the same of two places in one cell, from wherever they ask', () => {
    fc.assert(
      fc.property(within, within, within, within, around, around, (a, b, c, d, e, f) => {
        const from = { lat: cell.lat + e, lon: cell.lon + f };
        const at = (lat: number, lon: number) => said({ lat: cell.lat + lat, lon: cell.lon + lon }, from);
        expect(at(a, b)).toBe(at(c, d));
      }),
    );
  });

  test('of everything within the radius', () => {
    fc.assert(
      fc.property(within, within, around, around, (a, b, e, f) => {
        const at = { lat: cell.lat + a, lon: cell.lon + b };
        const from = { lat: cell.lat + e, lon: cell.lon + f };
        if (metresBetween(at, from) < sought.radiusMetres) expect(said(at, from)).not.toBe('nothing');
      }),
    );
  });
});
