import * as z from 'zod';
import { account, arn, bool, int, kind, noted, region, steadyHex, steadyUuid, str } from './kind.ts';

const keySchema = z.array(z.strictObject({ AttributeName: str, KeyType: z.enum(['HASH', 'RANGE']) }));
const tagged = 'tags are read by billing, which this machine has none of';
const policy = 'rights are judged by the role: policies of resources are tested on the template';

export const table = kind(
  {
    TableName: str.optional(),
    KeySchema: keySchema,
    AttributeDefinitions: z.array(
      z.strictObject({ AttributeName: str, AttributeType: z.enum(['S', 'N', 'B']) }),
    ),
    GlobalSecondaryIndexes: z
      .array(
        z.strictObject({
          IndexName: str,
          KeySchema: keySchema,
          Projection: z.strictObject({
            ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
            NonKeyAttributes: z.array(str).optional(),
          }),
          // A metric and a cost ceiling on AWS.
          ContributorInsightsSpecification: noted,
          OnDemandThroughput: noted,
        }),
      )
      .default([]),
    BillingMode: z.literal('PAY_PER_REQUEST'),
    StreamSpecification: z
      .strictObject({
        StreamViewType: z.enum(['NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY']),
        ResourcePolicy: noted,
      })
      .optional(),
    TimeToLiveSpecification: z.strictObject({ AttributeName: str.optional(), Enabled: bool }).optional(),
  },
  {
    PointInTimeRecoverySpecification: 'the engine has no backups: the file can be copied',
    DeletionProtectionEnabled: '--fresh is the only way to delete, and asks for itself',
    SSESpecification: 'the engine writes a plain file',
    ContributorInsightsSpecification: 'a CloudWatch metric',
    OnDemandThroughput: 'a cost ceiling',
    TableClass: 'a price',
    ResourcePolicy: policy,
    Tags: tagged,
  },
  ({ name }) => ({
    arn: arn('dynamodb', `table/${name}`),
    atts: {
      Arn: arn('dynamodb', `table/${name}`),
      StreamArn: arn('dynamodb', `table/${name}/stream/local`),
    },
  }),
  'TableName',
);

export const bucket = kind(
  {
    BucketName: str.optional(),
    NotificationConfiguration: z
      .strictObject({ EventBridgeConfiguration: z.strictObject({ EventBridgeEnabled: bool }) })
      .optional(),
  },
  {
    BucketEncryption: 'plain files',
    PublicAccessBlockConfiguration: policy,
    OwnershipControls: policy,
    VersioningConfiguration: 'the emulator keeps one version',
    LifecycleConfiguration: 'nothing ages here',
    LoggingConfiguration: 'no access logs',
    CorsConfiguration: 'the emulator answers every origin',
    Tags: tagged,
  },
  ({ name }) => ({
    ref: name.toLowerCase(),
    arn: `arn:aws:s3:::${name.toLowerCase()}`,
    atts: {
      Arn: `arn:aws:s3:::${name.toLowerCase()}`,
      DomainName: `${name.toLowerCase()}.s3.amazonaws.com`,
      RegionalDomainName: `${name.toLowerCase()}.s3.${region}.amazonaws.com`,
    },
  }),
  'BucketName',
);

/** A rule of the default event bus: into queues alone. */
export const rule = kind(
  {
    Name: str.optional(),
    EventPattern: z.record(str, z.unknown()),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Targets: z
      .array(
        z.strictObject({
          Id: str,
          Arn: str.regex(/^arn:aws:sqs:/, 'only queues'),
          InputTransformer: z
            .strictObject({ InputPathsMap: z.record(str, str).default({}), InputTemplate: str })
            .optional(),
        }),
      )
      .default([]),
  },
  { Description: 'text', Tags: tagged },
  ({ name }) => ({ arn: arn('events', `rule/${name}`), atts: { Arn: arn('events', `rule/${name}`) } }),
  'Name',
);

