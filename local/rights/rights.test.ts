import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Local, startLocal } from '../local.ts';
import type { Resource } from '../template/model.ts';
import { casesTable, createBench, userPool } from '../testing.ts';

const bench = createBench();
let local: Local;
const logged: string[] = [];

const of = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const allow = (Action: string | string[], Resource: unknown, equals?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(equals === undefined ? {} : { Condition: { StringEquals: equals } }),
});

const role = (...statements: readonly object[]): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {},
    Policies: [{ PolicyName: 'rights', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});

/** Makes the call of the event, `[client package, client, command, input]`, and says what came of it. */
const calls = `const [from, client, command, input] = event; const lib = sdk(from);
  if (input.Plaintext) input.Plaintext = Buffer.from(input.Plaintext);
  const it = new lib[client]({ maxAttempts: 1 });
  try { await it.send(new lib[command](input)); return 'done'; }
  catch (e) { return e.name + ' ' + e.$metadata?.httpStatusCode + ' ' + e.message; }`;

const environment = (more: Readonly<Record<string, unknown>>) => ({ Environment: { Variables: more } });

beforeAll(async () => {
  local = await startLocal({
    log: (source, line) => logged.push(`${source}: ${line}`),
    stacks: [
      bench.stack({
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'x', ProtocolType: 'HTTP' } },
        ...casesTable,
        ...userPool('Staff'),
        Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'test-queue' } },
        Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'test-bucket' } },
        Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'test-topic' } },
        Key: { Type: 'AWS::KMS::Key', Properties: {} },
        Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: {} } },
        Role: role(
          allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:ConditionCheckItem'], of('Cases')),
          allow('dynamodb:Query', { 'Fn::Join': ['', [of('Cases'), '/index/gsi1']] }),
          allow('sqs:SendMessage', of('Queue')),
          allow(['s3:GetObject', 's3:PutObject'], { 'Fn::Join': ['', [of('Bucket'), '/mine/*']] }),
          allow('sns:Publish', { Ref: 'Topic' }),
          allow('sns:Unsubscribe', '*'),
          allow('kms:Encrypt', of('Key'), { 'kms:EncryptionContext:purpose': ['contact', 'identity'] }),
          allow('cognito-idp:AdminGet*', of('StaffPool')),
          allow('ses:SendEmail', 'arn:aws:ses:ap-southeast-3:000000000000:identity/city.id', {
            'ses:FromAddress': 'lapau@city.id',
          }),
        ),
        Beside: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyName: 'beside',
            Roles: [{ Ref: 'Role' }],
            PolicyDocument: { Statement: allow('secretsmanager:GetSecretValue', { Ref: 'Secret' }) },
          },
        },
        Calls: bench.fn('calls', calls, {
          Role: of('Role'),
          ...environment({
            QUEUE: { Ref: 'Queue' },
            TOPIC: { Ref: 'Topic' },
            KEY: of('Key'),
            SECRET: { Ref: 'Secret' },
            POOL: { Ref: 'StaffPool' },
          }),
        }),
      }),
    ],
  });
});

afterAll(async () => {
  await local.stop();
  bench.remove();
});

const env = (name: string): string =>
  local.runtime.functions.find('calls')?.spec.environment[name] ?? `no ${name}`;
const call = (from: string, client: string, command: string, input: object) =>
  local.invoke('calls', [`@aws-sdk/client-${from}`, client, `${command}Command`, input]);
const db = (command: string, input: object) =>
  call('dynamodb', 'DynamoDBClient', command, { TableName: 'test-cases', ...input });

const key = { pk: { S: 'a' }, sk: { S: 'b' } };
const refusal = (status: number, action: string, resource: string, name = 'AccessDeniedException') =>
  expect.stringMatching(
    new RegExp(
      `^${name} ${status} .*/test-calls is not authorized to perform: ${action} on resource: ${resource} `,
    ),
  );
const table = 'arn:aws:dynamodb:ap-southeast-3:000000000000:table/test-cases';

