import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Local, startLocal } from '../local.ts';
import type { Resource } from '../template/model.ts';
import { casesTable, createBench, item } from '../testing.ts';

const bench = createBench();
let local: Local | undefined;
afterEach(async () => {
  await local?.stop();
  local = undefined;
});

/** Every function here tells the outbox what it saw, so that a test can ask. */
const tell = `const say = (text) => fetch(process.env.TELL + '/__local/channels/test', { method: 'POST', body: JSON.stringify({ text: String(text) }) });`;

const mapping = (fn: string, more: Readonly<Record<string, unknown>> = {}): Resource => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    EventSourceArn: { 'Fn::GetAtt': ['Cases', 'StreamArn'] },
    FunctionName: { Ref: fn },
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 10,
    ...more,
  },
});
const api: Readonly<Record<string, Resource>> = {
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'x', ProtocolType: 'HTTP' } },
};
const told = { Environment: { Variables: { TELL: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } } } };
const onlyCases = {
  FilterCriteria: {
    Filters: [
      { Pattern: JSON.stringify({ eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: ['CASE'] } } } }) },
    ],
  },
};

const start = async (resources: Readonly<Record<string, Resource>>, stateDir?: string): Promise<Local> => {
  local = await startLocal({
    stacks: [bench.stack({ ...api, ...casesTable, ...resources })],
    ...(stateDir === undefined ? {} : { stateDir }),
  });
  return local;
};
const put = (at: Local, ...args: Parameters<typeof item>) => at.runtime.engine.call('PutItem', item(...args));
const heard = (at: Local): string[] =>
  at.runtime.outbox
    .list(500)
    .map((m) => m.text)
    .reverse();

describe('a stream mapping', () => {
  it('hands over what its filter wants, and only that', async () => {
    const at = await start({
      Fn: bench.fn(
        'seen',
        `${tell} for (const r of event.Records) await say(r.dynamodb.Keys.pk.S + ' ' + r.eventSourceARN.split(':')[5]);`,
        told,
      ),
      Map: mapping('Fn', onlyCases),
    });
    await put(at, 'a');
    await put(at, 'a', 'TEXT#1');
    await put(at, 'b');
    await put(at, 'b', 'CASE', { n: { N: '2' } });
    await at.idle();
    expect(heard(at)).toEqual(['a table/test-cases/stream/local', 'b table/test-cases/stream/local']);
  });

  it('goes on after a restart where it stopped, and misses nothing written in between', async () => {
    const dir = join(bench.dir, 'state');
    const resources = {
      Fn: bench.fn('again', `${tell} for (const r of event.Records) await say(r.dynamodb.Keys.pk.S);`, told),
      Map: mapping('Fn'),
    };
    const first = await start(resources, dir);
    await put(first, 'before');
    await first.idle();
    await first.stop();
    const off = await start({ ...resources, Map: mapping('Fn', { Enabled: false }) }, dir);
    await put(off, 'between');
    await off.idle();
    await off.stop();
    const third = await start(resources, dir);
    await put(third, 'after');
    await third.idle();
    expect(heard(third)).toEqual(['before', 'between', 'after']);
  });

  it('gives one poisoned record up to its destination after the retries, and no other', async () => {
    const at = await start({
      Fn: bench.fn(
        'poison',
        `${tell} const bad = event.Records.find((r) => r.dynamodb.Keys.pk.S === 'bad'); if (bad) throw new Error('poison');
         for (const r of event.Records) await say(r.dynamodb.Keys.pk.S);`,
        told,
      ),
      Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
      Map: mapping('Fn', {
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Dead', 'Arn'] } } },
      }),
    });
    for (const pk of ['a', 'b', 'bad', 'c', 'd']) await put(at, pk);
    await at.idle();
    expect(heard(at)).toEqual(['a', 'b', 'c', 'd']);
    const { Messages } = (await at.runtime.queues.call('ReceiveMessage', {
      QueueUrl: `${at.runtime.queues.url}/000000000000/dead`,
      MaxNumberOfMessages: 10,
    })) as { Messages: { Body: string }[] };
    expect(Messages.map((m) => JSON.parse(m.Body) as object)).toMatchObject([
      {
        requestContext: { condition: 'RetryAttemptsExhausted' },
        DDBStreamBatchInfo: { batchSize: 1, startSequenceNumber: '3' },
      },
    ]);
  });

  it('comes again from the first item that was reported as failed', async () => {
    const at = await start({
      Fn: bench.fn(
        'partial',
        `${tell} await say(event.Records.map((r) => r.dynamodb.Keys.pk.S).join(''));
         globalThis.n = (globalThis.n ?? 0) + 1;
         return { batchItemFailures: globalThis.n === 1 && event.Records[2] ? [{ itemIdentifier: event.Records[2].dynamodb.SequenceNumber }] : [] };`,
        told,
      ),
      Map: mapping('Fn', {
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumBatchingWindowInSeconds: 1,
      }),
    });
    await Promise.all(['a', 'b', 'c', 'd'].map((pk) => put(at, pk)));
    await at.idle();
    const [all = '', rest] = heard(at);
    expect(all).toHaveLength(4);
    expect(rest).toBe(all.slice(2));
  });

  it('forgets records of more than a day ago: a 30-hour outage loses them, as on AWS', async () => {
    const resources = {
      Fn: bench.fn('late', `${tell} for (const r of event.Records) await say(r.dynamodb.Keys.pk.S);`, told),
    };
    const dir = join(bench.dir, 'outage');
    const off = await start({ ...resources, Map: mapping('Fn', { Enabled: false }) }, dir);
    await put(off, 'lost');
    // The stream tells seconds; the move must fall into a later one.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    off.clock.move('+30h');
    await put(off, 'kept');
    await off.stop();
    const at = await start({ ...resources, Map: mapping('Fn') }, dir);
    await at.idle();
    expect(heard(at)).toEqual(['kept']);
  });
});

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
    await expect(at.idle(1)).rejects.toThrow('hidden');
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
