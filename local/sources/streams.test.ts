import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Resource } from '../template/model.ts';
import { createBench } from '../testing.ts';
import { heard, put, startCases, tell, told } from '../testing-events.ts';

const bench = createBench();
const { start, stop } = startCases(bench);
afterEach(stop);
afterAll(() => bench.remove());

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
const onlyCases = {
  FilterCriteria: {
    Filters: [
      { Pattern: JSON.stringify({ eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: ['CASE'] } } } }) },
    ],
  },
};

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
