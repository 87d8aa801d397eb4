import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { type PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, CfnEventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { SubscriptionFilter, type Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Stack } from 'aws-cdk-lib/core';
import type { Deployment } from '../deployment.ts';
import { allow } from '../grants.ts';
import type { Job, JobName, Trigger } from '../jobs.ts';
import { scopeOf } from './function.ts';
import { mailEvents } from './mail-events.ts';
import { deadLetters, workQueue } from './queues.ts';

/** A job's trigger before its function is made: queues first, because the function's role names them. */
export interface Wiring {
  readonly dead: Queue | undefined;
  readonly statements: readonly PolicyStatement[];
  readonly connect: (fn: IFunction) => void;
}

export interface Sources {
  readonly cases: Table;
  readonly caseEvents: Topic;
  /** Where uploads arrive. */
  readonly incoming: IBucket;
}

type On<K extends Trigger['on']> = Extract<Trigger, { on: K }>;

/** Both consumers of the stream want case items that are new or changed; one also counts who joins a case. */
const wanted = (also: readonly string[]) => ({
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: { Keys: { sk: { S: ['CASE', ...also.map((prefix) => ({ prefix }))] } } },
});

const stream = (stack: Stack, job: JobName, t: On<'stream'>, { cases }: Sources, dead: Queue): Wiring => {
  const arn = cases.tableStreamArn;
  if (arn === undefined) throw new Error('the case table has no stream');
  return {
    dead,
    statements: [
      allow(
        ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((a) => `dynamodb:${a}`),
        [arn],
      ),
      allow(['sqs:SendMessage'], [dead.queueArn]),
    ],
    connect: (fn) => {
      new CfnEventSourceMapping(scopeOf(stack, job), 'Mapping', {
        functionName: fn.functionName,
        eventSourceArn: arn,
        // From the oldest record: a mapping made anew loses nothing that the stream still has.
        startingPosition: 'TRIM_HORIZON',
        batchSize: t.batch,
        parallelizationFactor: t.parallel,
        bisectBatchOnFunctionError: true,
        maximumRetryAttempts: t.retries,
        maximumRecordAgeInSeconds: t.maxAgeSeconds,
        functionResponseTypes: ['ReportBatchItemFailures'],
        filterCriteria: { filters: [{ pattern: JSON.stringify(wanted(t.also ?? [])) }] },
        destinationConfig: { onFailure: { destination: dead.queueArn } },
      });
    },
  };
};

const filters = (t: On<'topic' | 'upload'>): Record<string, SubscriptionFilter> =>
  Object.fromEntries(
    Object.entries(t.filter).map(([attribute, wants]) => [
      attribute,
      'exists' in wants
        ? SubscriptionFilter.existsFilter()
        : SubscriptionFilter.numericFilter({ greaterThan: wants.above }),
    ]),
  );

/** Objects that arrive in a bucket go into the queue: the bucket tells EventBridge, a rule passes it on. */
const arrivals = (stack: Stack, name: JobName, bucket: IBucket, queue: Queue): void => {
  const rule = new CfnRule(scopeOf(stack, name), 'Arrivals', {
    eventPattern: {
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: [bucket.bucketName] } },
    },
    targets: [{ id: 'queue', arn: queue.queueArn }],
  });
  const send = allow(['sqs:SendMessage'], [queue.queueArn], { 'aws:SourceArn': rule.attrArn });
  send.addPrincipals(new ServicePrincipal('events.amazonaws.com'));
  queue.addToResourcePolicy(send);
};

/** Lambda takes from the queue by itself. */
const taking = (
  stack: Stack,
  name: JobName,
  t: On<'topic' | 'upload' | 'mail'>,
  queue: Queue,
  dead: Queue,
): Wiring => ({
  dead,
  statements: [
    allow(
      ['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map((a) => `sqs:${a}`),
      [queue.queueArn],
    ),
  ],
  connect: (fn) => {
    new CfnEventSourceMapping(scopeOf(stack, name), 'Mapping', {
      functionName: fn.functionName,
      eventSourceArn: queue.queueArn,
      batchSize: t.batch,
      ...(t.on === 'topic' && t.windowSeconds !== undefined
        ? { maximumBatchingWindowInSeconds: t.windowSeconds }
        : {}),
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: t.concurrency },
    });
  },
});

const mail = (stack: Stack, d: Deployment, name: JobName, job: Job, t: On<'mail'>, dead: Queue): Wiring => {
  const queue = workQueue(stack, d, name, job.timeoutSeconds, t.receives, dead);
  mailEvents(stack, d, name, queue);
  return taking(stack, name, t, queue, dead);
};

const topic = (
  stack: Stack,
  d: Deployment,
  name: JobName,
  job: Job,
  t: On<'topic' | 'upload'>,
  { caseEvents, incoming }: Sources,
  dead: Queue,
): Wiring => {
  const queue = workQueue(stack, d, name, job.timeoutSeconds, t.receives, dead);
  if (t.on === 'upload') arrivals(stack, name, incoming, queue);
  caseEvents.addSubscription(
    new SqsSubscription(queue, { rawMessageDelivery: true, filterPolicy: filters(t) }),
  );
  return taking(stack, name, t, queue, dead);
};

/** A scheduled run is an asynchronous call: what becomes of one that fails is the function's to say. */
const schedule = (stack: Stack, job: JobName, t: On<'schedule'>, dead: Queue | undefined): Wiring => ({
  dead,
  statements: dead === undefined ? [] : [allow(['sqs:SendMessage'], [dead.queueArn])],
  connect: (fn) => {
    new CfnEventInvokeConfig(scopeOf(stack, job), 'Retries', {
      functionName: fn.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: t.retries,
      maximumEventAgeInSeconds: dead === undefined ? 60 : 3600,
      ...(dead === undefined ? {} : { destinationConfig: { onFailure: { destination: dead.queueArn } } }),
    });
  },
});

export const wire = (stack: Stack, d: Deployment, name: JobName, job: Job, sources: Sources): Wiring => {
  const { trigger } = job;
  const dead = () => deadLetters(stack, d, name);
  switch (trigger.on) {
    case 'stream':
      return stream(stack, name, trigger, sources, dead());
    case 'topic':
    case 'upload':
      return topic(stack, d, name, job, trigger, sources, dead());
    case 'mail':
      return mail(stack, d, name, job, trigger, dead());
    case 'schedule':
      return schedule(stack, name, trigger, trigger.retries === 0 ? undefined : dead());
  }
};
