import type { Pool } from '../functions/pool.ts';
import type { Outcome } from '../functions/worker.ts';
import type { MovedClock } from '../moved.ts';
import type { MessageAttribute, Queues, Received } from '../services/queues.ts';
import { account, region } from '../template/kind.ts';
import type { Loaded } from '../template/load.ts';
import { type Json, matches } from './pattern.ts';
import { failuresIn, pause, type Source } from './source.ts';

export interface QueueParts {
  readonly mapping: Loaded<'AWS::Lambda::EventSourceMapping'>;
  readonly queue: Loaded<'AWS::SQS::Queue'>;
  readonly pool: Pool;
  readonly patterns: readonly Json[];
  readonly queues: Queues;
  readonly instances: number;
  readonly clock: MovedClock;
  readonly log: (line: string) => void;
}

const attributeFor = ({ DataType, StringValue, BinaryValue }: MessageAttribute) => ({
  ...(StringValue === undefined ? {} : { stringValue: StringValue }),
  ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
  stringListValues: [],
  binaryListValues: [],
  dataType: DataType,
});

const recordFor = (m: Received, arn: string) => ({
  messageId: m.MessageId,
  receiptHandle: m.ReceiptHandle,
  body: m.Body,
  attributes: m.Attributes ?? {},
  messageAttributes: Object.fromEntries(
    Object.entries(m.MessageAttributes ?? {}).map(([name, a]) => [name, attributeFor(a)]),
  ),
  md5OfBody: m.MD5OfBody,
  ...(m.MD5OfMessageAttributes === undefined ? {} : { md5OfMessageAttributes: m.MD5OfMessageAttributes }),
  eventSource: 'aws:sqs',
  eventSourceARN: arn,
  awsRegion: region,
});

const bodyOf = (m: Received): unknown => {
  try {
    return JSON.parse(m.Body);
  } catch {
    return m.Body;
  }
};

/** One SQS mapping: batches, partial failures, as many at once as workers and the mapping allow. */
export const startQueue = (parts: QueueParts): Source => {
  const { mapping, queue, pool, patterns, queues, clock, log } = parts;
  const { props } = mapping;
  const url = `${queues.url}/${account}/${queue.name}`;
  const size = props.BatchSize ?? 10;
  const window = props.MaximumBatchingWindowInSeconds;
  const reportsItems = props.FunctionResponseTypes.includes('ReportBatchItemFailures');
  const counts = { delivered: 0, filtered: 0, failures: 0 };
  /** Messages that failed, until the queue shows them again (milliseconds, moved). */
  const hidden = new Map<string, number>();
  let stopping = false;

  const receive = async (most: number, wait: number): Promise<readonly Received[]> => {
    const answer = await queues.call('ReceiveMessage', {
      QueueUrl: url,
      MaxNumberOfMessages: Math.min(10, most),
      WaitTimeSeconds: wait,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return (answer['Messages'] as readonly Received[] | undefined) ?? [];
  };

  const gather = async (): Promise<readonly Received[]> => {
    const batch = [...(await receive(size, 20))];
    const until = performance.now() + window * 1000;
    while (batch.length > 0 && batch.length < size && !stopping) {
      const left = Math.ceil((until - performance.now()) / 1000);
      const more = await receive(size - batch.length, Math.max(0, Math.min(20, left)));
      batch.push(...more);
      if (more.length === 0 && left <= 0) break;
    }
    return batch;
  };

  const remove = async (messages: readonly Received[]): Promise<void> => {
    for (let i = 0; i < messages.length; i += 10)
      await queues.call('DeleteMessageBatch', {
        QueueUrl: url,
        Entries: messages.slice(i, i + 10).map((m, n) => ({ Id: String(n), ReceiptHandle: m.ReceiptHandle })),
      });
  };

  const show = (handle: string): Promise<unknown> =>
    queues.call('ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle: handle, VisibilityTimeout: 1 });

  const fits = (m: Received): boolean =>
    patterns.length === 0 ||
    patterns.some((p) => matches(p, { body: bodyOf(m), messageAttributes: m.MessageAttributes }));

  const invoke = async (batch: readonly Received[]): Promise<Outcome | undefined> => {
    const event = JSON.stringify({ Records: batch.map((m) => recordFor(m, queue.arn)) });
    for (let tries = 0; tries < 20 && !stopping; tries++) {
      const outcome = await pool.invoke(event);
      if (outcome !== undefined) return outcome;
      await pause(100);
    }
    return undefined;
  };

  const failedOf = (batch: readonly Received[], outcome: Outcome | undefined): readonly Received[] => {
    if (outcome?.ok !== true) return batch;
    if (!reportsItems) return [];
    const ids = failuresIn(outcome);
    return ids === undefined ? batch : batch.filter((m) => ids.includes(m.MessageId));
  };

  const step = async (): Promise<void> => {
    const batch = await gather();
    const wanted = batch.filter(fits);
    const unwanted = batch.filter((m) => !wanted.includes(m));
    counts.filtered += unwanted.length;
    if (unwanted.length > 0) await remove(unwanted);
    if (wanted.length === 0) return;
    const failed = failedOf(wanted, await invoke(wanted));
    if (stopping && failed.length === wanted.length) return;
    counts.delivered += wanted.length - failed.length;
    counts.failures += failed.length;
    const due = clock.now() + queue.props.VisibilityTimeout * 1000;
    for (const m of failed) hidden.set(m.ReceiptHandle, due);
    for (const [handle, at] of hidden) if (at < clock.now()) hidden.delete(handle);
    await remove(wanted.filter((m) => !failed.includes(m)));
  };

  const loop = async (): Promise<void> => {
    while (!stopping) {
      try {
        await step();
      } catch (error) {
        if (stopping) return;
        log(`queue ${queue.name}: ${String(error)}`);
        await pause(500);
      }
    }
  };
  // A moved clock passes over the wait for a failed message too.
  clock.onMove((_before, after) => {
    for (const [handle, due] of hidden)
      if (due <= after) {
        hidden.delete(handle);
        show(handle).catch(() => {});
      }
  });

  const loops = Math.max(1, Math.min(props.ScalingConfig?.MaximumConcurrency ?? 5, parts.instances));
  if (props.Enabled) for (let i = 0; i < loops; i++) void loop();

  return {
    name: pool.spec.name,
    status: async () => ({
      kind: 'queue',
      function: pool.spec.name,
      queue: queue.name,
      enabled: props.Enabled,
      ...queues.depth(queue.name),
      ...counts,
      hiddenAfterFailure: hidden.size,
    }),
    pending: async () => {
      if (!props.Enabled) return undefined;
      const { ready, delayed, inflight } = queues.depth(queue.name);
      if (ready + delayed + inflight === 0) return undefined;
      const waiting = hidden.size === 0 ? '' : `, ${hidden.size} hidden after a failure`;
      return `${queue.name}: ${ready} ready, ${delayed} delayed, ${inflight} in flight${waiting}`;
    },
    // The emulator ends the open receives when it stops.
    stop: async () => {
      stopping = true;
    },
  };
};
