import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Policy } from '../rights/guard.ts';
import type { Need } from '../rights/needs.ts';

/** What all workers of an instance share. */
export interface WorkerSetting {
  readonly clock: SharedArrayBuffer;
  readonly flags: SharedArrayBuffer;
  readonly redirects: readonly { readonly port: number; readonly flag: number; readonly path: string }[];
  readonly runtimePort: number;
  /** What a function asked for first, and whether its role allows it. */
  readonly onRight: (functionName: string, need: Need, allowed: boolean) => void;
  readonly log: (functionName: string, line: string) => void;
}

export interface FunctionSpec {
  readonly name: string;
  readonly arn: string;
  /** Directory of the bundle. */
  readonly code: string;
  readonly handler: string;
  readonly memory: number;
  /** Seconds. */
  readonly timeout: number;
  readonly reserved: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** What it may do; undefined for a function without a role. */
  readonly policy: Policy | undefined;
}

/** The function's own failure (`errorType` from the thrown error), a timeout, or the end of its process. */
export interface InvokeError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What an invocation came to; `payload` is the JSON that the handler returned. */
export type Outcome =
  | { readonly ok: true; readonly payload: string; readonly requestId: string }
  | { readonly ok: false; readonly error: InvokeError; readonly requestId: string };

export interface Thread {
  readonly id: number;
  readonly run: (event: string, requestId: string) => Promise<Outcome>;
  readonly end: (reason: string) => void;
  readonly ended: Promise<void>;
}

const exited: InvokeError = { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited' };

const stripped = (file: string): string =>
  `data:text/javascript,${encodeURIComponent(
    stripTypeScriptTypes(readFileSync(new URL(file, import.meta.url), 'utf8')),
  )}`;

let sources: { readonly bootstrap: URL; readonly guard: string; readonly needs: string } | undefined;
/** The types are stripped once for all workers. */
const texts = (): NonNullable<typeof sources> => {
  sources ??= {
    bootstrap: new URL(stripped('./bootstrap.ts')),
    guard: stripped('../rights/guard.ts'),
    needs: stripped('../rights/needs.ts'),
  };
  return sources;
};

/** Cuts what comes in pieces into lines. */
const linesTo = (log: (line: string) => void): ((chunk: string) => void) => {
  let rest = '';
  return (chunk) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) log(part);
  };
};

/**
 * Starts one worker thread of a function: one request at a time, the environment of the template alone, its memory
 * as the heap's limit. A timeout ends it, as Lambda does.
 */
export const startThread = (spec: FunctionSpec, setting: WorkerSetting): Thread => {
  const { bootstrap, guard, needs } = texts();
  const worker = new Worker(bootstrap, {
    workerData: {
      code: spec.code,
      handler: spec.handler,
      functionName: spec.name,
      arn: spec.arn,
      memory: spec.memory,
      clock: setting.clock,
      flags: setting.flags,
      redirects: setting.redirects,
      runtimePort: setting.runtimePort,
      policy: spec.policy,
      guard,
      needs,
    },
    env: { ...spec.environment },
    name: spec.name.slice(spec.name.lastIndexOf('-') + 1),
    // As threads are told apart in `top -H`.
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: spec.memory, maxYoungGenerationSizeMb: 8 },
  });
  const log = (line: string): void => setting.log(spec.name, line);
  const said = linesTo(log);
  worker.stdout.setEncoding('utf8').on('data', said);
  worker.stderr.setEncoding('utf8').on('data', linesTo(log));

  let waiting:
    | { readonly id: number; readonly settle: (outcome: Outcome) => void; readonly requestId: string }
    | undefined;
  let sent = 0;
  let gone = false;
  const fail = (error: InvokeError): void => {
    const current = waiting;
    waiting = undefined;
    current?.settle({ ok: false, error, requestId: current.requestId });
  };

  const ready = new Promise<InvokeError | undefined>((resolve) => {
    worker.on('message', (message: unknown) => {
      if (typeof message !== 'string') return;
      if (message === 'ready') return resolve(undefined);
      const error = JSON.parse(message) as InvokeError;
      setting.log(spec.name, `init: ${error.errorMessage}\n${error.trace?.join('\n') ?? ''}`);
      resolve(error);
      void worker.terminate();
    });
    worker.once('error', (error: Error) => {
      const died = { errorType: 'Runtime.ExitError', errorMessage: error.message };
      setting.log(spec.name, `crash: ${error.stack ?? error.message}`);
      resolve(died);
      fail(died);
    });
  });
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      gone = true;
      fail(exited);
      resolve();
    });
  });
  worker.on('message', (message: unknown) => {
    if (!Array.isArray(message)) {
      if (typeof message === 'string') return;
      if ('said' in (message as object)) return said((message as { readonly said: string }).said);
      const { need, allowed } = message as { readonly need: Need; readonly allowed: boolean };
      return setting.onRight(spec.name, need, allowed);
    }
    const [id, payload, error, lines] = message as [number, string | null, string | null, string];
    said(lines);
    if (waiting?.id !== id) return;
    const { settle, requestId } = waiting;
    waiting = undefined;
    if (error === null) settle({ ok: true, payload: payload ?? 'null', requestId });
    else settle({ ok: false, error: JSON.parse(error) as InvokeError, requestId });
  });

  return {
    id: worker.threadId,
    ended,
    end: (reason) => {
      fail({ errorType: 'Runtime.ExitError', errorMessage: reason });
      void worker.terminate();
    },
    run: async (event, requestId) => {
      const broken = await Promise.race([ready, ended.then(() => undefined)]);
      if (broken !== undefined) return { ok: false, error: broken, requestId };
      if (gone) return { ok: false, error: exited, requestId };
      sent++;
      const id = sent;
      return new Promise<Outcome>((resolve) => {
        const timer = setTimeout(() => {
          const seconds = spec.timeout.toFixed(2);
          fail({
            errorType: 'Sandbox.Timedout',
            errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
          });
          void worker.terminate();
        }, spec.timeout * 1000);
        waiting = {
          id,
          requestId,
          settle: (outcome) => {
            clearTimeout(timer);
            resolve(outcome);
          },
        };
        worker.postMessage([id, event, requestId, Date.now() + spec.timeout * 1000]);
      });
    },
  };
};
