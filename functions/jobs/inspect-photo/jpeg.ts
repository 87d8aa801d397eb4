/** What a picture's header says, read before anything is decoded. */
export interface Header {
  readonly width: number;
  readonly height: number;
  /** The TIFF block of EXIF. */
  readonly exif: Buffer | undefined;
}

/** A progressive picture has about ten; a hundred of them over a large one keep a decoder busy for minutes. */
const mostScans = 32;

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Where the picture data of a scan end: at the next marker that is neither stuffing nor a restart. */
const scanEnd = (bytes: Buffer, from: number): number => {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) return -1;
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
    at += next === 0xff ? 1 : 2;
  }
};

/**
 * Walks a JPEG from its first to its last marker. The decoder itself fills what is missing with grey, so that whether
 * a picture is whole has to be seen here.
 * @returns undefined when it is cut off, has no frame or more scans than any camera writes
 */
export const jpegHeader = (bytes: Buffer): Header | undefined => {
  let at = 2;
  let size: { width: number; height: number } | undefined;
  let exif: Buffer | undefined;
  let scans = 0;
  while (at + 4 <= bytes.length || bytes[at + 1] === 0xd9) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) return size === undefined || scans === 0 ? undefined : { ...size, exif };
    const length = bytes.readUInt16BE(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return undefined;
    if (isFrame(marker)) {
      if (size !== undefined || length < 8) return undefined;
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    if (marker === 0xe1 && exif === undefined && bytes.toString('latin1', at + 4, at + 10) === 'Exif\0\0')
      exif = bytes.subarray(at + 10, end);
    at = end;
    if (marker === 0xda) {
      scans += 1;
      if (scans > mostScans) return undefined;
      at = scanEnd(bytes, end);
      if (at < 0) return undefined;
    }
  }
  return undefined;
};
