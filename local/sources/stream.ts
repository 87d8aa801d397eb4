import { randomUUID } from 'node:crypto';
import type { Pool } from '../functions/pool.ts';
import type { Outcome } from '../functions/worker.ts';
import type { MovedClock } from '../moved.ts';
import type { Call } from '../services/engine.ts';
import type { State } from '../state.ts';
import { region } from '../template/kind.ts';
import type { Loaded } from '../template/load.ts';
import { type BatchParts, deliverBatch } from './batch.ts';
import { type Json, matches } from './pattern.ts';
import { createNap, type Destination, pauseUnless, type Source } from './source.ts';
import { createStreamReader, type SharedReads, type StreamRecord } from './stream-reader.ts';

export interface StreamParts {
  readonly mapping: Loaded<'AWS::Lambda::EventSourceMapping'>;
  readonly table: string;
  readonly pool: Pool;
  readonly patterns: readonly Json[];
  readonly call: Call;
  readonly state: State;
  readonly clock: MovedClock;
  readonly instances: number;
  /** The same for all mappings. */
  readonly shared: SharedReads;
  readonly onFailure: Destination | undefined;
  readonly log: (line: string) => void;
}

/** Streams forget after a day, on AWS and so here. */
const kept = 24 * 3_600;
/** Between two looks at a quiet stream; every invocation of a function is followed by a look at once. */
const quiet = 250;
const readAtOnce = 1_000;
/**
 * Least time between two reads that found something, ms. Lambda looks at a shard four times a second at the most, and
 * so it is here when much happens: a batch costs little more than a record. Alone, a record is not kept waiting.
 */
const paceAfter = (records: number): number => (records > 4 ? 250 : 100);

const laneOf = (record: StreamRecord, lanes: number): number => {
  const key = JSON.stringify(Object.values(record.dynamodb.Keys)[0]);
  let h = 0;
  for (let i = 0; i < key.length; i++) h = (Math.imul(h, 31) + key.charCodeAt(i)) >>> 0;
  return h % lanes;
};

