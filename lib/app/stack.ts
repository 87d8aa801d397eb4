import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type App, Duration, type Stack } from 'aws-cdk-lib/core';
import type { Contract } from '../../functions/kernel/contract.ts';
import { env } from '../../functions/kernel/env.ts';
import type { Data } from '../data/stack.ts';
import { type Deployment, output, stackOf } from '../deployment.ts';
import { operationsOf, sizeOf } from '../features.ts';
import { type Granting, granted, type Resources } from '../grants.ts';
import { jobNames, jobOf } from '../jobs.ts';
import { featureRights, jobRights } from '../rights.ts';
import { alarms } from './alarms.ts';
import { lambda } from './function.ts';
import { httpApi, routes } from './http.ts';
import { mailEventsName } from './mail-events.ts';
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
}

const rightsOf = (feature: string): readonly Granting[] => {
  const rights = featureRights[feature];
  if (rights === undefined) throw new Error(`lib/rights.ts has no entry for the feature ${feature}`);
  return rights;
};

/** Everything that runs: replaced whole at any deployment, since it keeps nothing. */
export const appStack = (app: App, d: Deployment, data: Data, runtime: Runtime): Running => {
  const stack = stackOf(app, d, 'app', 'Lapau: API, functions, topic and queues');
  const api = httpApi(stack, d);
  const caseEvents = new Topic(stack, 'CaseEvents', {
    topicName: `${d.prefix}-case-events`,
    enforceSSL: true,
  });
  const on: Resources = {
    cases: data.cases,
    identities: data.identities,
    identitiesKey: data.identitiesKey,
    papersKey: data.papersKey,
    secret: data.secret,
    originSecret: data.originSecret,
    caseEvents,
    incoming: data.buckets.incoming as IBucket,
    files: data.buckets.files as IBucket,
    staffPool: data.staff.pool,
    filingsPerHour: d.settings.filingsPerHour,
    mailFrom: d.mailFrom,
    mailIdentity: stack.formatArn({
      service: 'ses',
      resource: 'identity',
      resourceName: d.mailFrom.slice(d.mailFrom.indexOf('@') + 1),
    }),
    mailEvents: {
      name: mailEventsName(d),
      arn: stack.formatArn({
        service: 'ses',
        resource: 'configuration-set',
        resourceName: mailEventsName(d),
      }),
    },
    channels: d.channels,
    signing: d.signing,
  };
  const everywhere = { [env.publicUrl]: d.publicUrl ?? api.apiEndpoint };
  const issuers = { [env.staffIssuer]: data.staff.issuer, [env.citizenIssuer]: data.citizens.issuer };
  const make = (
    name: string,
    more: Pick<Parameters<typeof lambda>[2], 'does' | 'memory' | 'timeoutSeconds' | 'trigger'>,
    rights: readonly Granting[],
    environment: Readonly<Record<string, string>>,
  ): Lambda => {
    const grant = granted(rights, on);
    return lambda(stack, d, {
      name,
      bundle: runtime.bundleOf(name),
      ...more,
      grant: { ...grant, environment: { ...environment, ...grant.environment } },
    });
  };

  const features = new Map(
    runtime.contracts.map(({ feature, operations }) => [
      feature,
      make(
        feature,
        { does: `Operations: ${Object.keys(operations).join(', ')}`.slice(0, 256), ...sizeOf(feature) },
        rightsOf(feature),
        { ...everywhere, ...issuers },
      ),
    ]),
  );
  const functionOf = (feature: string): Lambda => {
    const fn = features.get(feature);
    if (fn === undefined) throw new Error(`no function for the feature ${feature}`);
    return fn;
  };
  routes(stack, d, api, data, operationsOf(runtime.contracts), functionOf);

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
    const fn = make(
      name,
      { does, memory, timeoutSeconds, trigger: wiring.statements },
      jobRights[name],
      everywhere,
    );
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
  return { stack, api };
};
