import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import * as z from 'zod';
import { jobOf } from '../lib/jobs.ts';
import type { Figure } from './report.ts';

/** What Lambda gives one processor for; less memory is so much less of it. */
const megabytesOfAProcessor = 1769;

const looked = z.object({
  refused: z.null(),
  full: z.number(),
  millis: z.number(),
  cpu: z.number(),
  memory: z.number(),
});

/** Photos as telephones take them; the last one is the largest that is accepted. */
const photos = [
  ['JPEG of 12 megapixels', 'jpeg', 4000, 3000],
  ['PNG of a screen', 'png', 1080, 2340],
  ['JPEG of 24 megapixels', 'jpeg', 5712, 4284],
] as const;

/** Time of the first inspection in a process of its own, and memory of five in a row, from the bundle's own code. */
export const inspection = (): readonly Figure[] => {
  const dir = mkdtempSync(join(tmpdir(), 'lapau-photos-'));
  const run = join(dir, 'run.mjs');
  try {
    buildSync({
      entryPoints: [join(import.meta.dirname, 'photos-run.ts')],
      outfile: run,
      bundle: true,
      platform: 'node',
      target: 'node24',
      format: 'esm',
      minify: true,
      mainFields: ['module', 'main'],
      loader: { '.wasm': 'binary' },
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('/');" },
      logLevel: 'error',
    });
    const { memory } = jobOf('inspect-photo');
    return photos.flatMap(([what, type, width, height]): Figure[] => {
      const file = join(dir, `photo.${type}`);
      execFileSync(process.execPath, [run, 'make', type, String(width), String(height), file]);
      const took = looked.parse(
        JSON.parse(execFileSync(process.execPath, [run, 'look', file], { encoding: 'utf8' })),
      );
      return [
        { what: `${what}: upload`, value: statSync(file).size / 1e6, unit: 'MB' },
        { what: `${what}: served`, value: took.full / 1e6, unit: 'MB' },
        { what: `${what}: time here`, value: took.millis / 1000, unit: 's' },
        // Its share of a processor at the function's memory, start of the process included.
        {
          what: `${what}: on Lambda, ${memory} MB`,
          value: (took.cpu / 1000) * (megabytesOfAProcessor / memory),
          unit: 's',
          max: width * height > 13e6 ? jobOf('inspect-photo').timeoutSeconds : 10,
        },
        { what: `${what}: memory`, value: took.memory, unit: 'MB', max: memory },
      ];
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};
