import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Resource } from '../template/model.ts';
import { createBench } from '../testing.ts';
import { heard, put, startCases, tell, told } from '../testing-events.ts';

const bench = createBench();
const { start, stop } = startCases(bench);
afterEach(stop);
afterAll(() => bench.remove());

describe('a queue mapping', () => {
  const queue = (receives: number): Record<string, Resource> => ({
    Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'work',
        VisibilityTimeout: 60,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: receives },
      },
    },
    Map: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
        FunctionName: { Ref: 'Fn' },
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
  });

  it('keeps what failed hidden; a moved clock shows it again, and after so many receives it is a dead letter', async () => {
    const at = await start({
      ...queue(2),
      Fn: bench.fn(
        'work',
        `${tell} await say(event.Records.map((r) => r.body).sort().join());
         return { batchItemFailures: event.Records.filter((r) => r.body === 'bad').map((r) => ({ itemIdentifier: r.messageId })) };`,
        told,
      ),
    });
    at.runtime.queues.send('work', 'bad');
    await expect(at.idle(1)).rejects.toThrow('1 in flight, 1 hidden after a failure');
    at.clock.move('+2m');
    // Shown again after a second, since the emulator cannot persist a timeout of 0.
    await expect(at.idle(4)).rejects.toThrow('hidden');
    at.clock.move('+2m');
    await at.idle();
    expect(heard(at)).toEqual(['bad', 'bad']);
    expect(at.runtime.queues.depth('dead')).toEqual({ ready: 1, delayed: 0, inflight: 0 });
  });

  it('a worker that is killed in the middle hands its message to the next', async () => {
    const at = await start({
      ...queue(5),
      Fn: bench.fn(
        'killed',
        `${tell} await say('begun'); await new Promise((r) => setTimeout(r, 400)); await say('done');`,
        told,
      ),
    });
    at.runtime.queues.send('work', 'x');
    while (heard(at).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(at.runtime.functions.find('killed')?.kill()).toBe(1);
    await expect(at.idle(1)).rejects.toThrow('hidden');
    at.clock.move('+2m');
    await at.idle();
    expect(heard(at)).toEqual(['begun', 'begun', 'done']);
  });
});

describe('a schedule', () => {
  it('fires once for what was due while the clock jumped, and is not fired again by a clock set back', async () => {
    const at = await start({
      Fn: bench.fn('timed', `${tell} await say(event.due ?? event.time);`, told),
      Daily: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          Name: 'daily',
          ScheduleExpression: 'cron(30 7 * * ? *)',
          ScheduleExpressionTimezone: 'Asia/Jakarta',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: {
            Arn: { 'Fn::GetAtt': ['Fn', 'Arn'] },
            RoleArn: 'x',
            Input: '{"due":"<aws.scheduler.scheduled-time>"}',
          },
        },
      },
    });
    at.clock.move('2030-01-01T00:00+07:00');
    await at.idle();
    at.runtime.outbox.clear();
    at.clock.move('2030-01-03T12:00+07:00');
    await at.idle();
    at.clock.move('-1h');
    await at.idle();
    expect(heard(at)).toEqual(['2030-01-03T00:30:00Z']);
  });
});

describe('expiry', () => {
  it('deletes what has expired by the moved clock, and nothing else', async () => {
    const at = await start({});
    const inAnHour = { expires: { N: String(Math.floor(Date.now() / 1000) + 3_600) } };
    await put(at, 'short', 'QUOTA', inAnHour);
    await put(at, 'long', 'CASE');
    at.clock.move('+2h');
    await at.idle();
    const { Items } = (await at.runtime.engine.call('Scan', { TableName: 'test-cases' })) as {
      Items: { pk: { S: string } }[];
    };
    expect(Items.map((i) => i.pk.S)).toEqual(['long']);
  });
});
