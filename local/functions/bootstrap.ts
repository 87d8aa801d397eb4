// Runs inside a worker thread, before and around one Lambda function. The runtime strips the types once and starts
// every worker from the text (a worker that strips them itself costs 75 ms and 20 MB more), so this file imports
// nothing of the project but types.

import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire, Module, syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { createGuard, Denial, Policy } from '../rights/guard.ts';
import type { needsOf } from '../rights/needs.ts';

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
  readonly policy: Policy | undefined;
  /** Addresses of the stripped texts. */
  readonly guard: string;
  readonly needs: string;
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

const judging = async (policy: Policy): Promise<ReturnType<typeof createGuard>> => {
  const { createGuard: create } = (await import(task.guard)) as { createGuard: typeof createGuard };
  const { needsOf: needs } = (await import(task.needs)) as { needsOf: typeof needsOf };
  return create(policy, needs, (need, allowed) => port.postMessage({ need, allowed }));
};
const judge = task.policy === undefined ? undefined : await judging(task.policy);

/** Answers a request that was not sent, as the service would have. */
const deny = (req: http.ClientRequest, { status, headers, body }: Denial): void => {
  const res = new http.IncomingMessage(new Socket());
  res.statusCode = status;
  Object.assign(res.headers, headers);
  res.push(body);
  res.push(null);
  res.complete = true;
  setImmediate(() => {
    req.emit('response', res);
    req.removeAllListeners('error').on('error', () => {});
    req.destroy();
  });
};

const awsPath = /^\/__local\/aws\/(\w+)(.*)$/;
/** Service and path of a call; a service with a port of its own is known by that. */
const called = (options: http.RequestOptions, to: Redirect | undefined): readonly [string, string] => {
  const path = options.path ?? '/';
  if (to !== undefined) return [to.path.slice(to.path.lastIndexOf('/') + 1), path];
  const found = String(options.port) === String(task.runtimePort) ? awsPath.exec(path) : null;
  return [found?.[1] ?? '', found?.[2] ?? ''];
};

const targetOf = ({ headers = {} }: http.RequestOptions): string | undefined => {
  if (Array.isArray(headers)) return undefined;
  const target = (headers as http.OutgoingHttpHeaders)['x-amz-target'];
  return target === undefined ? undefined : String(target);
};

const flags = new Int32Array(task.flags);
const request = http.request;
const redirected = (...args: Parameters<typeof http.request>): http.ClientRequest => {
  const [options, ...rest] = args as unknown as [http.RequestOptions, ...[]];
  const target = targetOf(options);
  // SQS and S3 share a port; S3 names no target.
  const to = task.redirects.find(
    (r) => String(r.port) === String(options.port) && r.path.endsWith('/s3') === (target === undefined),
  );
  const req =
    to === undefined || Atomics.load(flags, to.flag) === 0
      ? request(...args)
      : request({ ...options, port: task.runtimePort, path: `${to.path}${options.path ?? '/'}` }, ...rest);
  const [service, path] = judge === undefined ? [''] : called(options, to);
  if (judge === undefined || service === '' || path === undefined) return req;
  // The SDK hands over the whole body with `end`: what the call is about is known before a byte has left.
  const end = req.end.bind(req) as (...all: readonly unknown[]) => http.ClientRequest;
  req.end = (...all: readonly unknown[]): http.ClientRequest => {
    const [chunk] = all;
    const read = service !== 's3' && (typeof chunk === 'string' || Buffer.isBuffer(chunk));
    const operation = target?.replace(/^.*\./, '') ?? options.method ?? 'GET';
    const denied = judge({ service, operation, path, body: read ? String(chunk) : '' });
    if (denied === undefined) return end(...all);
    deny(req, denied);
    return req;
  };
  return req;
};
http.request = redirected as typeof http.request;
syncBuiltinESMExports();

/**
 * Lines of the log leave with the answer, or a moment later when there is none: through the worker's own stream each
 * of them costs two messages between the threads.
 */
let said = '';
const tell = (): void => {
  if (said !== '') port.postMessage({ said });
  said = '';
};
process.stdout.write = ((chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
  if (said === '') setTimeout(tell, 20).unref();
  said += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
  const written = rest.find((of) => typeof of === 'function');
  if (written !== undefined) process.nextTick(written);
  return true;
}) as typeof process.stdout.write;
process.on('exit', tell);

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

const answer = ([id, payload, error]: readonly [number, string | null, string | null]): void => {
  const lines = said;
  said = '';
  port.postMessage([id, payload, error, lines]);
};

try {
  const handler = await load();
  port.on('message', ([id, event, requestId, deadline]: [number, string, string, number]) => {
    run(handler, event, requestId, deadline).then(
      (result) => answer([id, JSON.stringify(result ?? null), null]),
      (error: unknown) => answer([id, null, described(error)]),
    );
  });
  port.postMessage('ready');
} catch (error) {
  port.postMessage(described(error));
}
