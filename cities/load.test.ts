import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPack } from './load.ts';

const home = import.meta.dirname;
const room = mkdtempSync(join(tmpdir(), 'lapau-pack-'));
afterAll(() => rmSync(room, { recursive: true }));

let copies = 0;
/** A copy of a pack in which one file is changed as text. */
const broken = (file: string, change: (text: string) => string | undefined, city = 'padang-panjang') => {
  copies += 1;
  const dir = join(room, String(copies));
  cpSync(join(home, city), dir, { recursive: true });
  const path = join(dir, file);
  const text = change(readFileSync(path, 'utf8'));
  if (text === undefined) rmSync(path);
  else writeFileSync(path, text);
  return dir;
};
/** The same for a change of one field. */
const changed = (file: string, change: (value: never) => void) =>
  broken(file, (text) => {
    const value = JSON.parse(text) as never;
    change(value);
    return JSON.stringify(value);
  });
type Tree = { [key: string]: Tree } & Tree[];
/** Sets the field at a path of a file: `rules.3.to.unit`. */
const set = (file: string, path: string, to: unknown) =>
  changed(file, (value: Tree) => {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    const parent = steps.reduce<Tree>((tree, step) => tree[step] as Tree, value);
    (parent as { [key: string]: unknown })[last] = to;
  });
const linesOf = (dir: string): string[] => {
  try {
    loadPack(dir);
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
  return [];
};

describe('the packs of this repository', () => {
  it.each(['padang-panjang', 'padangsidimpuan'])('%s is valid', (id) => {
    const city = loadPack(join(home, id));
    expect(city.versions.routing).toBe(1);
    expect(city.boundaries).toBeUndefined();
  });

  it('has all of Padang Panjang: 2 kecamatan, 16 kelurahan with centres, a unit for each', () => {
    const city = loadPack(join(home, 'padang-panjang'));
    const kelurahan = city.areas.filter((area) => area.kind === 'kelurahan');
    expect(city.areas).toHaveLength(18);
    expect(kelurahan).toHaveLength(16);
    expect(kelurahan.every((area) => area.centre !== undefined)).toBe(true);
    expect(city.units.filter((unit) => unit.kind === 'kelurahan').map((unit) => unit.area)).toEqual(
      kelurahan.map((area) => area.code),
    );
  });

  it('knows both years of holidays, each day once', () => {
    const { holidays } = loadPack(join(home, 'padang-panjang')).calendars;
    const of = (year: string, kind: string) =>
      holidays.filter((day) => day.date.startsWith(year) && day.kind === kind).length;
    expect([of('2026', 'national'), of('2026', 'jointLeave')]).toEqual([17, 8]);
    expect([of('2027', 'national'), of('2027', 'jointLeave')]).toEqual([17, 8]);
  });

  it('gives every direct category a unit of the city, and oversight no other way', () => {
    const city = loadPack(join(home, 'padang-panjang'));
    const leaves = city.categories.groups.flatMap((group) => group.categories);
    expect(leaves).toHaveLength(52);
    expect(leaves.filter((leaf) => leaf.oversight).map((leaf) => leaf.id)).toEqual([
      'extortion',
      'misconduct',
    ]);
    expect(leaves.find((leaf) => leaf.id === 'protection')?.confidential).toBe(true);
  });
});

describe('a broken pack names file and field', () => {
  it.each<[string, () => string, string]>([
    ['a missing file', () => broken('units.json', () => undefined), 'units.json: file is missing'],
    ['bad JSON', () => broken('clocks.json', () => '{"rules": ['), 'clocks.json: not valid JSON: '],
    ['an unknown field', () => set('profile.json', 'colour', 'red'), 'profile.json: unknown field "colour"'],
    [
      'a wrong zone',
      () => set('profile.json', 'zone', 'Asia/Singapore'),
      'profile.json zone: expected "Asia/Jakarta" or "Asia/Pontianak" or "Asia/Makassar" or "Asia/Jayapura"',
    ],
    [
      'no keywords',
      () => set('categories.json', 'groups.0.categories.2.keywords', []),
      'categories.json groups[0].categories[2].keywords: at least 1 entries',
    ],
    [
      'a keyword of one letter',
      () => set('categories.json', 'groups.0.categories.2.keywords.1', 'x'),
      'categories.json groups[0].categories[2].keywords[1]: at least 2 characters',
    ],
    [
      'a bad area code',
      () => set('areas.json', 'areas.1.code', '13740'),
      'areas.json areas[1].code: does not fit ',
    ],
    [
      'a unit that routing does not know',
      () => set('routing.json', 'rules.4.to.unit', 'x'),
      'routing.json rules[4].to.unit: unknown unit "x"',
    ],
  ])('%s', (_name, make, line) => {
    expect(linesOf(make())).toContainEqual(expect.stringContaining(line));
  });

  it('says all problems at once', () => {
    const dir = set('routing.json', 'rules.4.to.unit', 'x');
    rmSync(join(dir, 'clocks.json'));
    expect(linesOf(dir)).toEqual([
      'clocks.json: file is missing',
      expect.stringContaining('rules[4].to.unit'),
    ]);
  });

  it('does not overlook a misspelt file', () => {
    const dir = broken('profile.json', (text) => text);
    writeFileSync(join(dir, 'boundary.geojson'), '{}');
    expect(linesOf(dir)).toEqual([expect.stringMatching(/^boundary\.geojson: not a file of a city pack/)]);
  });

  it('reads outlines when the city has them, and names the file by its own name', () => {
    const ring = [
      [100.41, -0.46],
      [100.42, -0.46],
      [100.42, -0.47],
      [100.41, -0.46],
    ];
    const outlines = (kode: string, lines: unknown) =>
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          { type: 'Feature', properties: { kode }, geometry: { type: 'Polygon', coordinates: [lines] } },
        ],
      });
    const dir = broken('profile.json', (text) => text);
    writeFileSync(join(dir, 'boundaries.geojson'), outlines('13.74.01.1001', ring));
    expect(loadPack(dir).boundaries?.features).toHaveLength(1);
    writeFileSync(
      join(dir, 'boundaries.geojson'),
      outlines('13.74.01.1099', ring.slice(0, 3).concat([[0, 0]])),
    );
    expect(linesOf(dir)).toEqual([
      'boundaries.geojson features[0].properties.kode: unknown area "13.74.01.1099"',
      'boundaries.geojson features[0].geometry.coordinates: ring 1 is not closed',
      expect.stringContaining('[0, 0] is far outside of profile.json bounds'),
    ]);
  });
});
