import * as z from 'zod';
import { arn, bool, int, kind, noted, steadyUuid, str } from './kind.ts';

const tagged = 'tags are read by billing, which this machine has none of';

export const fn = kind(
  {
    FunctionName: str.optional(),
    Code: z.strictObject({
      S3Bucket: noted, // where CDK uploads the asset; here its directory is read
      S3Key: str.optional(),
      ZipFile: str.optional(),
      SourceKMSKeyArn: noted,
    }),
    Handler: z.string().regex(/^[\w-]+\.\w+$/, 'only <file>.<export> in the root of the code'),
    Runtime: z.string().regex(/^nodejs\d+\.x$/, 'only Node.js runs here'),
    MemorySize: int.default(128),
    Timeout: int.default(3),
    ReservedConcurrentExecutions: int.optional(),
    Environment: z.strictObject({ Variables: z.record(str, z.coerce.string()).default({}) }).optional(),
    DeadLetterConfig: z.strictObject({ TargetArn: str }).optional(),
    /** Its policies are enforced; a function of a test may go without, and then may do everything. */
    Role: str.optional(),
  },
  {
    Architectures: "the machine's own",
    Description: 'text',
    LoggingConfig: 'logs go to the state directory',
    TracingConfig: 'no tracer',
    RuntimeManagementConfig: "the repository's own Node.js",
    EphemeralStorage: "the machine's /tmp",
    KmsKeyArn: 'the environment stays in memory',
    RecursiveLoop: 'a safeguard against bills',
    Tags: tagged,
  },
  ({ name }) => ({
    arn: arn('lambda', `function:${name}`),
    atts: { Arn: arn('lambda', `function:${name}`) },
  }),
  'FunctionName',
);

const filterCriteria = z.strictObject({ Filters: z.array(z.strictObject({ Pattern: str })).default([]) });

export const mapping = kind(
  {
    EventSourceArn: str,
    FunctionName: str,
    Enabled: bool.default(true),
    BatchSize: int.optional(),
    MaximumBatchingWindowInSeconds: int.default(0),
    StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).optional(),
    FilterCriteria: filterCriteria.optional(),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
    BisectBatchOnFunctionError: bool.default(false),
    MaximumRetryAttempts: int.default(-1),
    MaximumRecordAgeInSeconds: int.default(-1),
    ParallelizationFactor: int.default(1),
    DestinationConfig: z
      .strictObject({ OnFailure: z.strictObject({ Destination: str }).optional() })
      .optional(),
    ScalingConfig: z.strictObject({ MaximumConcurrency: int.optional() }).optional(),
  },
  { KmsKeyArn: 'filters stay in memory', MetricsConfig: 'no CloudWatch', Tags: tagged },
  ({ name }) => ({ ref: steadyUuid(name), atts: { Id: steadyUuid(name) } }),
);

export const invokeConfig = kind(
  {
    FunctionName: str,
    Qualifier: z.literal('$LATEST'),
    MaximumRetryAttempts: int.default(2),
    MaximumEventAgeInSeconds: int.default(21_600),
    DestinationConfig: z
      .strictObject({
        OnFailure: z.strictObject({ Destination: str }).optional(),
      })
      .optional(),
  },
  {},
  () => ({}),
);

export const schedule = kind(
  {
    Name: str.optional(),
    ScheduleExpression: str,
    ScheduleExpressionTimezone: str.default('UTC'),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Target: z.strictObject({
      Arn: str,
      Input: str.optional(),
      RoleArn: noted, // the scheduler may call every target
      RetryPolicy: z
        .strictObject({ MaximumRetryAttempts: int.optional(), MaximumEventAgeInSeconds: int.optional() })
        .optional(),
      DeadLetterConfig: z.strictObject({ Arn: str.optional() }).optional(),
    }),
  },
  {
    FlexibleTimeWindow: 'fires on time',
    GroupName: 'a name',
    Description: 'text',
    KmsKeyArn: 'the input stays in memory',
  },
  ({ name }) => ({
    arn: arn('scheduler', `schedule/default/${name}`),
    atts: { Arn: arn('scheduler', `schedule/default/${name}`) },
  }),
  'Name',
);
