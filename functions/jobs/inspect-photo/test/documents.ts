import { deflateSync } from 'node:zlib';
import { u32 } from './samples.ts';

/** A PDF of one page; `more` are further objects, `root` further members of its catalogue. */
export const pdfOf = ({
  root = '',
  more = '',
}: {
  readonly root?: string;
  readonly more?: string;
} = {}): Buffer =>
  Buffer.from(
    [
      '%PDF-1.7',
      `1 0 obj << /Type /Catalog /Pages 2 0 R ${root} >> endobj`,
      '2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj',
      '3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >> endobj',
      '4 0 obj << /Author (Budi Santoso) /Producer (Lapau) >> endobj',
      more,
      'trailer << /Root 1 0 R /Info 4 0 R >>',
      '%%EOF',
      '',
    ].join('\n'),
    'latin1',
  );

/** Objects packed into a stream, as most programs write them. */
export const packedObjects = (objects: string, dictionary = '/Filter /FlateDecode'): string => {
  const body = deflateSync(Buffer.from(objects, 'latin1'));
  return `5 0 obj << /Type /ObjStm /N 1 /First 4 ${dictionary} /Length ${body.length} >>\nstream\n${body.toString('latin1')}\nendstream endobj`;
};

export const wavOf = (seconds: number, rate = 8000): Buffer => {
  const samples = Buffer.alloc(Math.round(seconds * rate), 128);
  const le = (n: number, bytes: number): Buffer => {
    const out = Buffer.alloc(bytes);
    out.writeUIntLE(n, 0, bytes);
    return out;
  };
  const format = Buffer.concat([le(1, 2), le(1, 2), le(rate, 4), le(rate, 4), le(1, 2), le(8, 2)]);
  const name = Buffer.from('INFOIART\x04\0\0\0Budi', 'latin1');
  const body = Buffer.concat([
    Buffer.from('WAVEfmt '),
    le(16, 4),
    format,
    Buffer.from('LIST'),
    le(name.length, 4),
    name,
    Buffer.from('data'),
    le(samples.length, 4),
    samples,
  ]);
  return Buffer.concat([Buffer.from('RIFF'), le(body.length, 4), body]);
};

/** Layer III frames of 128 kbit/s at 44.1 kHz, behind a tag with a name. */
export const mp3Of = (frames: number): Buffer => {
  const tag = Buffer.from('ID3\x04\0\0\0\0\0\x0eTPE1Budi......', 'latin1');
  const one = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413)]);
  return Buffer.concat([tag, ...Array.from({ length: frames }, () => one)]);
};

const box = (type: string, ...bodies: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(bodies);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
};

export const m4aOf = (seconds: number, handler = 'soun'): Buffer =>
  Buffer.concat([
    box('ftyp', Buffer.from('M4A \0\0\0\0M4A ', 'latin1')),
    box(
      'moov',
      box('mvhd', Buffer.alloc(12), u32(1000), u32(seconds * 1000), Buffer.alloc(80)),
      box('trak', box('mdia', box('hdlr', Buffer.alloc(8), Buffer.from(handler), Buffer.alloc(13)))),
      box('udta', box('\xa9xyz', Buffer.from('-0.4690+100.3990/', 'latin1'))),
    ),
    box('mdat', Buffer.alloc(64, 7)),
  ]);

/** Ogg with Opus: head, comments, one page of sound. */
export const oggOf = (seconds: number): Buffer => {
  const page = (granule: bigint, number: number, body: Buffer): Buffer => {
    const head = Buffer.alloc(27);
    head.write('OggS');
    head.writeBigInt64LE(granule, 6);
    head.writeUInt32LE(77, 14);
    head.writeUInt32LE(number, 18);
    head[26] = 1;
    return Buffer.concat([head, Buffer.from([body.length]), body]);
  };
  const opus = Buffer.from('OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0', 'latin1');
  const le = (n: number): Buffer => u32(n).reverse();
  const [vendor, artist] = [Buffer.from('Budi'), Buffer.from('ARTIST=Budi')];
  const tags = Buffer.concat([Buffer.from('OpusTags'), le(4), vendor, le(1), le(artist.length), artist]);
  return Buffer.concat([
    page(0n, 0, opus),
    page(0n, 1, tags),
    page(BigInt(seconds * 48_000), 2, Buffer.alloc(40)),
  ]);
};
