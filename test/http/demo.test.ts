import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

test('npm run demo starts a city of its own and puts every report where the pack says', async () => {
  // Nothing answers at this address, so that a city that happens to run here is left alone.
  const env = { ...process.env, LAPAU_URL: 'http://127.0.0.1:9' };
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'scripts', 'demo.ts')], {
    cwd: root,
    env,
    timeout: 110_000,
    maxBuffer: 10_000_000,
  });
  expect(stdout).toContain('Setiap laporan ada pada unit yang disebut pengaturan kota');
}, 120_000);
