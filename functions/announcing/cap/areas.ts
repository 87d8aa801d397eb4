import type { City } from '../../city/schema.ts';
import type { CapArea } from './message.ts';

type Point = { readonly lat: number; readonly lon: number };

/** Whether a point lies in a closed ring: a ray to the east crosses its sides an odd number of times. */
const isWithin = ({ lat, lon }: Point, ring: readonly Point[]): boolean => {
  let inside = false;
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length];
    if (b === undefined || a.lat > lat === b.lat > lat) return;
    if (lon < ((b.lon - a.lon) * (lat - a.lat)) / (b.lat - a.lat) + a.lon) inside = !inside;
  });
  return inside;
};

const kmPerDegree = 111.195;
const kmBetween = (a: Point, b: Point): number =>
  Math.hypot(a.lat - b.lat, (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180)) * kmPerDegree;

const digits = (code: string): string => code.replaceAll('.', '');

/** `Kec. Timur`, `KOTA UJI` → `timur`, `uji`. */
const bare = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/^(kota|kabupaten|kab\.?|kecamatan|kec\.?)\s+/, '');

/**
 * Areas of the city that a warning is for: by code (of the area, or of what the city lies in), by the name of a kecamatan
 * or of the city where it stands alone, or by a shape that holds the centre of a kelurahan. Names of kelurahan are no
 * evidence: other towns have the same.
 * @returns codes; none for the whole city; undefined when it is for somewhere else
 */
export const areasOf = (city: City, named: readonly CapArea[]): readonly string[] | undefined => {
  const own = digits(city.profile.code);
  const codes = named
    .flatMap(({ geocodes }) => geocodes.map(digits))
    .filter((code) => /^\d{2,10}$/.test(code));
  const names = new Set(named.flatMap(({ name }) => name.split(/[,;/]/).map(bare)));
  if (codes.some((code) => own.startsWith(code)) || names.has(bare(city.profile.names.id))) return [];
  const parts = city.areas.filter(({ kind }) => kind === 'kelurahan');
  const hit = parts.filter(({ code, centre }) => {
    const kecamatan = city.areas.find(
      (area) => area.kind === 'kecamatan' && code.startsWith(`${area.code}.`),
    );
    if (codes.some((one) => digits(code).startsWith(one))) return true;
    if (kecamatan !== undefined && names.has(bare(kecamatan.name))) return true;
    return (
      centre !== undefined &&
      named.some(
        ({ polygons, circles }) =>
          polygons.some((ring) => isWithin(centre, ring)) ||
          circles.some((circle) => kmBetween(centre, circle.centre) <= circle.km),
      )
    );
  });
  if (hit.length === 0) return undefined;
  return hit.length === parts.length ? [] : hit.map(({ code }) => code);
};
