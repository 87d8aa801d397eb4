import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CannotStart } from '../template/model.ts';

export interface Engine {
  readonly url: string;
  readonly port: number;
  /** Process id, for tests that kill it; undefined for an endpoint that was given. */
  readonly pid: number | undefined;
  readonly call: Call;
  readonly stop: () => Promise<void>;
  /** Settles when the engine has ended, whoever ended it. */
  readonly ended: Promise<void>;
}

/** One call of the DynamoDB or DynamoDB Streams protocol; throws `EngineError` with the service's own code. */
export type Call = (
  operation: string,
  input: object,
  service?: 'streams',
) => Promise<Record<string, unknown>>;

export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

const binary = (root: string): string => join(root, 'node_modules', '@dynoxide', 'linux-x64', 'dynoxide');

/** Throws with the way out when the embedded engine cannot run on this machine. */
export const preflight = (root: string): void => {
  if (process.env['AWS_ENDPOINT_URL_DYNAMODB'] !== undefined) return;
  const here = `${process.platform} ${process.arch}`;
  if (here !== 'linux x64' || !existsSync(binary(root)))
    throw new CannotStart(
      `Mesin basis data bawaan hanya ada untuk Linux x64 (di sini: ${here}, node_modules/@dynoxide/linux-x64). ` +
        'Jalankan DynamoDB lokal lain dan isi AWS_ENDPOINT_URL_DYNAMODB dengan alamatnya.\n' +
        `The embedded database engine exists for Linux x64 only (here: ${here}). ` +
        'Run another local DynamoDB and set AWS_ENDPOINT_URL_DYNAMODB to its address.',
    );
};

/** A port that is free now; the engine does not report the one it draws itself. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

// The engine reads region and date of the signature and checks neither.
const headers = (target: string) => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': target,
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/ap-southeast-3/dynamodb/aws4_request, SignedHeaders=host, Signature=local',
});

const caller = (url: string, agent: Agent): Call => {
  const base = new URL(url);
  return (operation, input, service) =>
    new Promise((resolve, reject) => {
      const target = `${service === 'streams' ? 'DynamoDBStreams_20120810' : 'DynamoDB_20120810'}.${operation}`;
      const body = JSON.stringify(input);
      const req = request(
        {
          agent,
          host: base.hostname,
          port: base.port,
          path: base.pathname,
          method: 'POST',
          headers: { ...headers(target), 'content-length': Buffer.byteLength(body) },
        },
        (res) => {
          const chunks: Buffer[] = [];
          res.on('data', (chunk: Buffer) => chunks.push(chunk));
          res.on('error', reject);
          res.on('end', () => {
            const answer = Buffer.concat(chunks).toString('utf8');
            try {
              const parsed = (answer === '' ? {} : JSON.parse(answer)) as Record<string, unknown>;
              if (res.statusCode === 200) return resolve(parsed);
              const code = String(parsed['__type'] ?? res.statusCode).replace(/^.*#/, '');
              reject(new EngineError(code, String(parsed['message'] ?? parsed['Message'] ?? answer)));
            } catch (error) {
              reject(error);
            }
          });
        },
      );
      req.on('error', reject);
      req.end(body);
    });
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** @param obituary what the engine said before it ended; undefined while it lives */
const answers = async (call: Call, obituary: () => string | undefined): Promise<void> => {
  for (let tries = 0; tries < 400; tries++) {
    const said = obituary();
    if (said !== undefined) throw new CannotStart(`The database engine ended while it started: ${said}`);
    try {
      await call('ListTables', {});
      return;
    } catch {
      await pause(10);
    }
  }
  throw new CannotStart('The database engine does not answer.');
};

/**
 * Starts the engine, or uses the one that AWS_ENDPOINT_URL_DYNAMODB names.
 * @param file the database; undefined keeps it in memory
 */
export const startEngine = async (root: string, file: string | undefined): Promise<Engine> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const given = process.env['AWS_ENDPOINT_URL_DYNAMODB'];
  if (given !== undefined) {
    const call = caller(given, agent);
    await answers(call, () => undefined);
    const { port, protocol } = new URL(given);
    const stop = async (): Promise<void> => agent.destroy();
    return {
      url: given,
      port: Number(port || (protocol === 'https:' ? 443 : 80)),
      pid: undefined,
      call,
      stop,
      ended: new Promise(() => {}),
    };
  }
  preflight(root);
  const port = await freePort();
  const args = ['serve', '--host', '127.0.0.1', '--port', String(port)];
  if (file !== undefined) args.push('--db-path', file);
  // The shell waits for the end of its input: a runtime that dies without a word (kill -9) takes the engine along,
  // so that no second engine ever opens the same file.
  const watch =
    'exec 3<&0; "$@" </dev/null >/dev/null & p=$!; echo $p; (cat <&3 >/dev/null; kill -TERM $p 2>/dev/null) & wait $p';
  const shell = spawn('/bin/sh', ['-c', watch, 'engine', binary(root), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A Ctrl-C in the terminal reaches the runtime alone; it ends the engine last.
    detached: true,
  });
  let said = '';
  shell.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said = (said + chunk).slice(-2_000);
  });
  let ended = false;
  const gone = new Promise<void>((resolve) => {
    shell.once('exit', () => {
      ended = true;
      shell.stdin.end();
      resolve();
    });
  });
  const pid = await new Promise<number>((resolve) => {
    shell.stdout.once('data', (line: Buffer) => resolve(Number(line.toString())));
  });
  const url = `http://127.0.0.1:${port}`;
  const call = caller(url, agent);
  await answers(call, () => (ended ? said : undefined));
  return {
    url,
    port,
    pid,
    call,
    ended: gone,
    stop: async () => {
      agent.destroy();
      shell.stdin.end();
      await gone;
    },
  };
};
