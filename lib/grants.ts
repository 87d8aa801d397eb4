import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { env } from '../functions/kernel/env.ts';
import type { CaseIndex } from './data/tables.ts';
import type { Channels, Signing } from './deployment.ts';

/** What a function can be given a right on. */
export interface Resources {
  readonly cases: Table;
  readonly identities: Table;
  readonly identitiesKey: IKey;
  readonly papersKey: IKey;
  readonly secret: Secret;
  readonly originSecret: Secret;
  readonly caseEvents: ITopic;
  /** Where uploads arrive, and where what was made of them is served from. */
  readonly incoming: IBucket;
  readonly files: IBucket;
  readonly staffPool: IUserPool;
  readonly filingsPerHour: number;
  readonly mailFrom: string;
  /** ARN of the SES identity (the domain) that sends for the city. */
  readonly mailIdentity: string;
  /** SES configuration set that tells what became of a mail. */
  readonly mailEvents: { readonly name: string; readonly arn: string };
  readonly channels: Channels;
  readonly signing: Signing | undefined;
}

/** A right and the setting by which the handler finds what it has a right on: one without the other is a defect. */
export interface Grant {
  readonly statements: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
  /** What an auditor has to accept of it: rule of cdk-nag and reason. */
  readonly accepted?: readonly { readonly rule: string; readonly reason: string }[];
}
export type Granting = (on: Resources) => Grant;

/** Item operations. A transaction needs those of its parts; there is no right that is only for transactions. */
export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'Query'
  | 'Scan'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem';

export const allow = (
  actions: readonly string[],
  resources: readonly string[],
  equals?: Readonly<Record<string, string | readonly string[]>>,
): PolicyStatement =>
  new PolicyStatement({
    actions: [...actions],
    resources: [...resources],
    ...(equals === undefined ? {} : { conditions: { StringEquals: equals } }),
  });

const table = (of: Table, actions: readonly TableAction[], indexes: readonly string[]): PolicyStatement[] => [
  ...(actions.length === 0
    ? []
    : [
        allow(
          actions.map((a) => `dynamodb:${a}`),
          [of.tableArn],
        ),
      ]),
  ...(indexes.length === 0
    ? []
    : [
        allow(
          ['dynamodb:Query'],
          indexes.map((i) => `${of.tableArn}/index/${i}`),
        ),
      ]),
];

/** The case table: these actions on the table itself, and Query on these indexes. */
export const cases =
  (actions: readonly TableAction[], ...indexes: readonly CaseIndex[]): Granting =>
  (on) => ({
    statements: table(on.cases, actions, indexes),
    environment: { [env.casesTable]: on.cases.tableName },
  });

export const identities = (on: Resources): Readonly<Record<string, string>> => ({
  [env.identitiesTable]: on.identities.tableName,
  [env.identitiesKey]: on.identitiesKey.keyArn,
});

/** What a field of an identity is for; it is the encryption context `purpose` of the field's data key. */
const purposes = ['contact', 'identity'] as const;

/** Write an identity, and never read one: data keys can be made for its fields, none can be opened. */
export const identitiesPut: Granting = (on) => ({
  statements: [
    allow(['dynamodb:PutItem'], [on.identities.tableArn]),
    allow(['kms:GenerateDataKey'], [on.identitiesKey.keyArn], {
      'kms:EncryptionContext:purpose': purposes,
    }),
  ],
  environment: identities(on),
});

/** The root of every derived key: codes, PINs, tokens, cursors, keyed hashes. */
export const secret: Granting = (on) => ({
  statements: [allow(['secretsmanager:GetSecretValue'], [on.secret.secretArn])],
  environment: { [env.secretId]: on.secret.secretArn },
});

/** Which requests come through CloudFront, so that quotas count the viewer's address. */
export const originSecret: Granting = (on) => ({
  statements: [allow(['secretsmanager:GetSecretValue'], [on.originSecret.secretArn])],
  environment: { [env.originSecretId]: on.originSecret.secretArn },
});

export const within = (bucket: IBucket, folder: string): string => bucket.arnForObjects(`${folder}/*`);

