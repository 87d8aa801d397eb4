import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Stack } from 'aws-cdk-lib/core';
import type { Data } from '../data/stack.ts';
import type { Deployment } from '../deployment.ts';
import type { Resources } from '../grants.ts';
import { mailEventsName } from './mail-events.ts';

/** What functions may be given rights on, by name. */
export const resourcesOf = (stack: Stack, d: Deployment, data: Data, caseEvents: ITopic): Resources => ({
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
    arn: stack.formatArn({ service: 'ses', resource: 'configuration-set', resourceName: mailEventsName(d) }),
  },
  channels: d.channels,
  signing: d.signing,
});
