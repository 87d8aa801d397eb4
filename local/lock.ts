import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { CannotStart } from './template/model.ts';

const note = z.object({ pid: z.number(), url: z.string(), engine: z.number().nullable() });
export type Note = z.output<typeof note>;

const path = (dir: string): string => join(dir, 'running.json');

/** Who runs on this state directory, as far as it wrote so. */
export const readNote = (dir: string): Note | undefined => {
  try {
    return note.parse(JSON.parse(readFileSync(path(dir), 'utf8')));
  } catch {
    return undefined;
  }
};

export const writeNote = (dir: string, running: Note): void => {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(path(dir), JSON.stringify(running));
};

export const removeNote = (dir: string): void => rmSync(path(dir), { force: true });

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Is that process an engine on this directory's database? A number alone may since belong to somebody else. */
const isOurEngine = (pid: number, dir: string): boolean => {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words.includes(join(dir, 'dynamodb.db'));
  } catch {
    return false;
  }
};

/** Stops when an instance runs on this directory; waits for the engine of one that was killed. */
export const claim = async (dir: string): Promise<void> => {
  const before = readNote(dir);
  if (before === undefined) return;
  const alive = await fetch(`${before.url}/__local/status`, { signal: AbortSignal.timeout(2_000) })
    .then(async (res) => z.object({ pid: z.number() }).parse(await res.json()).pid === before.pid)
    .catch(() => false);
  if (alive)
    throw new CannotStart(
      `Lapau sudah berjalan di ${before.url} (proses ${before.pid}) dengan data ini.\n` +
        `Lapau already runs at ${before.url} (process ${before.pid}) on this data.`,
    );
  for (let tries = 0; before.engine !== null && tries < 300 && isOurEngine(before.engine, dir); tries++) {
    if (tries === 200) process.kill(before.engine, 'SIGKILL');
    await pause(10);
  }
};
