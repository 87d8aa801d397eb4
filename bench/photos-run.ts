import { readFileSync, writeFileSync } from 'node:fs';
import { createCodecs } from '../functions/jobs/inspect-photo/codecs.ts';
import { inspect } from '../functions/jobs/inspect-photo/inspect.ts';
import { jpegOf, pngOf } from '../functions/jobs/inspect-photo/test/samples.ts';

/** A picture with as much detail as a photo has: soft colours under the grain of a small sensor. */
const grainy = (width: number, height: number) => {
  const data = new Uint8ClampedArray(width * height * 4);
  let state = 1;
  for (let i = 0; i < data.length; i += 4) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
    const grain = (state >> 16) & 31;
    const [x, y] = [(i / 4) % width, Math.floor(i / 4 / width)];
    data[i] = (x * 220) / width + grain;
    data[i + 1] = (y * 220) / height + grain;
    data[i + 2] = ((x ^ y) & 127) + grain;
    data[i + 3] = 255;
  }
  return { data, width, height };
};

/** `make <type> <width> <height> <file>` writes a photo, `look <file>` inspects it and prints what that took. */
const [task, ...rest] = process.argv.slice(2);
if (task === 'make') {
  const [type, width, height, file = ''] = rest;
  const picture = grainy(Number(width), Number(height));
  const bytes = type === 'png' ? pngOf(picture) : await jpegOf(picture, { make: 'Samsung', orientation: 6 });
  writeFileSync(file, bytes);
} else {
  const bytes = readFileSync(rest[0] ?? '');
  const started = performance.now();
  const found = await inspect(bytes, createCodecs());
  const millis = performance.now() - started;
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  // A function meets one photo after the other: what one leaves behind counts for the next.
  for (let i = 0; i < 4; i += 1) await inspect(bytes, createCodecs());
  process.stdout.write(
    JSON.stringify({
      refused: found.refused ?? null,
      full: found.refused === undefined ? found.full.body.length : 0,
      millis,
      // Microseconds and kibibytes.
      cpu: (userCPUTime + systemCPUTime) / 1000,
      memory: process.resourceUsage().maxRSS / 1024,
    }),
  );
}
