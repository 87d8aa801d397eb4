import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './local.ts';
import { readNote } from './lock.ts';
import { CannotStart } from './template/model.ts';

/** The running instance: LAPAU_URL, else the one that wrote itself down in .lapau, else the default address. */
const instance = (): string => {
  const named = process.env['LAPAU_URL'];
  if (named !== undefined) return named;
  const states = join(root, '.lapau');
  const notes = existsSync(states)
    ? readdirSync(states).flatMap((name) => readNote(join(states, name)) ?? [])
    : [];
  return notes[0]?.url ?? 'http://127.0.0.1:8787';
};

/** Asks the running instance; throws what it answered, or that none runs, in words for a terminal. */
export const ask = async (
  path: string,
  init: RequestInit = {},
): Promise<Readonly<Record<string, unknown>>> => {
  const url = instance();
  let res: Response;
  try {
    res = await fetch(`${url}/__local/${path}`, { ...init, signal: AbortSignal.timeout(10_000) });
  } catch {
    throw new CannotStart(
      `Lapau tidak berjalan di ${url}; jalankan dahulu: npm start (atau isi LAPAU_URL)\n` +
        `Lapau does not run at ${url}; start it first: npm start (or set LAPAU_URL)`,
    );
  }
  const body = (await res.json()) as Readonly<Record<string, unknown>>;
  if (!res.ok) throw new CannotStart(String(body['error'] ?? res.status));
  return body;
};

/** Runs a small command: what it returns is printed, its failure said plainly. */
export const command = (run: (args: readonly string[]) => Promise<string>): void => {
  run(process.argv.slice(2)).then(
    (line) => console.log(line),
    (error: unknown) => {
      console.error(error instanceof CannotStart ? error.message : error);
      process.exitCode = 1;
    },
  );
};
