import type { Exif } from '../../attachments/model.ts';

/** Reads the fields of a TIFF block: byte order, directories, values; never past its end. */
const tiff = (block: Buffer) => {
  const order = block.toString('latin1', 0, 2);
  if (block.length < 8 || (order !== 'II' && order !== 'MM')) return undefined;
  const little = order === 'II';
  const u16 = (at: number): number =>
    at + 2 > block.length ? 0 : little ? block.readUInt16LE(at) : block.readUInt16BE(at);
  const u32 = (at: number): number =>
    at + 4 > block.length ? 0 : little ? block.readUInt32LE(at) : block.readUInt32BE(at);
  return { block, u16, u32 };
};
type Tiff = NonNullable<ReturnType<typeof tiff>>;

/** Bytes of one value by its TIFF type: BYTE, ASCII, SHORT, LONG, RATIONAL; others are passed over. */
const widths: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1 };
const mostEntries = 256;
const mostText = 64;

interface Field {
  readonly type: number;
  readonly count: number;
  /** Where its values stand. */
  readonly at: number;
}

const directory = ({ block, u16, u32 }: Tiff, at: number): ReadonlyMap<number, Field> => {
  const fields = new Map<number, Field>();
  const entries = Math.min(u16(at), mostEntries);
  for (let i = 0; i < entries; i += 1) {
    const entry = at + 2 + i * 12;
    if (entry + 12 > block.length) break;
    const type = u16(entry + 2);
    const count = u32(entry + 4);
    const bytes = (widths[type] ?? 0) * count;
    if (bytes === 0) continue;
    const where = bytes <= 4 ? entry + 8 : u32(entry + 8);
    if (where + bytes <= block.length) fields.set(u16(entry), { type, count, at: where });
  }
  return fields;
};

const textOf = ({ block }: Tiff, field: Field | undefined): string | undefined => {
  if (field?.type !== 2) return undefined;
  const text = block
    .toString('latin1', field.at, field.at + Math.min(field.count, mostText))
    .replace(/[^\x20-\x7e]/g, '')
    .trim();
  return text === '' ? undefined : text;
};

const numberOf = ({ u16, u32 }: Tiff, field: Field | undefined): number | undefined =>
  field === undefined ? undefined : field.type === 3 ? u16(field.at) : u32(field.at);

/** Degrees, minutes, seconds as three rationals, and the letter of the half. */
const degrees = (t: Tiff, field: Field | undefined, half: string | undefined): number | undefined => {
  if (field?.type !== 5 || field.count < 3 || half === undefined) return undefined;
  const parts = [0, 1, 2].map((i) => t.u32(field.at + i * 8) / t.u32(field.at + i * 8 + 4));
  const [d = 0, m = 0, s = 0] = parts;
  const value = (d + m / 60 + s / 3600) * (/^[SW]/i.test(half) ? -1 : 1);
  return Number.isFinite(value) ? Math.round(value * 1e6) / 1e6 : undefined;
};

/** `2026:11:22 10:00:00` as `2026-11-22T10:00:00`: the camera's own clock, with its offset where it says one. */
const momentOf = (text: string | undefined, offset: string | undefined): string | undefined => {
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(text ?? '');
  if (found === null) return undefined;
  const [, year, month, day, time] = found;
  return `${year}-${month}-${day}T${time}${/^[+-]\d\d:\d\d$/.test(offset ?? '') ? offset : ''}`;
};

const tag = {
  make: 0x010f,
  model: 0x0110,
  orientation: 0x0112,
  software: 0x0131,
  exif: 0x8769,
  gps: 0x8825,
  taken: 0x9003,
  offset: 0x9011,
} as const;
const gpsTag = { latHalf: 1, lat: 2, lonHalf: 3, lon: 4 } as const;

/** Turns and flips of a picture, 1 to 8 as in EXIF; 1 is as it stands. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface ReadExif {
  readonly orientation: Orientation;
  readonly exif: Exif;
}

/**
 * What the camera wrote beside the picture. Whatever cannot be read is absent: a photo is not refused for it.
 * @param block the TIFF block, without `Exif\0\0`
 */
export const readExif = (block: Buffer | undefined): ReadExif => {
  const t = block === undefined ? undefined : tiff(block);
  if (t === undefined) return { orientation: 1, exif: {} };
  const main = directory(t, t.u32(4));
  const within = (name: number): ReadonlyMap<number, Field> => {
    const at = numberOf(t, main.get(name));
    return at === undefined ? new Map<number, Field>() : directory(t, at);
  };
  const [photo, gps] = [within(tag.exif), within(tag.gps)];
  const turned = numberOf(t, main.get(tag.orientation)) ?? 1;
  const lat = degrees(t, gps.get(gpsTag.lat), textOf(t, gps.get(gpsTag.latHalf)));
  const lon = degrees(t, gps.get(gpsTag.lon), textOf(t, gps.get(gpsTag.lonHalf)));
  const inRange = lat !== undefined && lon !== undefined && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  const members = {
    takenAt: momentOf(textOf(t, photo.get(tag.taken)), textOf(t, photo.get(tag.offset))),
    make: textOf(t, main.get(tag.make)),
    model: textOf(t, main.get(tag.model)),
    software: textOf(t, main.get(tag.software)),
    point: inRange ? { lat, lon } : undefined,
  };
  return {
    orientation: turned >= 1 && turned <= 8 ? (turned as Orientation) : 1,
    exif: Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)),
  };
};
