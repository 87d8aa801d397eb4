import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { jobNames, jobs } from '../../lib/jobs.ts';
import { plain, readable } from '../readable.ts';
import { ofType, production, root, templates } from '../synth.ts';

const { data, app } = templates();
const stacks = [data, app];
const properties = (type: string, id: string) =>
  ofType(app, type).find(([logical]) => plain(logical) === id)?.[1].Properties;

const queues = ofType(app, 'AWS::SQS::Queue');
const redrive = z.object({ deadLetterTargetArn: z.unknown(), maxReceiveCount: z.number() });
const deadLetterOf = (p: Readonly<Record<string, unknown>>): string | undefined => {
  const read = redrive.safeParse(p['RedrivePolicy']);
  return read.success ? readable(read.data.deadLetterTargetArn, stacks) : undefined;
};
const alarm = z.object({
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
});
const alarms = ofType(app, 'AWS::CloudWatch::Alarm').map(
  ([id, r]) => [plain(id), alarm.parse(r.Properties)] as const,
);
const watched = (metric: string): string[] =>
  alarms
    .filter(([, a]) => a.MetricName === metric)
    .map(([, a]) => readable(a.Dimensions[0]?.Value, stacks).replace('.QueueName', ''))
    .sort();

describe('queues', () => {
  const dead = queues.map(([id]) => plain(id)).filter((id) => id.endsWith('Dead'));

  it('each have dead letters, unless they are dead letters', () => {
    const ends = queues.map(([id, r]) => [plain(id), deadLetterOf(r.Properties)]);
    expect(Object.fromEntries(ends)).toEqual({
      ArchiveQueue: 'ArchiveDead',
      DeliverQueue: 'DeliverDead',
      ExportQueue: 'ExportDead',
      FanoutQueue: 'FanoutDead',
      FeedbackQueue: 'FeedbackDead',
      PublishQueue: 'PublishDead',
      IndexQueue: 'IndexDead',
      InspectPhotoQueue: 'InspectPhotoDead',
      PartsQueue: 'PartsDead',
      ...Object.fromEntries(dead.map((id) => [id, undefined])),
    });
  });

  it('alarm on every dead letter', () => {
    expect(watched('ApproximateNumberOfMessagesVisible')).toEqual([...dead].sort());
  });

  it('are encrypted, refuse plain HTTP and keep a message two weeks', () => {
    for (const [id, { Properties }] of queues) {
      expect(Properties, id).toMatchObject({
        SqsManagedSseEnabled: true,
        MessageRetentionPeriod: 14 * 86_400,
      });
      const policy = properties('AWS::SQS::QueuePolicy', `${plain(id)}Policy`);
      expect(JSON.stringify(policy), id).toContain('"aws:SecureTransport":"false"');
    }
  });

  it.each([
    'deliver',
    'archive',
  ] as const)('hide a message of %s six times as long as the function may run', (job) => {
    const scope = job === 'deliver' ? 'Deliver' : 'Archive';
    expect(properties('AWS::SQS::Queue', `${scope}Queue`)?.['VisibilityTimeout']).toBe(
      6 * jobs[job].timeoutSeconds,
    );
  });
});

