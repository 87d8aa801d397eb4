import type { IncomingMessage, ServerResponse } from 'node:http';
import { Worker } from 'node:worker_threads';
import type { MovedClock } from '../moved.ts';
import { handOn } from '../services/proxy.ts';
import type { IssuerTask } from './issuer-worker.ts';
import type { Tokens } from './tokens.ts';

export interface Issuer {
  /** Serves `/__local/issuer/<pool>/…`: authorization by code and PKCE, token, keys, the page of people. */
  readonly serve: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const createIssuer = (
  tokens: Tokens,
  clock: MovedClock,
  url: string,
  log: (line: string) => void,
): Issuer => {
  let worker: Worker | undefined;
  let at: Promise<string> | undefined;
  const start = (): Promise<string> => {
    const task: IssuerTask = { clock: clock.shared, url, pools: tokens.pools };
    const started = new Worker(new URL('./issuer-worker.ts', import.meta.url), {
      workerData: task,
      // The provider warns about what a real one must not do; this one signs in everybody on purpose.
      execArgv: ['--no-warnings'],
      stdout: true,
      stderr: true,
      env: {},
    });
    worker = started;
    started.stderr.setEncoding('utf8').on('data', (text: string) => log(text.trimEnd()));
    started.stdout.resume();
    return new Promise((resolve, reject) => {
      started.once('message', (port: number) => resolve(`http://127.0.0.1:${port}`));
      started.once('error', reject);
    });
  };
  return {
    serve: async (req, res) => {
      at ??= start();
      handOn(req, res, await at, req.url ?? '/');
    },
    stop: async () => {
      await worker?.terminate();
    },
  };
};
