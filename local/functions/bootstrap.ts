// Runs inside a worker thread, before and around one Lambda function. The runtime strips the types once and starts
// every worker from the text (a worker that strips them itself costs 75 ms and 20 MB more), so this file imports
// nothing of the project.

import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire, Module, syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

interface Redirect {
  readonly port: number;
  /** Index of the service's flag in `flags`; 1 sends its calls to the runtime instead, which plays the fault. */
  readonly flag: number;
  readonly path: string;
}

interface Task {
  readonly code: string;
  readonly handler: string;
  readonly functionName: string;
  readonly arn: string;
  readonly memory: number;
  readonly clock: SharedArrayBuffer;
  readonly flags: SharedArrayBuffer;
  readonly redirects: readonly Redirect[];
  readonly runtimePort: number;
}

type Handler = (
  event: unknown,
  context: object,
  callback?: (error: unknown, result: unknown) => void,
) => unknown;

const task = workerData as Task;
const port = parentPort;
if (port === null) throw new Error('bootstrap runs in a worker');

const RealDate = Date;
const offset = new Float64Array(task.clock);
const shifted = (): number => RealDate.now() + (offset[0] ?? 0);
const MovedDate = function (this: unknown, ...args: readonly []): unknown {
  if (new.target === undefined) return new RealDate(shifted()).toString();
  const target = new.target === MovedDate ? RealDate : new.target;
  return Reflect.construct(RealDate, args.length === 0 ? [shifted()] : args, target as typeof RealDate);
};
Object.defineProperties(MovedDate, {
  prototype: { value: RealDate.prototype },
  now: { value: shifted, writable: true },
  parse: { value: RealDate.parse },
  UTC: { value: RealDate.UTC },
  length: { value: 7 },
});
RealDate.prototype.constructor = MovedDate;
globalThis.Date = MovedDate as unknown as DateConstructor;

const flags = new Int32Array(task.flags);
const request = http.request;
const redirected = (...args: Parameters<typeof http.request>): http.ClientRequest => {
  const [options, ...rest] = args as unknown as [http.RequestOptions, ...[]];
  const to = task.redirects.find((r) => String(r.port) === String(options.port));
  if (to === undefined || Atomics.load(flags, to.flag) === 0) return request(...args);
  return request({ ...options, port: task.runtimePort, path: `${to.path}${options.path ?? '/'}` }, ...rest);
};
http.request = redirected as typeof http.request;
syncBuiltinESMExports();

const load = async (): Promise<Handler> => {
  const [file = 'index', name = 'handler'] = task.handler.split('.');
  const esm = join(task.code, `${file}.mjs`);
  let exported: Record<string, unknown>;
  if (existsSync(esm)) exported = (await import(pathToFileURL(esm).href)) as Record<string, unknown>;
  else {
    // CommonJS whatever package.json lies above, and no node_modules above either: as in Lambda, only the bundle.
    const path = join(task.code, `${file}.js`);
    const loaded = new Module(path) as Module & { _compile: (source: string, path: string) => void };
    loaded.filename = path;
    loaded.paths = [];
    loaded.require = createRequire(path);
    loaded._compile(readFileSync(path, 'utf8'), path);
    exported = loaded.exports as Record<string, unknown>;
  }
  const handler = exported[name];
  if (typeof handler !== 'function') throw new Error(`${task.handler} is undefined or not exported`);
  return handler as Handler;
};

const described = (error: unknown): string => {
  const e = error instanceof Error ? error : new Error(String(error));
  return JSON.stringify({
    errorType: e.name,
    errorMessage: e.message,
    trace: (e.stack ?? '').split('\n').slice(0, 12),
  });
};

const run = (handler: Handler, event: string, requestId: string, deadline: number): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const settle = (error: unknown, result: unknown): void =>
      error === null || error === undefined ? resolve(result) : reject(error);
    const context = {
      awsRequestId: requestId,
      callbackWaitsForEmptyEventLoop: true,
      functionName: task.functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: task.arn,
      memoryLimitInMB: String(task.memory),
      logGroupName: `/aws/lambda/${task.functionName}`,
      logStreamName: 'local',
      getRemainingTimeInMillis: () => Math.max(0, deadline - RealDate.now()),
    };
    // A handler of three parameters answers through its callback; every other one by what it returns.
    const returned = handler(JSON.parse(event), context, settle);
    if (handler.length < 3 || returned instanceof Promise) Promise.resolve(returned).then(resolve, reject);
  });

try {
  const handler = await load();
  port.on('message', ([id, event, requestId, deadline]: [number, string, string, number]) => {
    run(handler, event, requestId, deadline).then(
      (result) => port.postMessage([id, JSON.stringify(result ?? null), null]),
      (error: unknown) => port.postMessage([id, null, described(error)]),
    );
  });
  port.postMessage('ready');
} catch (error) {
  port.postMessage(described(error));
}
