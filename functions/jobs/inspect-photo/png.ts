import { crc32 } from 'node:zlib';
import type { Header } from './jpeg.ts';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What a still picture needs. Texts and profiles may unpack to any size, and nothing of them is wanted. */
const kept = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

/**
 * Walks a PNG chunk by chunk and keeps what the picture is made of.
 * @returns undefined when a chunk is cut off or damaged, or there is no picture
 */
export const pngHeader = (bytes: Buffer): (Header & { readonly plain: Buffer }) | undefined => {
  const parts: Buffer[] = [signature];
  let exif: Buffer | undefined;
  let size: { width: number; height: number } | undefined;
  let data = false;
  let at = signature.length;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) return undefined;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return undefined;
    if (type === 'IHDR') {
      if (size !== undefined || length !== 13) return undefined;
      size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    } else if (size === undefined) return undefined;
    if (type === 'eXIf') exif = bytes.subarray(at + 8, end - 4);
    if (type === 'IDAT') data = true;
    if (kept.has(type)) parts.push(bytes.subarray(at, end));
    if (type === 'IEND')
      return size === undefined || !data ? undefined : { ...size, exif, plain: Buffer.concat(parts) };
    at = end;
  }
  return undefined;
};
