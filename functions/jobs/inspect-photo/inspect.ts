import { createHash } from 'node:crypto';
import type { Derivative, Facts, FileKind, Refused } from '../../attachments/model.ts';
import { judgePdf } from '../../pdf/judge.ts';
import type { Codecs } from './codecs.ts';
import { readExif } from './exif.ts';
import { type Header, jpegHeader } from './jpeg.ts';
import { fullSide, maxBytes, maxPixels, maxSeconds, thumbSide } from './limits.ts';
import { withoutAuthor } from './pdf.ts';
import { fitted, perceptualHash, upright } from './pixels.ts';
import { pngHeader } from './png.ts';
import { readM4a, readMp3, readOgg, readWav, type Voice } from './voice.ts';
import { webpHeader } from './webp.ts';

/** What is served in place of an upload. */
export interface Made {
  readonly contentType: string;
  readonly body: Buffer;
}

export type Inspected =
  | { readonly refused: Refused }
  | { readonly refused?: undefined; readonly facts: Facts; readonly full: Made; readonly thumbnail?: Made };

export const derivativeOf = ({ contentType, body }: Made): Derivative => ({
  contentType,
  bytes: body.length,
});

type PhotoType = 'image/jpeg' | 'image/png' | 'image/webp';
type Sniffed =
  | { readonly kind: 'photo'; readonly type: PhotoType }
  | { readonly kind: 'document' }
  | { readonly kind: 'voice'; readonly read: (bytes: Buffer) => Voice | undefined }
  | { readonly kind: 'heic' };

/** What a file is by its first bytes, whatever it was called. Brands of HEIF and AVIF are pictures that we cannot read. */
const sniff = (bytes: Buffer): Sniffed | undefined => {
  const text = (from: number, to: number): string => bytes.toString('latin1', from, to);
  if (bytes.readUIntBE(0, 3) === 0xffd8ff) return { kind: 'photo', type: 'image/jpeg' };
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return { kind: 'photo', type: 'image/png' };
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return { kind: 'photo', type: 'image/webp' };
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return { kind: 'voice', read: readWav };
  if (text(0, 5) === '%PDF-') return { kind: 'document' };
  if (text(0, 4) === 'OggS') return { kind: 'voice', read: readOgg };
  if (text(4, 8) === 'ftyp')
    return /^(hei[cxms]|hev[cxms]|mif1|msf1|avi[fs])$/.test(text(8, 12))
      ? { kind: 'heic' }
      : { kind: 'voice', read: readM4a };
  if (text(0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2))
    return { kind: 'voice', read: readMp3 };
  return undefined;
};

const common = (kind: FileKind, contentType: string, bytes: Buffer) => ({
  kind,
  contentType,
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

type Found = (Header & { readonly animated?: boolean; readonly plain?: Buffer }) | undefined;
const headerOf: Readonly<Record<PhotoType, (bytes: Buffer) => Found>> = {
  'image/jpeg': jpegHeader,
  'image/png': pngHeader,
  'image/webp': webpHeader,
};

const photo = async (bytes: Buffer, type: PhotoType, codecs: Codecs): Promise<Inspected> => {
  const header = headerOf[type](bytes);
  if (header === undefined || header.width * header.height === 0) return { refused: 'broken' };
  if (header.animated === true) return { refused: 'animated' };
  // Before anything is unpacked: a few hundred bytes can claim to be four thousand million pixels.
  if (header.width * header.height > maxPixels) return { refused: 'tooManyPixels' };
  const { orientation, exif } = readExif(header.exif);
  const full = await (async () => {
    try {
      const decoded = await codecs.decode(type, header.plain ?? bytes);
      // A decoder that read another size than the header says was handed two pictures in one.
      const same = decoded.width === header.width && decoded.height === header.height;
      return same ? upright(fitted(decoded, fullSide), orientation) : undefined;
    } catch {
      return undefined;
    }
  })();
  if (full === undefined) return { refused: 'broken' };
  const thumbnail = fitted(full, thumbSide);
  const hash = perceptualHash(full);
  const jpeg = async (picture: typeof full): Promise<Made> => ({
    contentType: 'image/jpeg',
    body: await codecs.encode(picture),
  });
  return {
    facts: {
      ...common('photo', type, bytes),
      width: header.width,
      height: header.height,
      ...(hash === undefined ? {} : { perceptualHash: hash }),
      ...(Object.keys(exif).length === 0 ? {} : { exif }),
    },
    full: await jpeg(full),
    thumbnail: await jpeg(thumbnail),
  };
};

/**
 * The one reading of an upload: what it really is, whether it is whole and harmless, what is known of it, and what is
 * served in its place. Pure but for the decoders. Checks that want more (reuse, distance, declared origin) take the
 * facts, not the file.
 */
export const inspect = async (bytes: Buffer, codecs: Codecs): Promise<Inspected> => {
  if (bytes.length === 0) return { refused: 'empty' };
  const sniffed = bytes.length < 16 ? undefined : sniff(bytes);
  if (sniffed === undefined) return { refused: 'unknownType' };
  if (sniffed.kind === 'heic') return { refused: 'heic' };
  if (bytes.length > maxBytes[sniffed.kind]) return { refused: 'tooLarge' };
  switch (sniffed.kind) {
    case 'photo':
      return photo(bytes, sniffed.type, codecs);
    case 'document': {
      const judged = judgePdf(bytes);
      if (judged !== 'plain') return { refused: judged };
      const contentType = 'application/pdf';
      return {
        facts: common('document', contentType, bytes),
        full: { contentType, body: withoutAuthor(bytes) },
      };
    }
    case 'voice': {
      const voice = sniffed.read(bytes);
      if (voice === undefined) return { refused: 'broken' };
      if (voice.seconds > maxSeconds) return { refused: 'tooLong' };
      const { contentType, plain, seconds } = voice;
      return {
        facts: { ...common('voice', contentType, bytes), seconds: Math.round(seconds * 10) / 10 },
        full: { contentType, body: plain },
      };
    }
  }
};
