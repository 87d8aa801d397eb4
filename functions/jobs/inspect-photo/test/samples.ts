import { crc32, deflateSync } from 'node:zlib';
import webpEncoder from '@jsquash/webp/codec/enc/webp_enc.wasm';
import encodeWebp, { init as initWebpEncoder } from '@jsquash/webp/encode.js';
import { createCodecs } from '../codecs.ts';
import type { Picture } from '../pixels.ts';

/** Pictures, documents and sounds made here: no binary file is kept in the repository. */

/** A picture with a red upper left quarter, the rest in soft colours: turned or scaled it can still be told. */
export const picture = (width: number, height: number): Picture => {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const corner = x < width / 2 && y < height / 2;
      data.set(
        corner ? [220, 20, 20, 255] : [20, (x * 200) / width, (y * 200) / height, 255],
        (y * width + x) * 4,
      );
    }
  return { data, width, height };
};

const u16 = (n: number): Buffer => Buffer.from([n >> 8, n & 255]);
export const u32 = (n: number): Buffer => {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(n);
  return out;
};

interface Written {
  readonly orientation?: number;
  readonly taken?: string;
  readonly offset?: string;
  readonly make?: string;
  readonly model?: string;
  readonly software?: string;
  readonly at?: { readonly lat: number; readonly lon: number };
}

type Entry = readonly [tag: number, type: number, count: number, value: Buffer];

/** A TIFF block as a camera writes it (big-endian). */
export const exifBlock = (w: Written): Buffer => {
  const ascii = (tag: number, text: string | undefined): Entry[] =>
    text === undefined ? [] : [[tag, 2, text.length + 1, Buffer.from(`${text}\0`, 'latin1')]];
  const dms = (n: number): Buffer => {
    const seconds = Math.round(Math.abs(n) * 3_600_000);
    return Buffer.concat([
      u32(Math.floor(seconds / 3_600_000)),
      u32(1),
      u32(0),
      u32(1),
      u32(seconds % 3_600_000),
      u32(1000),
    ]);
  };
  const write = (entries: readonly Entry[], at: number): Buffer => {
    const head = 2 + entries.length * 12 + 4;
    const beyond: Buffer[] = [];
    let next = at + head;
    const rows = entries.map(([tag, type, count, value]) => {
      if (value.length <= 4)
        return Buffer.concat([u16(tag), u16(type), u32(count), value, Buffer.alloc(4 - value.length)]);
      beyond.push(value);
      next += value.length;
      return Buffer.concat([u16(tag), u16(type), u32(count), u32(next - value.length)]);
    });
    return Buffer.concat([u16(entries.length), ...rows, u32(0), ...beyond]);
  };
  const photo: Entry[] = [...ascii(0x9003, w.taken), ...ascii(0x9011, w.offset)];
  const gps: Entry[] =
    w.at === undefined
      ? []
      : [
          ...ascii(1, w.at.lat < 0 ? 'S' : 'N'),
          [2, 5, 3, dms(w.at.lat)],
          ...ascii(3, w.at.lon < 0 ? 'W' : 'E'),
          [4, 5, 3, dms(w.at.lon)],
        ];
  const main = (exifAt: number, gpsAt: number): Entry[] => [
    ...ascii(0x010f, w.make),
    ...ascii(0x0110, w.model),
    ...(w.orientation === undefined ? [] : ([[0x0112, 3, 1, u16(w.orientation)]] as Entry[])),
    ...ascii(0x0131, w.software),
    [0x8769, 4, 1, u32(exifAt)],
    [0x8825, 4, 1, u32(gpsAt)],
  ];
  const first = 8 + write(main(0, 0), 8).length;
  const second = first + write(photo, first).length;
  return Buffer.concat([
    Buffer.from('MM\0*', 'latin1'),
    u32(8),
    write(main(first, second), 8),
    write(photo, first),
    write(gps, second),
  ]);
};

const codecs = createCodecs();

export const jpegOf = async (from: Picture, exif?: Written): Promise<Buffer> => {
  const plain = await codecs.encode(from);
  if (exif === undefined) return plain;
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifBlock(exif)]);
  return Buffer.concat([
    plain.subarray(0, 2),
    Buffer.from([0xff, 0xe1]),
    u16(body.length + 2),
    body,
    plain.subarray(2),
  ]);
};

export const webpOf = async ({ data, width, height }: Picture): Promise<Buffer> => {
  await initWebpEncoder(new WebAssembly.Module(webpEncoder));
  const picture = { data: new Uint8ClampedArray(data), width, height, colorSpace: 'srgb' as const };
  return Buffer.from(await encodeWebp(picture));
};

export const pngChunk = (type: string, body: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  return Buffer.concat([u32(body.length), named, u32(crc32(named))]);
};

/** @param more chunks before the picture's data */
export const pngOf = ({ data, width, height }: Picture, more: readonly Buffer[] = []): Buffer => {
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y += 1)
    rows.set(data.subarray(y * width * 4, (y + 1) * width * 4), y * (width * 4 + 1) + 1);
  return pngFrom(width, height, deflateSync(rows), more);
};

export const pngFrom = (
  width: number,
  height: number,
  packed: Buffer,
  more: readonly Buffer[] = [],
): Buffer =>
  Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', Buffer.concat([u32(width), u32(height), Buffer.from([8, 6, 0, 0, 0])])),
    ...more,
    pngChunk('IDAT', packed),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);

/** A JPEG that claims any size and has next to no data. */
export const jpegClaiming = (width: number, height: number): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8]),
    u16(height),
    u16(width),
    Buffer.from([1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0, 0xff, 0xd9]),
  ]);