/** One DynamoDB stream mapping: filters, batches, lanes by partition key, retries, checkpoint. */
export const startStream = async (parts: StreamParts): Promise<Source & { nudge: () => void }> => {
  const { mapping, table, pool, patterns, clock, log, onFailure } = parts;
  const { props } = mapping;
  const size = props.BatchSize ?? 100;
  // Lanes run side by side only as far as there are workers; more of them would cut the batches for nothing.
  const lanes = Math.max(1, Math.min(props.ParallelizationFactor, parts.instances));
  const reader = await createStreamReader(
    parts.call,
    table,
    mapping.ref,
    props.StartingPosition ?? 'TRIM_HORIZON',
    parts.state,
    parts.shared,
  );
  const counts = { delivered: 0, filtered: 0, failures: 0, givenUp: 0, lost: 0 };
  let lastError: string | null = null;
  let working = false;
  let stopping = false;
  const { nap, wake } = createNap();

  // Whole seconds: a record of the second in which the clock moved counts as written after the move, so that it is
  // rather kept than lost.
  const written = (r: StreamRecord): number => clock.at(r.dynamodb.ApproximateCreationDateTime * 1000 + 999);
  const ageOf = (r: StreamRecord): number => (clock.now() - written(r)) / 1000;

  const eventText = (batch: readonly StreamRecord[]): string =>
    JSON.stringify({
      Records: batch.map((r) => ({
        ...r,
        awsRegion: region,
        eventSourceARN: props.EventSourceArn,
        dynamodb: { ...r.dynamodb, ApproximateCreationDateTime: Math.floor(written(r) / 1000) },
      })),
    });

  const report = (
    batch: readonly StreamRecord[],
    why: string,
    attempts: number,
    outcome: Outcome | undefined,
  ): void => {
    counts.givenUp += batch.length;
    log(`gives up ${batch.length} records: ${why}`);
    const [first, last] = [batch[0], batch.at(-1)];
    if (first === undefined || last === undefined) return;
    onFailure?.({
      requestContext: {
        requestId: outcome?.requestId ?? randomUUID(),
        functionArn: pool.spec.arn,
        condition: why,
        approximateInvokeCount: attempts,
      },
      ...(outcome === undefined
        ? {}
        : {
            responseContext: {
              statusCode: 200,
              executedVersion: '$LATEST',
              functionError: outcome.ok ? null : 'Unhandled',
            },
          }),
      version: '1.0',
      timestamp: new Date(clock.now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId: 'shardId-local',
        startSequenceNumber: first.dynamodb.SequenceNumber,
        endSequenceNumber: last.dynamodb.SequenceNumber,
        approximateArrivalOfFirstRecord: new Date(written(first)).toISOString(),
        approximateArrivalOfLastRecord: new Date(written(last)).toISOString(),
        batchSize: batch.length,
        streamArn: props.EventSourceArn,
      },
    });
  };

  const batchParts: BatchParts<StreamRecord> = {
    rules: {
      reportsItems: props.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      bisect: props.BisectBatchOnFunctionError,
      retries: props.MaximumRetryAttempts,
      maxAge: props.MaximumRecordAgeInSeconds,
    },
    idOf: (r) => r.dynamodb.SequenceNumber,
    ageOf,
    invoke: (batch) => pool.invoke(eventText(batch)),
    giveUp: report,
    failed: (outcome) => {
      counts.failures++;
      lastError =
        outcome === undefined ? 'throttled' : outcome.ok ? 'reported items' : outcome.error.errorMessage;
    },
    stopping: () => stopping,
  };

  const lane = async (records: readonly StreamRecord[]): Promise<boolean> => {
    for (let i = 0; i < records.length; i += size)
      if (!(await deliverBatch(records.slice(i, i + size), batchParts))) return false;
    return true;
  };

  const fits = (r: StreamRecord): boolean =>
    patterns.length === 0 || patterns.some((p) => matches(p, r as Json));

  /** @returns how many records there were */
  const step = async (): Promise<number> => {
    let records = await reader.read(readAtOnce);
    if (records.length === 0) return 0;
    working = true;
    const window = props.MaximumBatchingWindowInSeconds * 1000;
    if (window > 0 && records.length < size) {
      await pauseUnless(() => stopping, window);
      records = await reader.read(readAtOnce);
    }
    const wanted = records.filter((r) => {
      if (ageOf(r) > kept) {
        counts.lost++;
        return false;
      }
      return fits(r);
    });
    counts.filtered += records.length - wanted.length;
    const byLane: StreamRecord[][] = Array.from({ length: lanes }, () => []);
    for (const record of wanted) byLane[laneOf(record, lanes)]?.push(record);
    const done = await Promise.all(byLane.map(lane));
    if (done.every((d) => d)) {
      counts.delivered += wanted.length;
      reader.mark(records);
    }
    return records.length;
  };

  const loop = async (): Promise<void> => {
    while (!stopping) {
      try {
        const since = performance.now();
        const found = await step();
        working = false;
        if (found === 0 && !stopping) await nap(quiet);
        const rest = paceAfter(found) - (performance.now() - since);
        if (found > 0 && rest > 0) await pauseUnless(() => stopping, rest);
      } catch (error) {
        if (stopping) return;
        lastError = String(error);
        log(`stream of ${table}: ${lastError}`);
        await nap(1_000);
      }
    }
  };
  const running = props.Enabled ? loop() : Promise.resolve();

  return {
    name: pool.spec.name,
    nudge: wake,
    status: async () => ({
      kind: 'stream',
      function: pool.spec.name,
      table,
      enabled: props.Enabled,
      behind: await reader.behind(readAtOnce),
      ...counts,
      lastError,
    }),
    pending: async () => {
      if (!props.Enabled) return undefined;
      if (working) return `${pool.spec.name}: works on stream records`;
      return (await reader.behind(1)) > 0 ? `${pool.spec.name}: stream records wait` : undefined;
    },
    stop: async () => {
      stopping = true;
      wake();
      await running;
    },
  };
};
