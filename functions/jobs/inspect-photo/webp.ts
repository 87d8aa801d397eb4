import type { Header } from './jpeg.ts';

const animation = 0x02;

/** Size of one coded picture: lossy (`VP8 `) or lossless (`VP8L`). */
const codedSize = (
  type: string,
  body: Buffer,
): { readonly width: number; readonly height: number } | undefined => {
  if (type === 'VP8 ' && body.length >= 10 && body.readUIntBE(3, 3) === 0x9d012a)
    return { width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff };
  if (type === 'VP8L' && body.length >= 5 && body[0] === 0x2f) {
    const bits = body.readUInt32LE(1);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return undefined;
};

/**
 * Walks a WebP chunk by chunk. Of a canvas and the picture in it the larger counts.
 * @returns undefined when it is cut off or has no picture
 */
export const webpHeader = (bytes: Buffer): (Header & { readonly animated: boolean }) | undefined => {
  const end = bytes.readUInt32LE(4) + 8;
  if (end > bytes.length) return undefined;
  let [width, height] = [0, 0];
  let animated = false;
  let coded = false;
  let exif: Buffer | undefined;
  for (let at = 12; at + 8 <= end; ) {
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    if (at + 8 + length > end) return undefined;
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'VP8X' && length >= 10) {
      animated = ((body[0] ?? 0) & animation) !== 0;
      [width, height] = [
        Math.max(width, body.readUIntLE(4, 3) + 1),
        Math.max(height, body.readUIntLE(7, 3) + 1),
      ];
    }
    const size = codedSize(type, body);
    if (size !== undefined) {
      coded = true;
      [width, height] = [Math.max(width, size.width), Math.max(height, size.height)];
    }
    if (type === 'EXIF') exif = body.toString('latin1', 0, 6) === 'Exif\0\0' ? body.subarray(6) : body;
    at += 8 + length + (length & 1);
  }
  return coded || animated ? { width, height, exif, animated } : undefined;
};
