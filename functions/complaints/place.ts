import type { Area, City } from '../city/schema.ts';
import type { Point } from '../kernel/coarse.ts';

/** Where the reporter says that it is. */
export interface Place {
  readonly point?: Point | undefined;
  readonly area?: string | undefined;
  readonly address?: string | undefined;
  readonly landmark?: string | undefined;
}

export type { Point } from '../kernel/coarse.ts';

export interface Located {
  readonly code: string | null;
  readonly name: string | null;
  /**
   * `given`: said by the reporter · `boundary`: the point lies within its outline · `nearest`: a guess by the nearest
   * centre · `address`: named in address or landmark · `outside`: the point is not in the city · `unknown`.
   */
  readonly how: 'given' | 'boundary' | 'nearest' | 'address' | 'outside' | 'unknown';
  /** To the centre (or the outline) that was nearest; metres. */
  readonly distanceMetres?: number;
}

export type PlacedCity = Pick<City, 'areas' | 'boundaries' | 'profile'>;

/** A point this near to an outline belongs to it: outlines that were digitised apart leave slivers between them. */
const sliverMetres = 50;

const nowhere = (how: 'outside' | 'unknown'): Located => ({ code: null, name: null, how });
const found = (area: Area, how: Located['how'], metres?: number): Located => ({
  code: area.code,
  name: area.name,
  how,
  ...(metres === undefined ? {} : { distanceMetres: Math.round(metres) }),
});

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in metres (haversine on the mean radius). */
export const metresBetween = (a: Point, b: Point): number => {
  const half = (x: number): number => Math.sin(x / 2) ** 2;
  const h =
    half(radians(b.lat - a.lat)) +
    Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(radians(b.lon - a.lon));
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(h)));
};

type Ring = readonly (readonly [lon: number, lat: number])[];

/** The nearest point of the line a–b on a plane that is true near `p`; metres. */
const metresToEdge = (p: Point, a: readonly [number, number], b: readonly [number, number]): number => {
  const scale = Math.cos(radians(p.lat));
  const [ax, ay] = [(a[0] - p.lon) * scale, a[1] - p.lat];
  const [bx, by] = [(b[0] - p.lon) * scale, b[1] - p.lat];
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * (bx - ax) + ay * (by - ay)) / length));
  return Math.hypot(ax + t * (bx - ax), ay + t * (by - ay)) * 111_195;
};

const inRing = ({ lat, lon }: Point, ring: Ring): boolean => {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi, yi] = ring[i] ?? [0, 0];
    const [xj, yj] = ring[j] ?? [0, 0];
    if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
};

/** The first ring is the outline, the others are holes. */
const inPolygon = (p: Point, rings: readonly Ring[]): boolean =>
  rings.every((ring, i) => inRing(p, ring) === (i === 0)) && rings.length > 0;

const metresToPolygon = (p: Point, rings: readonly Ring[]): number => {
  let least = Number.POSITIVE_INFINITY;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const [a, b] = [ring[i - 1], ring[i]];
      if (a !== undefined && b !== undefined) least = Math.min(least, metresToEdge(p, a, b));
    }
  }
  return least;
};

/** A point on a common edge belongs to the area with the lower code, whatever the order of the features. */
const byBoundary = (city: PlacedCity, p: Point): Located | undefined => {
  const outlines = [...(city.boundaries?.features ?? [])].sort((a, b) =>
    a.properties.kode < b.properties.kode ? -1 : 1,
  );
  let nearest: { code: string; metres: number } | undefined;
  for (const { properties, geometry } of outlines) {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    for (const rings of polygons) {
      const metres = inPolygon(p, rings) ? 0 : metresToPolygon(p, rings);
      if (metres < (nearest?.metres ?? Number.POSITIVE_INFINITY)) nearest = { code: properties.kode, metres };
    }
    if (nearest?.metres === 0) break;
  }
  if (nearest === undefined || nearest.metres > sliverMetres) return undefined;
  const area = city.areas.find((a) => a.code === nearest.code);
  if (area === undefined) return undefined;
  return nearest.metres < 0.01 ? found(area, 'boundary') : found(area, 'nearest', nearest.metres);
};

