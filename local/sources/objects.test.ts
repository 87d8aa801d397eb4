import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Resource } from '../template/model.ts';
import { createBench } from '../testing.ts';
import { heard, startCases, tell, told } from '../testing-events.ts';

const bench = createBench();
const { start, stop } = startCases(bench);
afterEach(stop);
afterAll(() => bench.remove());

const of = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const resources = (pattern: object): Record<string, Resource> => ({
  Incoming: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'incoming',
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    },
  },
  Quiet: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'quiet' } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work', VisibilityTimeout: 60 } },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: { EventPattern: pattern, Targets: [{ Id: 'queue', Arn: of('Queue') }] },
  },
  Map: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: of('Queue'), FunctionName: { Ref: 'Fn' }, BatchSize: 1 },
  },
  Fn: bench.fn(
    'arrivals',
    `${tell} for (const r of event.Records) { const e = JSON.parse(r.body);
       await say([e.source, e['detail-type'], e.detail.bucket.name, e.detail.object.key].join(' ')); }`,
    told,
  ),
});
const created = {
  source: ['aws.s3'],
  'detail-type': ['Object Created'],
  detail: { bucket: { name: ['incoming'] } },
};
type Running = Awaited<ReturnType<typeof start>>;
const post = async ({ runtime }: Running, bucket: string, key: string): Promise<void> => {
  const form = new FormData();
  form.append('key', key);
  form.append('file', new Blob(['x']));
  await fetch(`${runtime.queues.url}/${bucket}`, { method: 'POST', body: form });
};

describe('a rule on what arrives in a bucket', () => {
  it('passes each object on to its queue, of the buckets that tell and match', async () => {
    const at = await start(resources(created));
    await post(at, 'incoming', 'incoming/one');
    await post(at, 'quiet', 'incoming/two');
    await fetch(`${at.runtime.queues.url}/incoming/incoming/three`, { method: 'PUT', body: 'x' });
    await at.idle();
    expect(heard(at).sort()).toEqual([
      'aws.s3 Object Created incoming incoming/one',
      'aws.s3 Object Created incoming incoming/three',
    ]);
  });

  it('tells again at the next start of what lies there: the moment before may have been the last', async () => {
    const state = join(bench.dir, 'state');
    await post(await start(resources(created), state), 'incoming', 'incoming/one');
    await stop();
    const at = await start(resources(created), state);
    await at.idle();
    expect(heard(at)).toContain('aws.s3 Object Created incoming incoming/one');
  });

  it('stops the start with a pattern that nobody here can judge', async () => {
    await expect(start(resources({ detail: { object: { size: [{ cidr: '1' }] } } }))).rejects.toThrow(
      'operator cidr of size',
    );
  });
});
