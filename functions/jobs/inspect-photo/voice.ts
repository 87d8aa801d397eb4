/** A voice note by its container: how long it lasts, and the same sound without what was written beside it. */
export interface Voice {
  readonly contentType: string;
  readonly seconds: number;
  readonly plain: Buffer;
}

const readable = <T>(read: () => T | undefined): T | undefined => {
  try {
    return read();
  } catch (e) {
    // A length that points past the end is how a cut or forged container shows.
    if (e instanceof RangeError) return undefined;
    throw e;
  }
};

/** WAV: format and samples are kept, lists of texts are not. */
export const readWav = (bytes: Buffer): Voice | undefined =>
  readable(() => {
    let format: Buffer | undefined;
    let samples: Buffer | undefined;
    for (let at = 12; at + 8 <= bytes.length; ) {
      const type = bytes.toString('latin1', at, at + 4);
      const length = bytes.readUInt32LE(at + 4);
      const body = bytes.subarray(at + 8, at + 8 + length);
      if (body.length < length) return undefined;
      if (type === 'fmt ') format ??= body;
      if (type === 'data') samples ??= body;
      at += 8 + length + (length & 1);
    }
    const rate = format?.readUInt32LE(8) ?? 0;
    if (format === undefined || samples === undefined || rate === 0) return undefined;
    const chunk = (type: string, body: Buffer): Buffer => {
      const head = Buffer.alloc(8);
      head.write(type, 'latin1');
      head.writeUInt32LE(body.length, 4);
      return Buffer.concat([head, body, Buffer.alloc(body.length & 1)]);
    };
    const body = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), chunk('data', samples)]);
    return { contentType: 'audio/wav', seconds: samples.length / rate, plain: chunk('RIFF', body) };
  });

const kilobits = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const hertz = [44_100, 48_000, 32_000] as const;

/** One MPEG layer III frame; undefined where none begins. */
const frame = (
  bytes: Buffer,
  at: number,
): { readonly bytes: number; readonly seconds: number } | undefined => {
  if (at + 4 > bytes.length) return undefined;
  const head = bytes.readUInt32BE(at);
  const [sync, version, layer] = [head >>> 21, (head >>> 19) & 3, (head >>> 17) & 3];
  if (sync !== 0x7ff || version === 1 || layer !== 1) return undefined;
  const first = version === 3;
  const rate = kilobits[first ? 1 : 2][(head >>> 12) & 15];
  const base = hertz[(head >>> 10) & 3];
  if (rate === undefined || rate === 0 || base === undefined) return undefined;
  const frequency = base / (first ? 1 : version === 2 ? 2 : 4);
  const padding = (head >>> 9) & 1;
  return {
    bytes: Math.floor(((first ? 144 : 72) * rate * 1000) / frequency) + padding,
    seconds: (first ? 1152 : 576) / frequency,
  };
};

/** MP3: the frames in a row, without the tags before and behind them. */
export const readMp3 = (bytes: Buffer): Voice | undefined =>
  readable(() => {
    let start = 0;
    if (bytes.toString('latin1', 0, 3) === 'ID3') {
      const size = [6, 7, 8, 9].reduce((n, i) => (n << 7) | ((bytes[i] ?? 0) & 0x7f), 0);
      start = 10 + size;
    }
    let [at, seconds, frames] = [start, 0, 0];
    for (let found = frame(bytes, at); found !== undefined; found = frame(bytes, at)) {
      if (at + found.bytes > bytes.length) break;
      at += found.bytes;
      seconds += found.seconds;
      frames += 1;
    }
    const rest = bytes.subarray(at);
    const ends = rest.length === 0 || rest.toString('latin1', 0, 3) === 'TAG' || rest.length < 2048;
    return frames < 3 || !ends
      ? undefined
      : { contentType: 'audio/mpeg', seconds, plain: Buffer.from(bytes.subarray(start, at)) };
  });

/** Boxes of MPEG-4 in a row, from `at` to `end`. */
const boxes = function* (
  bytes: Buffer,
  at: number,
  end: number,
): Generator<{ type: string; from: number; to: number }> {
  while (at + 8 <= end) {
    const size = bytes.readUInt32BE(at);
    const [head, whole] =
      size === 1 ? [16, Number(bytes.readBigUInt64BE(at + 8))] : [8, size === 0 ? end - at : size];
    if (whole < head || at + whole > end) throw new RangeError('a box past its end');
    yield { type: bytes.toString('latin1', at + 4, at + 8), from: at + head, to: at + whole };
    at += whole;
  }
};

