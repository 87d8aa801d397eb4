import { CfnRule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnConfigurationSet, CfnConfigurationSetEventDestination } from 'aws-cdk-lib/aws-ses';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Stack } from 'aws-cdk-lib/core';
import { receiptTag } from '../../functions/kernel/env.ts';
import type { Deployment } from '../deployment.ts';
import { allow } from '../grants.ts';
import { scopeOf } from './function.ts';

/** Every mail whose fate matters is sent under this configuration set. */
export const mailEventsName = (d: Deployment): string => `${d.prefix}-mail`;

/** What is left of an event of SES: no address, subject or header goes into the queue (ADR 0093). */
const kept = { type: '$.detail.eventType', receipt: `$.detail.mail.tags.${receiptTag}`, at: '$.time' };
/** A path that an event does not have would leave a hole in its JSON: bounces have a rule of their own. */
const keptOfBounce = { ...kept, bounce: '$.detail.bounce.bounceType' };

const templateOf = (paths: Readonly<Record<string, string>>): string =>
  `{${Object.keys(paths)
    .map((name) => `"${name}":<${name}>`)
    .join(',')}}`;

/** SES tells the default event bus what became of the city's mail; two rules pass it on, pruned, into the queue. */
export const mailEvents = (stack: Stack, d: Deployment, job: string, queue: Queue): void => {
  const scope = scopeOf(stack, job);
  const name = mailEventsName(d);
  const set = new CfnConfigurationSet(scope, 'ConfigurationSet', {
    name,
    // SES itself refuses what bounced or complained before, whoever sends.
    suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  });
  const bus = stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
  const destination = new CfnConfigurationSetEventDestination(scope, 'Events', {
    configurationSetName: name,
    eventDestination: {
      name: 'bus',
      enabled: true,
      matchingEventTypes: ['DELIVERY', 'BOUNCE', 'COMPLAINT', 'REJECT'],
      eventBridgeDestination: { eventBusArn: bus },
    },
  });
  destination.addResourceDependency(set);
  const rule = (id: string, types: readonly string[], paths: Readonly<Record<string, string>>): CfnRule =>
    new CfnRule(scope, id, {
      eventPattern: {
        source: ['aws.ses'],
        detail: {
          eventType: types,
          mail: { tags: { 'ses:configuration-set': [name], [receiptTag]: [{ exists: true }] } },
        },
      },
      targets: [
        {
          id: 'queue',
          arn: queue.queueArn,
          inputTransformer: { inputPathsMap: { ...paths }, inputTemplate: templateOf(paths) },
        },
      ],
    });
  const rules = [
    rule('Arrived', ['Delivery', 'Complaint', 'Reject'], kept),
    rule('Bounced', ['Bounce'], keptOfBounce),
  ];
  const send = allow(['sqs:SendMessage'], [queue.queueArn], {
    'aws:SourceArn': rules.map(({ attrArn }) => attrArn),
  });
  send.addPrincipals(new ServicePrincipal('events.amazonaws.com'));
  queue.addToResourcePolicy(send);
};
