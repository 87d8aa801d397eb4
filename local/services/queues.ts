import { Agent, request } from 'node:http';
import { Server } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { account, region } from '../template/kind.ts';
import type { Loaded } from '../template/load.ts';

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttribute>>;
  readonly MD5OfMessageAttributes?: string;
}

export interface Depth {
  readonly ready: number;
  readonly delayed: number;
  readonly inflight: number;
}

/** SQS and S3 of this instance. */
export interface Queues {
  /** Base of SQS and S3, and of every queue's URL. */
  readonly url: string;
  readonly port: number;
  readonly prepare: (
    queues: readonly Loaded<'AWS::SQS::Queue'>[],
    buckets: readonly string[],
  ) => Promise<void>;
  readonly send: (
    queue: string,
    body: string,
    attributes?: Readonly<Record<string, MessageAttribute>>,
  ) => void;
  /** Tells of every object that is put from now on. */
  readonly onObject: (listener: (bucket: string, key: string) => void) => void;
  /** Keys of a bucket, at most a thousand. */
  readonly objects: (bucket: string) => Promise<readonly string[]>;
  readonly call: (operation: string, input: object) => Promise<Record<string, unknown>>;
  readonly depth: (queue: string) => Depth;
  /** Receipt handles of the messages that somebody received and has not deleted. */
  readonly inFlight: (queue: string) => readonly string[];
  readonly stop: () => Promise<void>;
}

/**
 * Two things that the emulator has no setting for, given to it while it starts: it listens on every interface, and
 * nothing of a city belongs on the network of a café; and it waits for the disk at every message, in this thread
 * (0.25 ms each), where the death of the process, which is all that is promised here, does not need it.
 */
const tamed = <T>(start: () => Promise<T>): Promise<T> => {
  const mine = before.then(() => tame(start));
  before = mine.then(
    () => {},
    () => {},
  );
  return mine;
};

/** Instances that start at the same time in one process take turns, or one would restore what the other set. */
let before: Promise<void> = Promise.resolve();

const tame = async <T>(start: () => Promise<T>): Promise<T> => {
  const { listen } = Server.prototype;
  const { exec } = DatabaseSync.prototype;
  const onLoopback = function (this: Server, ...args: unknown[]): Server {
    const [first, ...rest] = args;
    const kept =
      typeof first === 'object' && first !== null && 'host' in first
        ? { ...first, host: '127.0.0.1' }
        : first;
    return Reflect.apply(listen, this, [kept, ...rest]) as Server;
  };
  Server.prototype.listen = onLoopback as typeof listen;
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
    exec.call(this, sql);
    if (sql.includes('journal_mode')) exec.call(this, 'PRAGMA synchronous = NORMAL');
  };
  try {
    return await start();
  } finally {
    Server.prototype.listen = listen;
    DatabaseSync.prototype.exec = exec;
  }
};

const attributesOf = ({ props }: Loaded<'AWS::SQS::Queue'>): Record<string, string> => {
  const { RedrivePolicy: redrive } = props;
  const numbers = {
    VisibilityTimeout: props.VisibilityTimeout,
    MessageRetentionPeriod: props.MessageRetentionPeriod,
    DelaySeconds: props.DelaySeconds,
    ReceiveMessageWaitTimeSeconds: props.ReceiveMessageWaitTimeSeconds,
    MaximumMessageSize: props.MaximumMessageSize,
  };
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(numbers)) if (value !== undefined) out[name] = String(value);
  if (redrive !== undefined) out['RedrivePolicy'] = JSON.stringify(redrive);
  return out;
};

const caller = (port: number, agent: Agent) => (operation: string, input: object) =>
  new Promise<Record<string, unknown>>((resolve, reject) => {
    const body = JSON.stringify(input);
    const req = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        path: '/',
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `AmazonSQS.${operation}`,
          'content-length': Buffer.byteLength(body),
        },
      },
      (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('error', reject);
        res.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (res.statusCode !== 200) return reject(new Error(`SQS ${operation}: ${text}`));
          resolve((text === '' ? {} : JSON.parse(text)) as Record<string, unknown>);
        });
      },
    );
    req.on('error', reject);
    req.end(body);
  });

/** @param dir where messages and objects are kept; undefined keeps them in memory */
export const startQueues = async (dir: string | undefined): Promise<Queues> => {
  const server: FauxqsServer = await tamed(() =>
    startFauxqs({
      port: 0,
      logger: false,
      defaultRegion: region,
      messageSpies: { bufferSize: 1 },
      ...(dir === undefined ? {} : { dataDir: dir }),
    }),
  );
  const agent = new Agent({ keepAlive: true });
  const url = `http://127.0.0.1:${server.port}`;
  const call = caller(server.port, agent);
  return {
    url,
    port: server.port,
    call,
    prepare: async (queues, buckets) => {
      for (const queue of queues) {
        const attributes = attributesOf(queue);
        if (server.inspectQueue(queue.name) === undefined) server.createQueue(queue.name, { attributes });
        else
          await call('SetQueueAttributes', {
            QueueUrl: `${url}/${account}/${queue.name}`,
            Attributes: attributes,
          });
      }
      for (const bucket of buckets) server.createBucket(bucket);
    },
    onObject: (listener) => {
      // A form is told twice by the emulator, one right after the other.
      let last = '';
      // Its spy knows no listeners, but shows each event to whoever waits for one: this waits for ever.
      void server.spy.waitForMessage((event) => {
        if (event.service !== 's3' || event.status !== 'uploaded') return false;
        const { bucket, key } = event;
        const name = `${bucket}/${key}`;
        if (name !== last) listener(bucket, key);
        last = name;
        setImmediate(() => {
          last = '';
        });
        return false;
      });
    },
    objects: async (bucket) => {
      const list = await (await fetch(`${url}/${bucket}?list-type=2`)).text();
      return [...list.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key);
    },
    send: (queue, body, attributes) => {
      server.sendMessage(
        queue,
        body,
        attributes === undefined ? {} : { messageAttributes: { ...attributes } },
      );
    },
    depth: (queue) => {
      const messages = server.inspectQueue(queue)?.messages;
      return {
        ready: messages?.ready.length ?? 0,
        delayed: messages?.delayed.length ?? 0,
        inflight: messages?.inflight.length ?? 0,
      };
    },
    inFlight: (queue) => server.inspectQueue(queue)?.messages.inflight.map((m) => m.receiptHandle) ?? [],
    stop: async () => {
      agent.destroy();
      await server.stop();
    },
  };
};
