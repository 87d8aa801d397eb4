import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { accept } from '../accept.ts';
import type { Deployment } from '../deployment.ts';
import { scopeOf } from './function.ts';

/** The longest that SQS keeps a message: two weeks to read an alarm and redrive. */
const kept = Duration.days(14);

const queue = (stack: Stack, d: Deployment, job: string, id: string, name: string, more = {}): Queue =>
  new Queue(scopeOf(stack, job), id, {
    queueName: `${d.prefix}-${name}`,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: kept,
    ...more,
  });

/** Where a job's work ends that it could not do. Nothing consumes it but people and `npm run redrive`. */
export const deadLetters = (stack: Stack, d: Deployment, job: string): Queue => {
  const dead = queue(stack, d, job, 'Dead', `${job}-dead`);
  accept(dead, 'SQS3', 'It is itself the last stop; its alarm calls the operator.');
  return dead;
};

/**
 * A job's queue. A message stays hidden six times as long as the function may run, as Lambda asks, so that a
 * batch in work is not received again.
 */
export const workQueue = (
  stack: Stack,
  d: Deployment,
  job: string,
  timeoutSeconds: number,
  receives: number,
  dead: Queue,
): Queue =>
  queue(stack, d, job, 'Queue', job, {
    visibilityTimeout: Duration.seconds(6 * timeoutSeconds),
    deadLetterQueue: { queue: dead, maxReceiveCount: receives },
  });