export const key = kind(
  {
    Enabled: bool.optional(),
    KeySpec: z.enum(['SYMMETRIC_DEFAULT', 'ECC_NIST_P256']).optional(),
    KeyUsage: z.enum(['ENCRYPT_DECRYPT', 'SIGN_VERIFY']).optional(),
  },
  {
    KeyPolicy: policy,
    Description: 'text',
    EnableKeyRotation: 'the local key is made once',
    RotationPeriodInDays: 'the local key is made once',
    PendingWindowInDays: '--fresh deletes at once',
    Tags: tagged,
  },
  ({ name }) => {
    const id = steadyUuid(name);
    return { ref: id, arn: arn('kms', `key/${id}`), atts: { Arn: arn('kms', `key/${id}`), KeyId: id } };
  },
);

export const alias = kind(
  { AliasName: str, TargetKeyId: str },
  {},
  ({ name }) => ({ ref: name }),
  'AliasName',
);

export const secret = kind(
  {
    Name: str.optional(),
    SecretString: str.optional(),
    GenerateSecretString: z
      .strictObject({
        PasswordLength: int.default(32),
        ExcludeCharacters: str.default(''),
        ExcludePunctuation: bool.default(false),
        ExcludeUppercase: bool.default(false),
        ExcludeLowercase: bool.default(false),
        ExcludeNumbers: bool.default(false),
        IncludeSpace: bool.default(false),
        RequireEachIncludedType: bool.default(true),
        SecretStringTemplate: str.optional(),
        GenerateStringKey: str.optional(),
      })
      .optional(),
  },
  { Description: 'text', KmsKeyId: 'the state directory is readable by its owner alone', Tags: tagged },
  ({ name }) => {
    const full = arn('secretsmanager', `secret:${name}-${steadyHex(name).slice(0, 6)}`);
    return { ref: full, arn: full, atts: { Id: full } };
  },
  'Name',
);

export const topic = kind(
  { TopicName: str.optional(), DisplayName: str.optional() },
  { KmsMasterKeyId: 'messages stay on this machine', TracingConfig: 'no tracer', Tags: tagged },
  ({ name }) => ({
    ref: arn('sns', name),
    arn: arn('sns', name),
    atts: { TopicArn: arn('sns', name), TopicName: name },
  }),
  'TopicName',
);

export const subscription = kind(
  {
    TopicArn: str,
    Protocol: z.enum(['sqs', 'lambda', 'email', 'email-json', 'sms', 'http', 'https']),
    Endpoint: str,
    FilterPolicy: z.record(str, z.unknown()).optional(),
    FilterPolicyScope: z.enum(['MessageAttributes', 'MessageBody']).optional(),
    RawMessageDelivery: bool.optional(),
    RedrivePolicy: z.strictObject({ deadLetterTargetArn: str }).optional(),
  },
  { Region: 'one machine, one region', DeliveryPolicy: 'local delivery is tried once' },
  ({ name }) => ({ ref: arn('sns', `subscription:${steadyUuid(name)}`), atts: {} }),
);

export const queue = kind(
  {
    QueueName: str.optional(),
    VisibilityTimeout: int.default(30),
    MessageRetentionPeriod: int.optional(),
    DelaySeconds: int.optional(),
    ReceiveMessageWaitTimeSeconds: int.optional(),
    MaximumMessageSize: int.optional(),
    RedrivePolicy: z.strictObject({ deadLetterTargetArn: str, maxReceiveCount: int }).optional(),
  },
  {
    SqsManagedSseEnabled: 'messages stay on this machine',
    KmsMasterKeyId: 'messages stay on this machine',
    KmsDataKeyReusePeriodSeconds: 'messages stay on this machine',
    RedriveAllowPolicy: policy,
    Tags: tagged,
  },
  ({ name, queues }) => ({
    ref: `${queues}/${account}/${name}`,
    arn: arn('sqs', name),
    atts: {
      Arn: arn('sqs', name),
      QueueName: name,
      QueueUrl: `${queues}/${account}/${name}`,
    },
  }),
  'QueueName',
);
