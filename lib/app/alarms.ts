import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { allow } from '../grants.ts';
import type { Job } from '../jobs.ts';

/** A section of docs/runbook.md, by its heading. The infrastructure test looks each of them up. */
export type Section =
  | 'The API answers with errors'
  | 'A job fails'
  | 'Dead letters'
  | 'A consumer lags behind'
  | 'A unit cannot be reached'
  | 'A timeline stays long'
  | 'Deadlines were not computed anew'
  | 'Nobody stands above a late case'
  | 'Deadlines pass unnoticed';

export interface Alarms {
  readonly apiErrors: (metric: IMetric) => void;
  readonly job: (name: string, job: Job, fn: Lambda, dead: Queue | undefined) => void;
  readonly unreachable: (logs: ILogGroup) => void;
  readonly longTimeline: (logs: ILogGroup) => void;
  readonly notRecomputed: (logs: ILogGroup) => void;
  readonly sweep: (logs: ILogGroup) => void;
}

const minutes = (n: number): { readonly period: Duration } => ({ period: Duration.minutes(n) });

/** The message that `deliver` logs when nobody of a unit can be told; a test of the job pins it. */
export const unreachableMessage = 'unreachable unit';
/** The message that `archive` logs of a case that needs it more than once; a test of the job pins it. */
export const longTimelineMessage = 'long inline timeline';
/** The message that `recompute` logs when it gives up on cases; a test of the job pins it. */
export const notRecomputedMessage = 'cases not recomputed';
/** The message that `sweep` logs when a case climbed past a rung on which nobody stands; a test of the job pins it. */
export const vacantMessage = 'nobody above a late case';
/** The line in which each run of `sweep` says what it left, and for how many seconds that has been due. */
export const sweptMessage = 'swept';

/** Alarms and the topic that carries them to the operators. Each says who is hurt and where to read on. */
export const alarms = (stack: Stack, d: Deployment): Alarms => {
  const topic = new Topic(stack, 'Alarms', { topicName: `${d.prefix}-alarms`, enforceSSL: true });
  const publish = allow(['sns:Publish'], [topic.topicArn], { 'aws:SourceAccount': stack.account });
  publish.addPrincipals(new ServicePrincipal('cloudwatch.amazonaws.com'));
  topic.addToResourcePolicy(publish);
  if (d.alarmEmail !== undefined) topic.addSubscription(new EmailSubscription(d.alarmEmail));
  const action = new SnsAction(topic);
  const scope = new Construct(stack, 'Alarm');
  const named = (id: string, hurts: string, read: Section) => ({
    alarmName: `${d.prefix}-${id}`,
    alarmDescription: `${d.city} ${d.stage}: ${hurts}. Read docs/runbook.md, ${read}.`,
  });
  const alarm = (
    id: string,
    metric: IMetric,
    above: number,
    periods: number,
    hurts: string,
    read: Section,
  ): void => {
    new Alarm(scope, id, {
      ...named(id, hurts, read),
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      // No traffic is no news: a quiet city must not ring at night.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(action);
  };
  /** A job without dead letters leaves no trace when nothing starts it: its silence is the sign. */
  const silent = (name: string, { hurts }: Job, fn: Lambda): void => {
    const id = `${name}-silent`;
    new Alarm(scope, id, {
      ...named(id, hurts, 'A job fails'),
      metric: fn.metricInvocations({ ...minutes(15), statistic: 'sum' }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.BREACHING,
    }).addAlarmAction(action);
  };
  /** What a job's lines say. One metric for the whole city: which unit or case it is stands in the log. */
  const counted = (
    id: string,
    name: string,
    message: string,
    logs: ILogGroup,
    metricValue: string,
    statistic: string,
  ): IMetric => {
    const metric = { namespace: 'Lapau', metricName: `${d.prefix}-${name}` };
    new MetricFilter(scope, id, {
      logGroup: logs,
      filterPattern: FilterPattern.stringValue('$.message', '=', message),
      metricNamespace: metric.namespace,
      metricName: metric.metricName,
      metricValue,
    });
    return new Metric({ ...metric, ...minutes(5), statistic });
  };
  /** Rings when a job logs a message. */
  const said = (
    id: string,
    name: string,
    message: string,
    logs: ILogGroup,
    hurts: string,
    read: Section,
  ): void => alarm(name, counted(id, name, message, logs, '1', 'sum'), 0, 1, hurts, read);
  return {
    apiErrors: (metric) =>
      alarm('api-errors', metric, 4, 1, 'citizens and officers get errors', 'The API answers with errors'),
    job: (name, job, fn, dead) => {
      if (dead === undefined) silent(name, job, fn);
      else
        alarm(
          `${name}-dead`,
          dead.metricApproximateNumberOfMessagesVisible({ ...minutes(5), statistic: 'max' }),
          0,
          1,
          job.hurts,
          'Dead letters',
        );
      alarm(
        `${name}-errors`,
        fn.metricErrors({ ...minutes(5), statistic: 'sum' }),
        2,
        2,
        job.hurts,
        'A job fails',
      );
      if (job.trigger.on === 'stream')
        alarm(
          `${name}-lag`,
          fn.metric('IteratorAge', { ...minutes(5), statistic: 'max' }),
          Duration.minutes(10).toMilliseconds(),
          2,
          job.hurts,
          'A consumer lags behind',
        );
    },
    unreachable: (logs) =>
      said(
        'UnreachableUnit',
        'unreachable-unit',
        unreachableMessage,
        logs,
        'a unit has new cases and nobody there can be told',
        'A unit cannot be reached',
      ),
    longTimeline: (logs) =>
      said(
        'LongTimeline',
        'long-timeline',
        longTimelineMessage,
        logs,
        'a case grows faster than its timeline is moved away, and will be refused to its officers',
        'A timeline stays long',
      ),
    notRecomputed: (logs) =>
      said(
        'NotRecomputed',
        'not-recomputed',
        notRecomputedMessage,
        logs,
        'some open cases keep deadlines that the city no longer sets',
        'Deadlines were not computed anew',
      ),
    sweep: (logs) => {
      said(
        'VacantRung',
        'vacant-rung',
        vacantMessage,
        logs,
        'a citizen waits past the deadline and nobody holds the position that should hear of it',
        'Nobody stands above a late case',
      );
      alarm(
        'sweep-late',
        counted('SweepLate', 'sweep-late', sweptMessage, logs, '$.late', 'max'),
        Duration.minutes(15).toSeconds(),
        2,
        'reminders, escalations and deadlines of some citizens come late',
        'Deadlines pass unnoticed',
      );
    },
  };
};
