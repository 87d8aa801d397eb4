import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { City } from '../city/schema.ts';
import { locate, metresBetween, type PlacedCity } from './place.ts';

const area = (code: string, name: string, lat?: number, lon?: number, aliases: string[] = []) => ({
  code,
  name,
  kind: code.length === 8 ? ('kecamatan' as const) : ('kelurahan' as const),
  aliases,
  ...(lat === undefined || lon === undefined ? {} : { centre: { lat, lon } }),
});

/** On both sides of the equator and of everything else that a sign could break. */
const city: PlacedCity = {
  profile: {
    bounds: { south: -0.05, west: 100.3, north: 0.05, east: 100.5 },
  } as City['profile'],
  boundaries: undefined,
  areas: [
    area('13.74.01', 'Timur'),
    area('13.74.01.1001', 'Guguk Malintang', -0.02, 100.35, ['Guguak Malintang']),
    area('13.74.01.1002', 'Balai-balai', 0.02, 100.35),
    area('13.74.01.1003', 'Huta Padang', 0, 100.45),
    area('13.74.02', 'Barat'),
    area('13.74.02.1001', 'Huta Padang', 0.04, 100.48),
    area('13.74.02.1002', 'Padang Matinggi'),
    area('13.74.02.1003', 'Padang Matinggi Lestari'),
  ],
};
const centred = city.areas.filter((a) => a.centre !== undefined);

