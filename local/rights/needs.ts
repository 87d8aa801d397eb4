// Runs inside the workers too, from stripped text as bootstrap.ts does, so it imports no more than types.

export interface Need {
  readonly action: string;
  /** ARN, or `*` for what IAM knows no resource of: only a statement on `*` allows it. */
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** A call as it leaves a function. */
export interface Outgoing {
  /** `dynamodb`, `sqs`, `s3`, `sns`, `ses`, `kms`, `secretsmanager`, `cognito`. */
  readonly service: string;
  /** `x-amz-target` without its prefix; the HTTP method for S3, SNS and SES, which name none. */
  readonly operation: string;
  /** Below the service's endpoint. */
  readonly path: string;
  readonly body: string;
}

type Parsed = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Parsed =>
  typeof value === 'object' && value !== null ? (value as Parsed) : {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const parsed = (body: string): Parsed => objectOf(JSON.parse(body === '' ? '{}' : body));

/**
 * The value of a member of the call's JSON, found without parsing it. Safe for members of text, since a key and a
 * colon before a bare quotation mark cannot stand inside a text, and an item's attributes are objects.
 */
const member = (body: string, name: string): string => {
  const key = `"${name}":"`;
  const at = body.indexOf(key);
  return at < 0 ? '' : body.slice(at + key.length, body.indexOf('"', at + key.length));
};

/** A transaction needs the rights of its parts. */
const parts: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

const none = '*';

type Needs = (call: Outgoing, arn: (service: string, resource: string) => string) => readonly Need[];

const dynamodb: Needs = ({ operation, body }, arn) => {
  const table = (name: string): string =>
    /^(?:arn:|$)/.test(name) ? name || none : arn('dynamodb', `table/${name}`);
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') {
    const items = parsed(body)['TransactItems'];
    return (Array.isArray(items) ? items : [])
      .flatMap((item) => Object.entries(objectOf(item)))
      .map(([part, of]) => ({
        action: `dynamodb:${parts[part] ?? part}`,
        resource: table(textOf(objectOf(of)['TableName'])),
      }));
  }
  const action = `dynamodb:${operation}`;
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem')
    return Object.keys(objectOf(parsed(body)['RequestItems'])).map((t) => ({ action, resource: table(t) }));
  const index = operation === 'Query' || operation === 'Scan' ? member(body, 'IndexName') : '';
  const resource = table(member(body, 'TableName'));
  return [{ action, resource: index === '' ? resource : `${resource}/index/${index}` }];
};

const sqs: Needs = ({ operation, body }, arn) => {
  const queue = member(body, 'QueueUrl').split('/').at(-1) || member(body, 'QueueName');
  return [
    {
      action: `sqs:${operation.replace(/Batch$/, '')}`,
      resource: queue === '' ? none : arn('sqs', queue),
    },
  ];
};

/** The key that sealed a blob: its id stands first in the blobs of services/kms.ts. */
const keyOfBlob = (blob: string): string => Buffer.from(blob, 'base64').subarray(0, 36).toString('latin1');

const kms: Needs = ({ operation, body }, arn) => {
  const call = parsed(body);
  const id = textOf(call['KeyId']) || keyOfBlob(textOf(call['CiphertextBlob']));
  const context = [
    ...Object.entries(objectOf(call['EncryptionContext'])).map(
      ([key, value]) => [`kms:EncryptionContext:${key}`, String(value)] as const,
    ),
    ...(typeof call['SigningAlgorithm'] === 'string'
      ? [['kms:SigningAlgorithm', call['SigningAlgorithm']] as const]
      : []),
  ];
  return [
    {
      action: `kms:${operation}`,
      resource: /^(?:arn:|$)/.test(id) ? id || none : arn('kms', id.startsWith('alias/') ? id : `key/${id}`),
      context: Object.fromEntries(context),
    },
  ];
};

const secretsmanager: Needs = ({ operation, body }, arn) => {
  const id = member(body, 'SecretId');
  const resource = id.startsWith('arn:') ? id : arn('secretsmanager', `secret:${id}`);
  return [{ action: `secretsmanager:${operation}`, resource: id === '' ? none : resource }];
};

const cognito: Needs = ({ operation, body }, arn) => {
  const pool = member(body, 'UserPoolId');
  return [
    {
      action: `cognito-idp:${operation}`,
      resource: pool === '' ? none : arn('cognito-idp', `userpool/${pool}`),
    },
  ];
};

const sns: Needs = ({ body }) => {
  const form = new URLSearchParams(body);
  const action = form.get('Action') ?? '';
  const topic = form.get('TopicArn') ?? form.get('TargetArn');
  // An attribute of a subscription is a right on its topic; IAM knows no resource for Unsubscribe.
  const of = action.endsWith('SubscriptionAttributes')
    ? form.get('SubscriptionArn')?.replace(/:[^:]*$/, '')
    : undefined;
  return [{ action: `sns:${action.replace(/Batch$/, '')}`, resource: topic ?? of ?? none }];
};

const ses: Needs = ({ path, body }, arn) => {
  if (path !== '/v2/email/outbound-emails') return [{ action: `ses:${path}`, resource: none }];
  const call = parsed(body);
  const from = textOf(call['FromEmailAddress']);
  const address = /<([^>]+)>\s*$/.exec(from)?.[1] ?? from;
  const action = `ses:${objectOf(call['Content'])['Raw'] === undefined ? 'SendEmail' : 'SendRawEmail'}`;
  const set = textOf(call['ConfigurationSetName']);
  const context = { 'ses:FromAddress': address };
  // The city's identity is its domain.
  const identity = arn('ses', `identity/${address.slice(address.indexOf('@') + 1)}`);
  return [
    { action, resource: identity, context },
    ...(set === '' ? [] : [{ action, resource: arn('ses', `configuration-set/${set}`), context }]),
  ];
};

const verbs: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'GetObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};

const s3: Needs = ({ operation, path }) => {
  const [, bucket = '', key = ''] = /^\/([^/?]+)\/?([^?]*)/.exec(path) ?? [];
  const on = `arn:aws:s3:::${bucket}`;
  return key === ''
    ? [{ action: `s3:${operation === 'GET' ? 'ListBucket' : operation}`, resource: on }]
    : [{ action: `s3:${verbs[operation] ?? operation}`, resource: `${on}/${decodeURIComponent(key)}` }];
};

const services: Readonly<Record<string, Needs>> = {
  dynamodb,
  sqs,
  kms,
  secretsmanager,
  cognito,
  sns,
  ses,
  s3,
};

/** What a call needs; nothing for a service that is not known here. */
export const needsOf = (
  call: Outgoing,
  arn: (service: string, resource: string) => string,
): readonly Need[] => services[call.service]?.(call, arn) ?? [];