describe('a function with a role', () => {
  it('does what its role allows, and is refused the rest as DynamoDB refuses it', async () => {
    expect(await db('PutItem', { Item: { ...key, TableName: { S: '"TableName":"elsewhere"' } } })).toBe(
      'done',
    );
    expect(await db('GetItem', { Key: key })).toBe('done');
    expect(await db('DeleteItem', { Key: key })).toEqual(refusal(400, 'dynamodb:DeleteItem', table));
    expect(await db('GetItem', { Key: key, TableName: 'others' })).toEqual(
      refusal(400, 'dynamodb:GetItem', table.replace('test-cases', 'others')),
    );
    // It was not sent: the item is there still.
    const { Item } = await local.runtime.engine.call('GetItem', { TableName: 'test-cases', Key: key });
    expect(Item).toBeDefined();
  });

  it('that may query an index may not query the table, nor another index', async () => {
    const query = (IndexName: string | undefined, name: string) =>
      db('Query', {
        IndexName,
        KeyConditionExpression: '#k = :k',
        ExpressionAttributeNames: { '#k': name },
        ExpressionAttributeValues: { ':k': { S: '"IndexName":"gsi1"' } },
      });
    expect(await query('gsi1', 'gsi1pk')).toBe('done');
    expect(await query(undefined, 'pk')).toEqual(refusal(400, 'dynamodb:Query', table));
    expect(await query('gsi2', 'gsi2pk')).toEqual(refusal(400, 'dynamodb:Query', `${table}/index/gsi2`));
  });

  it('needs the rights of the parts of a transaction, and of every table of a batch', async () => {
    const at = { TableName: 'test-cases', Key: key };
    const check = { ConditionCheck: { ...at, ConditionExpression: 'attribute_exists(pk)' } };
    const put = { Put: { TableName: 'test-cases', Item: { ...key, sk: { S: 'c' } } } };
    const client = (command: string, input: object) => call('dynamodb', 'DynamoDBClient', command, input);
    expect(await client('TransactWriteItems', { TransactItems: [check, put] })).toBe('done');
    expect(await client('TransactWriteItems', { TransactItems: [put, { Delete: at }] })).toEqual(
      refusal(400, 'dynamodb:DeleteItem', table),
    );
    expect(await client('TransactGetItems', { TransactItems: [{ Get: at }] })).toBe('done');
    expect(await client('BatchGetItem', { RequestItems: { 'test-cases': { Keys: [key] } } })).toEqual(
      refusal(400, 'dynamodb:BatchGetItem', table),
    );
  });

  it('meets the same at queues and topics', async () => {
    const sqs = (command: string, input: object) =>
      call('sqs', 'SQSClient', command, { QueueUrl: env('QUEUE'), ...input });
    const Entries = [{ Id: '1', MessageBody: 'x' }];
    expect(await sqs('SendMessageBatch', { Entries })).toBe('done');
    expect(await sqs('ReceiveMessage', {})).toEqual(
      refusal(403, 'sqs:ReceiveMessage', 'arn:aws:sqs:.*:test-queue', 'AccessDenied'),
    );
    const sns = (command: string, input: object) => call('sns', 'SNSClient', command, input);
    const TopicArn = env('TOPIC');
    expect(await sns('Publish', { TopicArn, Message: 'x' })).toBe('done');
    expect(
      await sns('PublishBatch', { TopicArn, PublishBatchRequestEntries: [{ Id: '1', Message: 'x' }] }),
    ).toBe('done');
    expect(await sns('Unsubscribe', { SubscriptionArn: `${TopicArn}:none` })).toBe('done');
    const denied = (action: string, resource: string) =>
      refusal(403, action, resource, 'AuthorizationError(Exception)?');
    expect(await sns('ListSubscriptionsByTopic', { TopicArn })).toEqual(
      denied('sns:ListSubscriptionsByTopic', TopicArn),
    );
    expect(await sns('Publish', { PhoneNumber: '+62811', Message: 'x' })).toEqual(
      denied('sns:Publish', '\\*'),
    );
  });

  it('meets the same at objects, by their folder', async () => {
    const s3 = (command: string, Key: string, more: object = {}) =>
      call('s3', 'S3Client', command, { Bucket: 'test-bucket', Key, ...more });
    expect(await s3('PutObject', 'mine/a b', { Body: 'x' })).toBe('done');
    expect(await s3('GetObject', 'mine/a b')).toBe('done');
    expect(await s3('GetObject', 'mine/none')).toMatch(/^NoSuchKey/);
    const denied = (action: string, key: string) =>
      refusal(403, action, `arn:aws:s3:::test-bucket${key}`, 'AccessDenied');
    expect(await s3('GetObject', 'theirs/a')).toEqual(denied('s3:GetObject', '/theirs/a'));
    expect(await s3('PutObject', 'theirs/a', { Body: 'x' })).toEqual(denied('s3:PutObject', '/theirs/a'));
    expect(await s3('DeleteObject', 'mine/a')).toEqual(denied('s3:DeleteObject', '/mine/a'));
    expect(await s3('ListObjectsV2', '')).toEqual(denied('s3:ListBucket', ''));
  });

  it('meets the same at keys, secrets and accounts, with what a condition asks for', async () => {
    const encrypt = (EncryptionContext: object) =>
      call('kms', 'KMSClient', 'Encrypt', { KeyId: env('KEY'), Plaintext: 'x', EncryptionContext });
    expect(await encrypt({ purpose: 'contact', ref: 'r1' })).toBe('done');
    expect(await encrypt({ purpose: 'other' })).toEqual(refusal(400, 'kms:Encrypt', env('KEY')));
    expect(await encrypt({ ref: 'r1' })).toEqual(refusal(400, 'kms:Encrypt', env('KEY')));
    const secret = (SecretId: string) =>
      call('secrets-manager', 'SecretsManagerClient', 'GetSecretValue', { SecretId });
    expect(await secret(env('SECRET'))).toBe('done');
    expect(await secret('other')).toEqual(
      refusal(400, 'secretsmanager:GetSecretValue', 'arn:.*:secret:other'),
    );
    const pool = (command: string) =>
      call('cognito-identity-provider', 'CognitoIdentityProviderClient', command, {
        UserPoolId: env('POOL'),
        Username: 'nobody',
      });
    expect(await pool('AdminGetUser')).toMatch(/^UserNotFoundException/);
    expect(await pool('AdminDeleteUser')).toEqual(
      refusal(400, 'cognito-idp:AdminDeleteUser', 'arn:.*:userpool/.*'),
    );
  });

  it('sends mail as the address that it was given alone', async () => {
    const mail = (FromEmailAddress: string) =>
      call('sesv2', 'SESv2Client', 'SendEmail', {
        FromEmailAddress,
        Destination: { ToAddresses: ['a@b.id'] },
        Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } },
      });
    expect(await mail('Lapau <lapau@city.id>')).toBe('done');
    for (const from of ['other@city.id', 'lapau@other.id'])
      expect(await mail(from)).toEqual(refusal(403, 'ses:SendEmail', 'arn:.*:identity/.*'));
  });

  it('has each refusal in the log once, and beside it the rights that it never used', async () => {
    await db('DeleteItem', { Key: key });
    const said = logged.filter((line) => line.includes('dynamodb:DeleteItem'));
    expect(said).toEqual([`test-calls: AccessDenied: the role may not dynamodb:DeleteItem on ${table}`]);
    const answer = await fetch(`${local.url}/__local/rights`);
    const { 'test-calls': mine } = (await answer.json()) as Record<string, Record<string, string[]>>;
    expect(mine?.['refused']).toContain(`dynamodb:DeleteItem ${table}`);
    expect(mine?.['unused']).toEqual([]);
  });
});
