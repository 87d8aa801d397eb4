import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

const demo = async (...args: readonly string[]): Promise<string> => {
  // Nothing answers at this address, so that a city that happens to run here is left alone.
  const env = { ...process.env, LAPAU_URL: 'http://127.0.0.1:9' };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, 'scripts', 'demo.ts'), ...args],
    { cwd: root, env, timeout: 110_000, maxBuffer: 10_000_000 },
  );
  return stdout;
};

test.concurrent('npm run demo starts a city of its own and puts every report where the pack says', async () => {
  expect(await demo()).toContain('Setiap laporan ada pada unit yang disebut pengaturan kota');
}, 120_000);

test.concurrent('the story of promises comes true in every part', async () => {
  const told = await demo('--story', 'promises');
  expect(told.match(/✓ /g)?.length).toBeGreaterThanOrEqual(9);
  expect(told).not.toContain('✗');
}, 120_000);

test.concurrent('the story of services comes true in every part', async () => {
  const told = await demo('--story', 'services');
  expect(told.match(/✓ /g)?.length).toBeGreaterThanOrEqual(17);
  expect(told).not.toContain('✗');
}, 120_000);
