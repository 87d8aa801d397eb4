import * as z from 'zod';
import { account, kind, noted, steadyHex, str } from './kind.ts';

const texts = z.union([str.transform((one) => [one]), z.array(str)]);

/** Condition keys whose values a call carries in sight. Another one would be judged without being read. */
const conditionKey = str.regex(
  /^(?:ses:FromAddress|kms:SigningAlgorithm|kms:EncryptionContext:.+)$/,
  'is not known here',
);

/** Only what allows: a statement that denies, or that says what it is not about, stops the start. */
const statement = z.strictObject({
  Sid: noted, // a label
  Effect: z.literal('Allow'),
  Action: texts,
  Resource: texts,
  Condition: z.strictObject({ StringEquals: z.record(conditionKey, texts) }).optional(),
});

const document = z.strictObject({
  Version: z.literal('2012-10-17').optional(),
  Statement: z.union([statement.transform((one) => [one]), z.array(statement)]),
});

/** Writes logs and nothing else, and logs are written past it here. */
const logsOnly = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

const iamArn = (resource: string): string => `arn:aws:iam::${account}:${resource}`;

export const role = kind(
  {
    RoleName: str.optional(),
    Policies: z.array(z.strictObject({ PolicyName: noted, PolicyDocument: document })).default([]),
    ManagedPolicyArns: z.array(z.literal(logsOnly)).default([]),
  },
  {
    AssumeRolePolicyDocument: 'a function has the role that it names',
    Description: 'text',
    MaxSessionDuration: 'no sessions here',
    Path: 'a name',
    Tags: 'tags are read by billing, which this machine has none of',
  },
  ({ name }) => ({
    arn: iamArn(`role/${name}`),
    atts: { Arn: iamArn(`role/${name}`), RoleId: steadyHex(name) },
  }),
  'RoleName',
);

export const policy = kind(
  { PolicyName: str, PolicyDocument: document, Roles: z.array(str).default([]) },
  {},
  ({ name }) => ({ ref: name, atts: { Id: steadyHex(name) } }),
);