const square = (west: number, south: number, size: number): [number, number][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const outlined = (features: { kode: string; polygons: [number, number][][][] }[]): PlacedCity => ({
  ...city,
  boundaries: {
    type: 'FeatureCollection',
    features: features.map(({ kode, polygons }) => ({
      type: 'Feature',
      properties: { kode },
      geometry: { type: 'MultiPolygon', coordinates: polygons },
    })),
  },
});

describe('a point', () => {
  it('at a centre is in its own kelurahan', () => {
    fc.assert(
      fc.property(fc.constantFrom(...centred), (own) => {
        const located = locate(city, { point: own.centre });
        expect(located).toEqual({ code: own.code, name: own.name, how: 'nearest', distanceMetres: 0 });
      }),
    );
  });

  it('within the bounds goes to a centre that no other beats, and says how far it is', () => {
    const inside = fc.record({
      lat: fc.double({ min: -0.05, max: 0.05, noNaN: true }),
      lon: fc.double({ min: 100.3, max: 100.5, noNaN: true }),
    });
    fc.assert(
      fc.property(inside, (point) => {
        const located = locate(city, { point });
        const distances = centred.map((a) => metresBetween(point, a.centre ?? point));
        expect(located.how).toBe('nearest');
        expect(located.distanceMetres).toBe(Math.round(Math.min(...distances)));
      }),
    );
  });

  it('beyond the bounds is outside, however far', () => {
    const beyond = fc
      .record({
        lat: fc.double({ min: -90, max: 90, noNaN: true }),
        lon: fc.double({ min: -180, max: 180, noNaN: true }),
      })
      .filter(({ lat, lon }) => Math.abs(lat) > 0.05 || lon < 100.3 || lon > 100.5);
    fc.assert(
      fc.property(beyond, (point) => {
        expect(locate(city, { point, address: 'Guguk Malintang' })).toEqual({
          code: null,
          name: null,
          how: 'outside',
        });
      }),
    );
  });

  it('is measured along the sphere: a degree of latitude is 111.2 km, of longitude at 60° half of it', () => {
    expect(metresBetween({ lat: 0, lon: 0 }, { lat: 1, lon: 0 })).toBeCloseTo(111_195, -1);
    const half = metresBetween({ lat: 60, lon: 0 }, { lat: 60, lon: 1 });
    expect(half / 111_195).toBeCloseTo(0.5, 3);
    expect(metresBetween({ lat: 0, lon: 179.999 }, { lat: 0, lon: -179.999 })).toBeLessThan(300);
  });
});

describe('a city with outlines', () => {
  const withHole = outlined([
    {
      kode: '13.74.01.1001',
      polygons: [[square(100.3, -0.05, 0.05), square(100.32, -0.03, 0.01)], [square(100.4, 0.01, 0.01)]],
    },
    { kode: '13.74.01.1002', polygons: [[square(100.32, -0.03, 0.01)]] },
    { kode: '13.74.01.1003', polygons: [[square(100.35, -0.05, 0.05)]] },
  ]);
  const codeAt = (lat: number, lon: number) => {
    const { code, how } = locate(withHole, { point: { lat, lon } });
    return [code, how];
  };

  it('finds a point in its outline, in the second part of one, and in the hole of another', () => {
    expect(codeAt(-0.04, 100.31)).toEqual(['13.74.01.1001', 'boundary']);
    expect(codeAt(0.015, 100.405)).toEqual(['13.74.01.1001', 'boundary']);
    expect(codeAt(-0.025, 100.325)).toEqual(['13.74.01.1002', 'boundary']);
  });

  it('gives a point on a common edge to the lower code, whatever the order of the features', () => {
    expect(codeAt(-0.03, 100.35)).toEqual(['13.74.01.1001', 'boundary']);
    const turned = { ...withHole, boundaries: withHole.boundaries && { ...withHole.boundaries } };
    turned.boundaries?.features.reverse();
    expect(locate(turned, { point: { lat: -0.03, lon: 100.35 } }).code).toBe('13.74.01.1001');
  });

  it('draws a point in a sliver to the nearest outline and says so', () => {
    const { code, how, distanceMetres } = locate(withHole, { point: { lat: 0.0203, lon: 100.405 } });
    expect([code, how]).toEqual(['13.74.01.1001', 'nearest']);
    expect(distanceMetres).toBeGreaterThan(20);
    expect(distanceMetres).toBeLessThan(50);
  });

  it('falls back on centres where a kelurahan has no outline, and is outside where all have one', () => {
    expect(codeAt(0.045, 100.49)).toEqual(['13.74.02.1001', 'nearest']);
    const all = outlined(
      city.areas
        .filter((a) => a.code.length > 8)
        .map((a, i) => ({ kode: a.code, polygons: [[square(100.3 + i * 0.01, -0.05, 0.01)]] })),
    );
    expect(locate(all, { point: { lat: 0.04, lon: 100.48 } }).how).toBe('outside');
  });
});

describe('words', () => {
  const by = (address: string, landmark?: string) => {
    const { code, how } = locate(city, { address, landmark });
    return [code, how];
  };

  it.each([
    ['Jl. Sudirman no 5, Guguk Malintang', '13.74.01.1001'],
    ['dakek surau GUGUAK   MALINTANG', '13.74.01.1001'],
    ['kel.balai balai', '13.74.01.1002'],
    ['Padang Matinggi Lestari blok C', '13.74.02.1003'],
    ['Padang Matinggi', '13.74.02.1002'],
    ['Huta Padang, kecamatan Barat', '13.74.02.1001'],
    ['kecamatan Timur', '13.74.01'],
  ])('"%s" is %s', (address, code) => {
    expect(by(address)).toEqual([code, 'address']);
  });

  it('reads the landmark as well', () => {
    expect(by('RT 3', 'belakang SD Balai-balai')).toEqual(['13.74.01.1002', 'address']);
  });

  it.each([
    'Huta Padang',
    'antara Guguk Malintang dan Balai-balai',
    'Malintang',
    'dibalai-balaikan',
    '',
  ])('stays unknown where it could be two, or none: "%s"', (address) => {
    expect(by(address)).toEqual([null, 'unknown']);
  });

  it('never throws and stays quick, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(['address', 'unknown']).toContain(locate(city, { address: text, landmark: text }).how);
      }),
    );
  });
});

describe('what the reporter says', () => {
  it('goes before point and words', () => {
    const place = { area: '13.74.01.1002', point: { lat: -0.02, lon: 100.35 }, address: 'Huta Padang' };
    expect(locate(city, place)).toMatchObject({ code: '13.74.01.1002', how: 'given' });
  });

  it('of a kecamatan only, narrows: two Huta Padang become one', () => {
    expect(locate(city, { area: '13.74.02', address: 'Huta Padang' })).toMatchObject({
      code: '13.74.02.1001',
      how: 'address',
    });
    expect(locate(city, { area: '13.74.02' })).toMatchObject({ code: '13.74.02', how: 'given' });
    expect(locate(city, { area: '13.74.02', point: { lat: -0.02, lon: 100.35 } })).toMatchObject({
      code: '13.74.02.1001',
    });
  });

  it('without any place is unknown', () => {
    expect(locate(city, {})).toEqual({ code: null, name: null, how: 'unknown' });
  });
});
