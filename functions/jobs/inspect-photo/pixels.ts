import type { Orientation } from './exif.ts';

/** RGBA, 4 bytes a pixel, rows from the top. */
export interface Picture {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Where source row or column `i` falls on a smaller grid: the first cell and its share; the rest goes to the next. */
const spread = (i: number, scale: number, last: number): readonly [cell: number, share: number] => {
  const start = i * scale;
  const cell = Math.min(Math.floor(start), last);
  return [cell, cell === last ? scale : Math.min((i + 1) * scale, cell + 1) - start];
};

/**
 * Makes a picture smaller by averaging: every source pixel counts by the area that it covers. What is transparent
 * becomes white. Row by row, so that nothing but the result is held beside the source.
 */
export const resample = ({ data, width, height }: Picture, toWidth: number, toHeight: number): Picture => {
  const [sx, sy] = [toWidth / width, toHeight / height];
  const cells = Float32Array.from({ length: width }, (_, x) => spread(x, sx, toWidth - 1)[0]);
  const shares = Float32Array.from({ length: width }, (_, x) => spread(x, sx, toWidth - 1)[1]);
  const sums = new Float32Array(toWidth * toHeight * 3);
  const row = new Float32Array((toWidth + 1) * 3);
  for (let y = 0; y < height; y += 1) {
    row.fill(0);
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      const alpha = (data[from + 3] ?? 255) / 255;
      const white = 255 * (1 - alpha);
      const to = (cells[x] ?? 0) * 3;
      const share = shares[x] ?? 0;
      const rest = sx - share;
      for (let c = 0; c < 3; c += 1) {
        const value = (data[from + c] ?? 0) * alpha + white;
        row[to + c] = (row[to + c] ?? 0) + value * share;
        if (rest > 1e-6) row[to + 3 + c] = (row[to + 3 + c] ?? 0) + value * rest;
      }
    }
    const [cell, share] = spread(y, sy, toHeight - 1);
    add(sums, cell * toWidth * 3, row, share, toWidth * 3);
    if (sy - share > 1e-6 && cell + 1 < toHeight)
      add(sums, (cell + 1) * toWidth * 3, row, sy - share, toWidth * 3);
  }
  const out = new Uint8ClampedArray(toWidth * toHeight * 4).fill(255);
  for (let i = 0, j = 0; i < sums.length; i += 3, j += 4) {
    out[j] = sums[i] ?? 0;
    out[j + 1] = sums[i + 1] ?? 0;
    out[j + 2] = sums[i + 2] ?? 0;
  }
  return { data: out, width: toWidth, height: toHeight };
};

const add = (sums: Float32Array, at: number, row: Float32Array, share: number, count: number): void => {
  for (let i = 0; i < count; i += 1) sums[at + i] = (sums[at + i] ?? 0) + (row[i] ?? 0) * share;
};

/** The picture with its longer side at most `side`; never larger than it is. */
export const fitted = (picture: Picture, side: number): Picture => {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const scaled = (length: number): number => Math.max(1, Math.round(length * scale));
  return resample(picture, scaled(picture.width), scaled(picture.height));
};

/** Turned as it was meant to be seen: what a browser does with EXIF's orientation, before EXIF goes. */
export const upright = ({ data, width, height }: Picture, orientation: Orientation): Picture => {
  if (orientation === 1) return { data, width, height };
  const sideways = orientation >= 5;
  const [w, h] = sideways ? [height, width] : [width, height];
  const [flipX, flipY] = [[2, 3, 7, 8].includes(orientation), [3, 4, 6, 7].includes(orientation)];
  const out = new Uint8ClampedArray(data.length);
  for (let y = 0; y < h; y += 1)
    for (let x = 0; x < w; x += 1) {
      const [a, b] = sideways ? [y, x] : [x, y];
      const from = ((flipY ? height - 1 - b : b) * width + (flipX ? width - 1 - a : a)) * 4;
      const to = (y * w + x) * 4;
      for (let c = 0; c < 4; c += 1) out[to + c] = data[from + c] ?? 0;
    }
  return { data: out, width: w, height: h };
};

/**
 * 64 bits that stay nearly the same when a picture is scaled or encoded anew (difference hash): whether each of 8 × 8
 * cells is brighter than its right neighbour. Two are compared by how many bits differ.
 * @returns 16 hexadecimal digits; undefined for a picture too small to say anything
 */
export const perceptualHash = (picture: Picture): string | undefined => {
  if (picture.width < 9 || picture.height < 8) return undefined;
  const { data } = resample(picture, 9, 8);
  const light = (i: number): number =>
    0.299 * (data[i * 4] ?? 0) + 0.587 * (data[i * 4 + 1] ?? 0) + 0.114 * (data[i * 4 + 2] ?? 0);
  let bits = 0n;
  for (let y = 0; y < 8; y += 1)
    for (let x = 0; x < 8; x += 1) bits = (bits << 1n) | (light(y * 9 + x) > light(y * 9 + x + 1) ? 1n : 0n);
  return bits.toString(16).padStart(16, '0');
};