/** Texts, places and covers beside the sound; `free` is what readers pass over. */
const beside = new Set(['udta', 'meta', 'uuid']);

/** M4A: sound alone; texts beside it are overwritten where they stand, since sample tables count bytes. */
export const readM4a = (bytes: Buffer): Voice | undefined =>
  readable(() => {
    const plain = Buffer.from(bytes);
    let seconds: number | undefined;
    let sound = false;
    let other = false;
    const walk = (at: number, end: number, depth: number): void => {
      if (depth > 4) return;
      for (const { type, from, to } of boxes(bytes, at, end)) {
        if (beside.has(type)) {
          plain.write('free', from - 4, 'latin1');
          plain.fill(0, from, to);
        } else if (type === 'mvhd') {
          const long = bytes[from] === 1;
          const scale = bytes.readUInt32BE(from + (long ? 20 : 12));
          const length = long ? Number(bytes.readBigUInt64BE(from + 24)) : bytes.readUInt32BE(from + 16);
          seconds = scale === 0 ? undefined : length / scale;
        } else if (type === 'hdlr') {
          const handler = bytes.toString('latin1', from + 8, from + 12);
          if (handler === 'soun') sound = true;
          else other = true;
        } else if (type === 'moov' || type === 'trak' || type === 'mdia') walk(from, to, depth + 1);
      }
    };
    walk(0, bytes.length, 0);
    return seconds === undefined || !sound || other
      ? undefined
      : { contentType: 'audio/mp4', seconds, plain };
  });

/** Ogg's own checksum of a page, with its checksum field at zero. */
const oggSum = (page: Buffer): number => {
  let sum = 0;
  for (const byte of page) {
    sum = (sum ^ (byte << 24)) >>> 0;
    for (let bit = 0; bit < 8; bit += 1) sum = ((sum << 1) ^ (sum & 0x80000000 ? 0x04c11db7 : 0)) >>> 0;
  }
  return sum;
};

/** Ogg with Opus or Vorbis: one stream; the comments of its second page are emptied. */
export const readOgg = (bytes: Buffer): Voice | undefined =>
  readable(() => {
    const plain = Buffer.from(bytes);
    let [at, pages, last, rate, skip] = [0, 0, 0, 0, 0];
    let serial: number | undefined;
    while (at + 27 <= bytes.length) {
      if (bytes.toString('latin1', at, at + 4) !== 'OggS') return undefined;
      const segments = bytes[at + 26] ?? 0;
      const from = at + 27 + segments;
      const to = from + bytes.subarray(at + 27, from).reduce((sum, length) => sum + length, 0);
      if (to > bytes.length) return undefined;
      serial ??= bytes.readUInt32LE(at + 14);
      if (bytes.readUInt32LE(at + 14) !== serial) return undefined;
      const granule = bytes.readBigInt64LE(at + 6);
      if (granule > 0n) last = Number(granule);
      if (pages === 0) {
        const opus = bytes.toString('latin1', from, from + 8) === 'OpusHead';
        if (!opus && bytes.toString('latin1', from, from + 7) !== '\u0001vorbis') return undefined;
        rate = opus ? 48_000 : bytes.readUInt32LE(from + 12);
        skip = opus ? bytes.readUInt16LE(from + 10) : 0;
      }
      if (pages === 1) blankComments(plain, at, from, to);
      pages += 1;
      at = to;
    }
    if (pages < 3 || at !== bytes.length || rate === 0) return undefined;
    return { contentType: 'audio/ogg', seconds: Math.max(0, last - skip) / rate, plain };
  });

/** Letters of the comments become spaces: names, places and programs go, every length stays. */
const blankComments = (plain: Buffer, page: number, from: number, to: number): void => {
  if (plain.toString('latin1', from, from + 8) !== 'OpusTags') return;
  const vendor = plain.readUInt32LE(from + 8);
  let at = from + 12;
  if (at + vendor + 4 > to) return;
  plain.fill(0x20, at, at + vendor);
  at += vendor;
  const count = Math.min(plain.readUInt32LE(at), 64);
  at += 4;
  for (let i = 0; i < count && at + 4 <= to; i += 1) {
    const length = plain.readUInt32LE(at);
    if (at + 4 + length > to) break;
    const text = plain.subarray(at + 4, at + 4 + length);
    const sign = text.indexOf(0x3d);
    if (sign >= 0) text.fill(0x20, sign + 1);
    at += 4 + length;
  }
  plain.writeUInt32LE(0, page + 22);
  plain.writeUInt32LE(oggSum(plain.subarray(page, to)), page + 22);
};
