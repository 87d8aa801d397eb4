import { dirname } from 'node:path';
import { idle } from './control/idle.ts';
import { readMove } from './moved.ts';
import { type Runtime, startRuntime } from './runtime.ts';
import { type Seed, seedingOf } from './seeding.ts';
import { synthesize } from './synth.ts';
import { CannotStart, readAssembly, type Stack } from './template/model.ts';

export const root = dirname(import.meta.dirname);

export interface LocalOptions {
  /** A synthesized assembly; made from the repository for `city` and `stage` when absent. */
  readonly outdir?: string;
  /** Templates that are at hand already. */
  readonly stacks?: readonly Stack[];
  readonly city?: string;
  readonly stage?: string;
  /** 0, the default, for any that is free. */
  readonly port?: number;
  /** Where everything is kept; absent keeps it in memory. */
  readonly stateDir?: string;
  readonly instances?: number;
  /** Changes the templates before they are run. */
  readonly transform?: (stacks: Stack[]) => Stack[];
  readonly seed?: Seed;
  readonly log?: 'silent' | ((source: string, line: string) => void);
}

/** A running city. */
export interface Local {
  readonly url: string;
  /** A bearer token of a person: `koordinator`, `warga-1`. @param seconds its lifetime, the pool's by default */
  readonly token: (person: string, seconds?: number) => Promise<string>;
  readonly clock: {
    readonly now: () => number;
    /** `+3d`, `-2h`, an instant with offset, or `reset`. */
    readonly move: (to: string) => void;
  };
  /** Waits until all that follows from what happened has happened; throws what is still busy after so many seconds. */
  readonly idle: (seconds?: number) => Promise<void>;
  /** Calls a function by its short name and returns what it returned; throws its error. */
  readonly invoke: (functionName: string, payload?: unknown) => Promise<unknown>;
  readonly runtime: Runtime;
  readonly stop: () => Promise<void>;
}

/** Every stack but the edge in front of them. */
const isServed = (name: string): boolean => !name.endsWith('-web');

/**
 * Runs a city in this process: the synthesized template, changed by `transform` if a test wants to see what then
 * happens over HTTP. Many can run beside each other; each has its own ports and, without `stateDir`, no trace.
 */
export const startLocal = async (options: LocalOptions = {}): Promise<Local> => {
  const { city = 'padang-panjang', stage = 'dev', transform = (s: Stack[]) => s, log = 'silent' } = options;
  const say = log === 'silent' ? () => {} : log;
  const assembled = async (): Promise<Stack[]> => {
    if (options.stacks !== undefined) return [...options.stacks];
    return readAssembly(options.outdir ?? (await synthesize({ root, city, stage })).outdir, isServed);
  };
  const stacks = transform(await assembled());
  if (stacks.length === 0) throw new CannotStart(`${options.outdir ?? 'the assembly'} names no stack`);
  const runtime = await startRuntime({
    stacks,
    root,
    port: options.port ?? 0,
    stateDir: options.stateDir,
    instances: options.instances ?? 1,
    log: say,
  });
  const seeding = seedingOf(runtime, {
    city,
    fresh: runtime.state.get('runtime', 'seeded') !== true,
    log: (line) => say('seed', line),
  });
  try {
    if (options.seed !== undefined) {
      await options.seed(seeding);
      runtime.state.set('runtime', 'seeded', true);
    }
  } catch (error) {
    await runtime.stop();
    throw error;
  }
  return {
    url: runtime.url,
    token: runtime.people.token,
    clock: {
      now: runtime.clock.now,
      move: (to) => {
        const offset = readMove(to, Date.now(), runtime.clock.offset());
        if (offset === undefined) throw new CannotStart(`${to} is not a time`);
        runtime.clock.move(offset);
      },
    },
    idle: async (seconds = 30) => {
      const busy = await idle(runtime, seconds);
      if (busy.length > 0) throw new Error(`still busy after ${seconds} s: ${busy.join('; ')}`);
    },
    invoke: (name, payload = {}) => seeding.invoke(name, payload),
    runtime,
    stop: runtime.stop,
  };
};