/** The finding about the objects of a folder, as cdk-nag writes it: by the name under which the data stack exports the bucket. */
export const anyObject = ({ stack, bucketArn }: IBucket, folder: string) => ({
  rule: `IAM5[Resource::${String(Object.values(Object(stack.resolve(stack.exportValue(bucketArn))))[0])}/${folder}/*]`,
  reason: 'Objects are named by random ids: the right is on one folder of one bucket.',
});

/** Sign forms that put an upload: whoever posts one acts with this right. */
export const uploads: Granting = ({ incoming }) => ({
  statements: [allow(['s3:PutObject'], [within(incoming, 'incoming')])],
  environment: { [env.incomingBucket]: incoming.bucketName },
  accepted: [anyObject(incoming, 'incoming')],
});

/** Sign links that read what is served. */
export const servedFiles: Granting = ({ files }) => ({
  statements: [allow(['s3:GetObject'], [within(files, 'served')])],
  environment: { [env.filesBucket]: files.bucketName },
  accepted: [anyObject(files, 'served')],
});

/** Read uploads and take them away, and put what is served. Without ListBucket an upload that is gone reads as forbidden. */
export const inspectedFiles: Granting = ({ incoming, files }) => ({
  statements: [
    allow(['s3:GetObject', 's3:DeleteObject'], [within(incoming, 'incoming')]),
    allow(['s3:ListBucket'], [incoming.bucketArn]),
    allow(['s3:PutObject'], [within(files, 'served')]),
  ],
  environment: { [env.incomingBucket]: incoming.bucketName, [env.filesBucket]: files.bucketName },
  accepted: [anyObject(incoming, 'incoming'), anyObject(files, 'served')],
});

export const publish: Granting = (on) => ({
  statements: [allow(['sns:Publish'], [on.caseEvents.topicArn])],
  environment: { [env.caseEventsTopic]: on.caseEvents.topicArn },
});

/** Manage the integrators' raw subscriptions. */
export const subscriptions: Granting = (on) => ({
  statements: [
    allow(['sns:Subscribe', 'sns:ListSubscriptionsByTopic'], [on.caseEvents.topicArn]),
    allow(['sns:Unsubscribe'], ['*']),
  ],
  environment: { [env.caseEventsTopic]: on.caseEvents.topicArn },
  accepted: [
    {
      rule: 'IAM5[Resource::*]',
      reason:
        'IAM knows no resource for sns:Unsubscribe; the operation looks the subscription up among those of this topic.',
    },
  ],
});

/** Invite staff, take back an invitation that was never used, shut people out. */
export const staffAccounts: Granting = (on) => ({
  statements: [
    allow(
      [
        'AdminCreateUser',
        'AdminDeleteUser',
        'AdminDisableUser',
        'AdminGetUser',
        'AdminUserGlobalSignOut',
      ].map((a) => `cognito-idp:${a}`),
      [on.staffPool.userPoolArn],
    ),
  ],
  environment: { [env.staffPoolId]: on.staffPool.userPoolId },
});

/** How many filings one address or account has an hour. The counters are items of the case table. */
export const filingQuota: Granting = (on) => ({
  statements: [],
  environment: { [env.filingsPerHour]: String(on.filingsPerHour) },
});

/** Send as the city's one sender. */
export const mail: Granting = (on) => ({
  statements: [allow(['ses:SendEmail'], [on.mailIdentity], { 'ses:FromAddress': on.mailFrom })],
  environment: { [env.mailFrom]: on.mailFrom },
});

/** Reach officers by the channels that this deployment switched on; nothing at all when it switched on none. */
export const channels: Granting = ({ channels: { telegramUrl, whatsappUrl, secretArn } }) => ({
  statements: secretArn === undefined ? [] : [allow(['secretsmanager:GetSecretValue'], [secretArn])],
  environment: {
    ...(telegramUrl === undefined ? {} : { [env.telegramUrl]: telegramUrl }),
    ...(whatsappUrl === undefined ? {} : { [env.whatsappUrl]: whatsappUrl }),
    ...(secretArn === undefined ? {} : { [env.channelsSecretId]: secretArn }),
  },
});

/** The rights of one function, and its environment. */
export const granted = (grants: readonly Granting[], on: Resources): Grant => {
  const given = grants.map((g) => g(on));
  return {
    statements: given.flatMap((g) => g.statements),
    environment: Object.assign({}, ...given.map((g) => g.environment)),
    accepted: given.flatMap((g) => g.accepted ?? []),
  };
};
