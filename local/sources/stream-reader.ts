import { type Call, EngineError } from '../services/engine.ts';
import type { State } from '../state.ts';

/** A record as DynamoDB Streams gives it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: {
    readonly Keys: Readonly<Record<string, unknown>>;
    readonly SequenceNumber: string;
    /** Seconds, the engine's own clock. */
    readonly ApproximateCreationDateTime: number;
    readonly [part: string]: unknown;
  };
  readonly [part: string]: unknown;
}

interface Shard {
  readonly ShardId: string;
}

interface Described {
  readonly arn: string;
  readonly shards: readonly Shard[];
}

interface Answer {
  readonly Records: readonly StreamRecord[];
  readonly NextShardIterator?: string;
}

/** Milliseconds for which an answer serves the stream's other consumers. */
const sharedFor = 100;

export type SharedReads = ReturnType<typeof createSharedReads>;

/**
 * The consumers of a table run side by side and stand at the same place most of the time: what one of them read and
 * parsed serves the other. An answer without records is never shared: there may be some by now.
 */
export const createSharedReads = () => {
  const recent = new Map<string, { readonly at: number; readonly answer: Promise<Answer> }>();
  return async (place: string, read: () => Promise<Answer>): Promise<Answer> => {
    const known = recent.get(place);
    if (known !== undefined && performance.now() - known.at < sharedFor) {
      const answer = await known.answer;
      if (answer.Records.length > 0) return answer;
    }
    for (const [other, { at }] of recent) if (performance.now() - at >= sharedFor) recent.delete(other);
    const answer = read();
    recent.set(place, { at: performance.now(), answer });
    answer.catch(() => recent.delete(place));
    return answer;
  };
};

/** Reads one consumer's part of a table's stream, from where it was left. */
export interface StreamReader {
  /** Records after the last ones that were marked; reading again without a mark gives the same. */
  readonly read: (limit: number) => Promise<readonly StreamRecord[]>;
  /** Remembers that all of these are done; survives `kill -9`. */
  readonly mark: (records: readonly StreamRecord[]) => void;
  /** How many records the consumer has before it, counted up to `most`. */
  readonly behind: (most: number) => Promise<number>;
}

const describe = async (call: Call, table: string): Promise<Described> => {
  const { Table } = (await call('DescribeTable', { TableName: table })) as {
    Table: { LatestStreamArn?: string };
  };
  const arn = Table.LatestStreamArn ?? '';
  const { StreamDescription } = (await call('DescribeStream', { StreamArn: arn }, 'streams')) as {
    StreamDescription: { Shards: readonly Shard[] };
  };
  return { arn, shards: StreamDescription.Shards };
};

interface Mark {
  /** The stream that the number belongs to: a table made anew counts from one. */
  readonly stream: string;
  readonly sequence: string;
}

/**
 * @param consumer names the checkpoint
 * @param from where a consumer without one begins
 */
export const createStreamReader = async (
  call: Call,
  table: string,
  consumer: string,
  from: 'TRIM_HORIZON' | 'LATEST',
  state: State,
  shared: SharedReads,
): Promise<StreamReader> => {
  const { arn, shards } = await describe(call, table);
  const shard = shards.at(-1);
  if (shard === undefined) throw new Error(`the stream of ${table} has no shard`);
  const key = `${consumer}:${shard.ShardId}`;
  const saved = state.get('checkpoints', key) as Mark | undefined;
  let sequence = saved?.stream === arn ? saved.sequence : undefined;
  const open = async (): Promise<string> => {
    const position =
      sequence === undefined
        ? { ShardIteratorType: from }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: sequence };
    const answer = await call(
      'GetShardIterator',
      { StreamArn: arn, ShardId: shard.ShardId, ...position },
      'streams',
    );
    return String(answer['ShardIterator']);
  };

  let iterator: string | undefined;
  // Where the last answer ends: the place to read on from once all of it is marked.
  let ahead: { readonly sequence: string; readonly iterator: string | undefined } | undefined;
  return {
    read: async (limit) => {
      for (;;) {
        iterator ??= await open();
        try {
          const at = iterator;
          const answer = await shared(
            `${arn} ${shard.ShardId} ${sequence ?? from} ${limit}`,
            async () =>
              (await call('GetRecords', { ShardIterator: at, Limit: limit }, 'streams')) as unknown as Answer,
          );
          const last = answer.Records.at(-1)?.dynamodb.SequenceNumber;
          ahead = last === undefined ? undefined : { sequence: last, iterator: answer.NextShardIterator };
          return answer.Records;
        } catch (error) {
          const stale = error instanceof EngineError && /ExpiredIterator|TrimmedDataAccess/.test(error.code);
          if (!stale) throw error;
          iterator = undefined;
        }
      }
    },
    mark: (records) => {
      const last = records.at(-1)?.dynamodb.SequenceNumber;
      if (last === undefined) return;
      sequence = last;
      iterator = ahead?.sequence === last ? ahead.iterator : undefined;
      state.set('checkpoints', key, { stream: arn, sequence: last } satisfies Mark);
    },
    // Asked of the records themselves: the engine compares the ends of a shard as text, so 999 passes for more
    // than 1000.
    behind: async (most) => {
      const answer = await call(
        'GetRecords',
        { ShardIterator: iterator ?? (await open()), Limit: most },
        'streams',
      );
      return (answer['Records'] as readonly unknown[]).length;
    },
  };
};