const isKelurahan = (area: Area): boolean => area.code.length > 8;

const byNearestCentre = (areas: readonly Area[], p: Point): Located => {
  let best: { area: Area; metres: number } | undefined;
  for (const area of areas) {
    if (area.centre === undefined) continue;
    const metres = metresBetween(p, area.centre);
    if (metres < (best?.metres ?? Number.POSITIVE_INFINITY)) best = { area, metres };
  }
  return best === undefined ? nowhere('unknown') : found(best.area, 'nearest', best.metres);
};

const byPoint = (city: PlacedCity, p: Point, within: string | undefined): Located => {
  const { south, west, north, east } = city.profile.bounds;
  if (p.lat < south || p.lat > north || p.lon < west || p.lon > east) return nowhere('outside');
  const outlined = new Set(city.boundaries?.features.map((feature) => feature.properties.kode));
  const located = byBoundary(city, p);
  if (located !== undefined) return located;
  // Kelurahan without an outline are still found by their centre; when all have one, the point is in none of them.
  const open = city.areas.filter((area) => isKelurahan(area) && !outlined.has(area.code));
  if (open.length === 0) return nowhere('outside');
  return byNearestCentre(
    open.filter((area) => within === undefined || area.code.startsWith(within)),
    p,
  );
};

/** Small letters and single spaces, so that `Balai-balai` and `balai  balai` are one. */
const plain = (text: string): string =>
  ` ${text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()} `;

interface Mention {
  readonly areas: readonly Area[];
  readonly from: number;
  readonly to: number;
}

/** Names and aliases in the text; one within a longer one does not count (`Padang Matinggi` in `… Lestari`). */
const mentions = (areas: readonly Area[], text: string): Mention[] => {
  const names = new Map<string, Area[]>();
  for (const area of areas) {
    for (const name of new Set([area.name, ...area.aliases].map(plain))) {
      names.set(name, [...(names.get(name) ?? []), area]);
    }
  }
  const all: Mention[] = [];
  for (const [name, owners] of names) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      all.push({ areas: owners, from: at, to: at + name.length });
    }
  }
  return all.filter(
    (m) => !all.some((o) => o.from <= m.from && m.to <= o.to && o.to - o.from > m.to - m.from),
  );
};

/** The one kelurahan that all mentions can mean, else the one kecamatan; a name that two share stays unknown. */
const byWords = (city: PlacedCity, words: string, within: string | undefined): Located => {
  const seen = mentions(city.areas, plain(words.slice(0, 1000)));
  const of = (level: (area: Area) => boolean): Area[] => [
    ...new Set(seen.flatMap((mention) => mention.areas.filter(level))),
  ];
  const kecamatan = of((area) => !isKelurahan(area));
  const kelurahan = of((area) => isKelurahan(area) && (within === undefined || area.code.startsWith(within)));
  const [only] = kelurahan;
  if (kelurahan.length === 1 && only !== undefined) return found(only, 'address');
  const [parent] = kecamatan;
  if (kecamatan.length === 1 && parent !== undefined) {
    const inside = kelurahan.filter((area) => area.code.startsWith(parent.code));
    const [match] = inside;
    return found(inside.length === 1 && match !== undefined ? match : parent, 'address');
  }
  return nowhere('unknown');
};

/**
 * The kelurahan of a place, and how it was found. A given kelurahan goes first, then the point (outline, else nearest
 * centre inside the city's bounds), then a name in address or landmark. Names and aliases only search; what is kept
 * is the code, since spellings drift (Guguk, Guguak) and names repeat. A given kecamatan narrows the search and is
 * the answer when nothing finer is found. An unknown `area` is ignored: the operation refuses it before.
 */
export const locate = (city: PlacedCity, place: Place): Located => {
  const given = place.area === undefined ? undefined : city.areas.find((area) => area.code === place.area);
  if (given !== undefined && isKelurahan(given)) return found(given, 'given');
  const located =
    place.point === undefined
      ? byWords(city, `${place.address ?? ''} | ${place.landmark ?? ''}`, given?.code)
      : byPoint(city, place.point, given?.code);
  if (given === undefined) return located;
  return located.code?.startsWith(given.code) ? located : found(given, 'given');
};