describe('what starts the jobs', () => {
  it.each([
    ['Relay', 'cases', '"CASE"'],
    ['Project', 'cases and supporters', '"CASE",{"prefix":"SUP#"}'],
  ])('%s reads new and changed %s off the stream, bounded and with an end', (job, _, sk) => {
    const mapping = properties('AWS::Lambda::EventSourceMapping', `${job}Mapping`);
    expect(readable(mapping?.['EventSourceArn'], stacks)).toBe('Cases.StreamArn');
    expect(mapping).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      StartingPosition: 'TRIM_HORIZON',
      MaximumRetryAttempts: expect.any(Number),
      MaximumRecordAgeInSeconds: 6 * 3600,
      FilterCriteria: {
        Filters: [{ Pattern: `{"eventName":["INSERT","MODIFY"],"dynamodb":{"Keys":{"sk":{"S":[${sk}]}}}}` }],
      },
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [expect.stringContaining(`${job}Dead`), 'Arn'] } },
      },
    });
    expect(mapping?.['ParallelizationFactor']).toBeLessThanOrEqual(10);
  });

  it('nothing else reads the stream, which serves two readers a shard', () => {
    const readers = ofType(app, 'AWS::Lambda::EventSourceMapping').filter(([, r]) =>
      readable(r.Properties['EventSourceArn'], stacks).includes('StreamArn'),
    );
    expect(readers).toHaveLength(2);
  });

  it.each([
    ['Deliver', { severity: [{ exists: true }] }],
    ['Archive', { inline: [{ numeric: ['>', 8] }] }],
    ['InspectPhoto', { files: [{ exists: true }] }],
    ['Parts', { relations: [{ exists: true }] }],
    ['Export', { export: [{ exists: true }] }],
  ])('%s takes raw messages of the topic that pass its filter', (job, FilterPolicy) => {
    const subscription = ofType(app, 'AWS::SNS::Subscription').find(
      ([, r]) => readable(r.Properties['Endpoint'], stacks) === `${job}Queue`,
    )?.[1].Properties;
    expect(subscription).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true, FilterPolicy });
    expect(readable(subscription?.['TopicArn'], stacks)).toBe('CaseEvents');
    const mapping = properties('AWS::Lambda::EventSourceMapping', `${job}Mapping`);
    expect(readable(mapping?.['EventSourceArn'], stacks)).toBe(`${job}Queue`);
    expect(mapping).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: expect.any(Number) },
    });
  });

  it('inspect-photo hears of every object that arrives, and of nothing that is served', () => {
    const rules = ofType(app, 'AWS::Events::Rule')
      .filter(([id]) => plain(id).startsWith('InspectPhoto'))
      .map(([, { Properties: p }]) => p);
    expect(rules).toHaveLength(1);
    expect(rules[0]).toMatchObject({
      EventPattern: { source: ['aws.s3'], 'detail-type': ['Object Created'] },
    });
    const { detail } = rules[0]?.['EventPattern'] as { detail: { bucket: { name: unknown[] } } };
    expect(detail.bucket.name.map((name) => readable(name, stacks))).toEqual(['Incoming']);
    const [target] = rules[0]?.['Targets'] as { Arn: unknown }[];
    expect(readable(target?.Arn, stacks)).toBe('InspectPhotoQueue');
    const policy = JSON.stringify(properties('AWS::SQS::QueuePolicy', 'InspectPhotoQueuePolicy'));
    expect(policy).toContain('events.amazonaws.com');
    expect(policy).toContain('aws:SourceArn');
  });

  it('feedback hears what became of tracked mail, without an address', () => {
    const rules = ofType(app, 'AWS::Events::Rule')
      .filter(([id]) => plain(id).startsWith('Feedback'))
      .map(([, { Properties: p }]) => p);
    expect(rules).toHaveLength(2);
    for (const rule of rules) {
      expect(rule).toMatchObject({
        EventPattern: {
          source: ['aws.ses'],
          detail: { mail: { tags: { 'ses:configuration-set': ['lapau-padang-panjang-dev-mail'] } } },
        },
      });
      const [target] = rule['Targets'] as {
        Arn: unknown;
        InputTransformer: { InputPathsMap: Readonly<Record<string, string>>; InputTemplate: string };
      }[];
      expect(readable(target?.Arn, stacks)).toBe('FeedbackQueue');
      const paths = Object.values(target?.InputTransformer.InputPathsMap ?? {});
      expect(paths.join(' ')).not.toMatch(/destination|recipient|headers|source/i);
    }
    expect(properties('AWS::SES::ConfigurationSetEventDestination', 'FeedbackEvents')).toMatchObject({
      EventDestination: { Enabled: true, MatchingEventTypes: ['DELIVERY', 'BOUNCE', 'COMPLAINT', 'REJECT'] },
    });
  });

  it("sweep, rounds and announce run every minute, recompute and later every five; digest and reconcile in the city's own morning and night", () => {
    const times = ofType(app, 'AWS::Scheduler::Schedule').map(([id, { Properties: p }]) => [
      plain(id),
      p['ScheduleExpression'],
      p['ScheduleExpressionTimezone'],
    ]);
    expect(times.sort()).toEqual([
      ['AnnounceSchedule', 'rate(1 minute)', 'Asia/Jakarta'],
      ['AvailabilitySchedule', 'rate(10 minutes)', 'Asia/Jakarta'],
      ['DigestSchedule', 'cron(30 7 * * ? *)', 'Asia/Jakarta'],
      ['LaterSchedule', 'rate(5 minutes)', 'Asia/Jakarta'],
      ['RecomputeSchedule', 'rate(5 minutes)', 'Asia/Jakarta'],
      ['ReconcileSchedule', 'cron(10 2 * * ? *)', 'Asia/Jakarta'],
      ['RoundsSchedule', 'rate(1 minute)', 'Asia/Jakarta'],
      ['SweepSchedule', 'rate(1 minute)', 'Asia/Jakarta'],
    ]);
  });

  it('a failed sweep, rounds, announce, recompute or later is not tried again, because the next run is; the others end as dead letters', () => {
    const retries = ofType(app, 'AWS::Lambda::EventInvokeConfig').map(([id, { Properties: p }]) => [
      plain(id),
      p['MaximumRetryAttempts'],
      p['DestinationConfig'] !== undefined,
    ]);
    expect(retries.sort()).toEqual([
      ['AnnounceRetries', 0, false],
      ['AvailabilityRetries', 0, false],
      ['DigestRetries', 2, true],
      ['LaterRetries', 0, false],
      ['RecomputeRetries', 0, false],
      ['ReconcileRetries', 1, true],
      ['RoundsRetries', 0, false],
      ['SweepRetries', 0, false],
    ]);
  });
});

