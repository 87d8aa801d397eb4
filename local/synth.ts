import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from './template/model.ts';

export interface Target {
  /** The repository. */
  readonly root: string;
  readonly city: string;
  readonly stage: string;
}

export const outdirOf = ({ root, city, stage }: Target): string =>
  join(root, 'cdk.out', 'local', `${city}-${stage}`);

const sources = ['bin', 'lib', 'functions', 'cities', 'package-lock.json'];

/** Changes whenever a file does that the templates or the bundles are made from. */
const fingerprint = (root: string): string => {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    const info = statSync(join(root, path), { throwIfNoEntry: false });
    if (info === undefined) return;
    if (info.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) add(join(path, name));
    else if (!path.endsWith('.test.ts')) hash.update(`${path}:${info.size}:${info.mtimeMs}\n`);
  };
  for (const source of sources) add(source);
  return hash.digest('hex');
};

const hour = 3_600_000;

/** Assets of earlier builds, except fresh ones: an instance that runs may still read them. */
const prune = (outdir: string): void => {
  const used = readdirSync(outdir)
    .filter((name) => name.endsWith('.assets.json'))
    .map((name) => readFileSync(join(outdir, name), 'utf8'))
    .join();
  for (const name of readdirSync(outdir)) {
    if (!name.startsWith('asset.') || used.includes(name)) continue;
    if (Date.now() - statSync(join(outdir, name)).mtimeMs > hour)
      rmSync(join(outdir, name), { recursive: true });
  }
};

const run = (target: Target, outdir: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const { root, city, stage } = target;
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'bin', 'lapau.ts')],
      {
        cwd: root,
        env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify({ city, stage }) },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        said = (said + chunk).slice(-8_000);
      });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new CannotStart(
            `Templat tidak dapat dibuat · the template could not be made (bin/lapau.ts):\n${said}`,
          ),
        );
    });
  });

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** One build at a time: test files that start together would write over each other's bundles. */
const alone = async <T>(root: string, build: () => Promise<T>): Promise<T> => {
  const lock = join(root, 'cdk.out', 'local', 'building');
  mkdirSync(join(root, 'cdk.out', 'local'), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch {
      const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      // The file of a build that was killed; a holder that has not written its number yet is given time.
      if (holder > 0 && holder !== process.pid && !isAlive(holder)) rmSync(lock, { force: true });
      await pause(50);
    }
  }
  try {
    return await build();
  } finally {
    rmSync(lock, { force: true });
  }
};

/**
 * Builds the bundles and synthesizes the city's stacks, unless nothing that they are made from has changed.
 * @returns the directory of the assembly
 */
export const synthesize = (target: Target): Promise<{ outdir: string; built: boolean }> =>
  alone(target.root, async () => {
    const outdir = outdirOf(target);
    const mark = join(outdir, 'inputs.txt');
    const now = fingerprint(target.root);
    if (existsSync(mark) && existsSync(join(outdir, 'manifest.json')) && readFileSync(mark, 'utf8') === now)
      return { outdir, built: false };
    await run(target, outdir);
    prune(outdir);
    writeFileSync(mark, now);
    return { outdir, built: true };
  });
