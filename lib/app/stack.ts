import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type App, Duration, type Stack } from 'aws-cdk-lib/core';
import type { Contract } from '../../functions/kernel/contract.ts';
import { env } from '../../functions/kernel/env.ts';
import type { Data } from '../data/stack.ts';
import { type Deployment, output, stackOf } from '../deployment.ts';
import { granted } from '../grants.ts';
import { jobNames, jobOf } from '../jobs.ts';
import { jobRights } from '../rights.ts';
import { alarms } from './alarms.ts';
import { lambda } from './function.ts';
import { httpApi } from './http.ts';
import { resourcesOf } from './resources.ts';
import { schedules, type Timed } from './schedules.ts';
import { wire } from './triggers.ts';

export interface Runtime {
  readonly contracts: readonly Contract[];
  /** Folder of a function's bundle. */
  readonly bundleOf: (name: string) => string;
}

export interface Running {
  readonly stack: Stack;
  readonly api: HttpApi;
  readonly caseEvents: Topic;
}

/** What starts by itself, and what the HTTP functions share: replaced whole at any deployment, since it keeps nothing. */
export const appStack = (app: App, d: Deployment, data: Data, runtime: Runtime): Running => {
  const stack = stackOf(app, d, 'app', 'Lapau: the address of the API, jobs, topic and queues');
  const api = httpApi(stack, d);
  const caseEvents = new Topic(stack, 'CaseEvents', {
    topicName: `${d.prefix}-case-events`,
    enforceSSL: true,
  });
  const on = resourcesOf(stack, d, data, caseEvents);
  const environment = { [env.publicUrl]: d.publicUrl ?? api.apiEndpoint };

  const alarm = alarms(stack, d);
  const timed: Timed[] = [];
  for (const name of jobNames) {
    const job = jobOf(name);
    const wiring = wire(stack, d, name, job, {
      cases: data.cases,
      caseEvents,
      incoming: data.buckets.incoming as IBucket,
    });
    const { does, memory, timeoutSeconds } = job;
    const grant = granted(jobRights[name], on);
    const fn = lambda(stack, d, {
      name,
      bundle: runtime.bundleOf(name),
      ...{ does, memory, timeoutSeconds, trigger: wiring.statements },
      grant: { ...grant, environment: { ...environment, ...grant.environment } },
    });
    wiring.connect(fn);
    alarm.job(name, job, fn, wiring.dead);
    if (name === 'deliver') alarm.unreachable(fn.logGroup);
    if (name === 'archive') alarm.longTimeline(fn.logGroup);
    if (name === 'recompute') alarm.notRecomputed(fn.logGroup);
    if (name === 'sweep') alarm.sweep(fn.logGroup);
    if (job.trigger.on === 'schedule') timed.push({ name, does, fn, expression: job.trigger.expression });
  }
  schedules(stack, d, timed);
  alarm.apiErrors(
    new Metric({
      namespace: 'AWS/ApiGateway',
      metricName: '5xx',
      dimensionsMap: { ApiId: api.apiId },
      statistic: 'sum',
      period: Duration.minutes(5),
    }),
  );
  output(stack, 'ApiUrl', api.apiEndpoint, 'The API');
  output(stack, 'CaseEventsTopic', caseEvents.topicArn, 'What happened to cases, for integrators');
  // Whatever the functions use of it, so that a right can be given up: see data/stack.ts.
  for (const value of [api.apiId, api.apiEndpoint, caseEvents.topicArn]) stack.exportValue(value);
  return { stack, api, caseEvents };
};