describe('alarms', () => {
  it('say who is hurt and name a section of the runbook, and reach the operators', () => {
    const runbook = join(root, 'docs', 'runbook.md');
    const sections = existsSync(runbook) ? readFileSync(runbook, 'utf8').match(/^## .+$/gm) : undefined;
    for (const [id, a] of alarms) {
      const section = /^padang-panjang dev: .{20,}\. Read docs\/runbook\.md, (.+)\.$/.exec(
        a.AlarmDescription,
      )?.[1];
      expect(section, id).toBeDefined();
      if (sections !== undefined) expect(sections, id).toContain(`## ${section}`);
      expect(
        a.AlarmActions.map((x) => readable(x, stacks)),
        id,
      ).toEqual(['Alarms']);
    }
  });

  it('watch every job for errors, both stream readers for lag, sweep, rounds, announce, recompute and later for silence', () => {
    const fn = (name: string) =>
      `${name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase())}Function`;
    expect(watched('Errors')).toEqual(jobNames.map(fn).sort());
    expect(watched('IteratorAge')).toEqual(['ProjectFunction', 'RelayFunction']);
    expect(watched('Invocations')).toEqual([
      'AnnounceFunction',
      'AvailabilityFunction',
      'LaterFunction',
      'RecomputeFunction',
      'RoundsFunction',
      'SweepFunction',
    ]);
  });

  it('watch every HTTP function by what the API answers', () => {
    expect(watched('5xx')).toEqual(['Api']);
  });

  it.each([
    ['UnreachableUnit', 'Deliver', 'unreachable unit', 'unreachable-unit'],
    ['LongTimeline', 'Archive', 'long inline timeline', 'long-timeline'],
    ['NotRecomputed', 'Recompute', 'cases not recomputed', 'not-recomputed'],
    ['VacantRung', 'Sweep', 'nobody above a late case', 'vacant-rung'],
    ['SweepLate', 'Sweep', 'swept', 'sweep-late', '$.late'],
  ])('%s is counted in the log of %s: no metric is paid for by unit or case', (id, job, message, name, value = '1') => {
    const filters = ofType(app, 'AWS::Logs::MetricFilter');
    expect(filters).toHaveLength(5);
    const filter = filters.find(([logical]) => plain(logical) === `Alarm${id}`)?.[1].Properties;
    const metric = `lapau-padang-panjang-dev-${name}`;
    expect(filter).toMatchObject({
      FilterPattern: `{ $.message = "${message}" }`,
      LogGroupName: { Ref: expect.stringContaining(`${job}Logs`) },
      MetricTransformations: [{ MetricNamespace: 'Lapau', MetricName: metric, MetricValue: value }],
    });
    const watching = alarms.filter(([, a]) => a.MetricName === metric);
    expect(watching.map(([alarmed, a]) => [alarmed, a.Dimensions])).toEqual([
      [`Alarm${name.replaceAll('-', '')}`, []],
    ]);
  });

  it('call the operators of production by email', () => {
    const emails = ofType(templates(production).app, 'AWS::SNS::Subscription').filter(
      ([, r]) => r.Properties['Protocol'] === 'email',
    );
    expect(emails.map(([, r]) => r.Properties['Endpoint'])).toEqual([production.alarmEmail]);
  });
});
