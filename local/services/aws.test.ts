import { createPublicKey, verify } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  DecryptCommand,
  GenerateDataKeyCommand,
  GetPublicKeyCommand,
  KMSClient,
  SignCommand,
  VerifyCommand,
} from '@aws-sdk/client-kms';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import {
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Local, startLocal } from '../local.ts';
import { createBench, userPool } from '../testing.ts';

const bench = createBench();
let local: Local;

const client = (service: string) => ({
  region: 'ap-southeast-3',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  endpoint: service === 'sqs' ? local.runtime.queues.url : `${local.url}/__local/aws/${service}`,
  maxAttempts: 1,
});

beforeAll(async () => {
  local = await startLocal({
    stacks: [
      bench.stack({
        ...userPool('Staff'),
        Key: { Type: 'AWS::KMS::Key', Properties: {} },
        Signing: {
          Type: 'AWS::KMS::Key',
          Properties: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
        },
        SigningAlias: {
          Type: 'AWS::KMS::Alias',
          Properties: { AliasName: 'alias/papers', TargetKeyId: { Ref: 'Signing' } },
        },
        Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/k', TargetKeyId: { Ref: 'Key' } } },
        Secret: {
          Type: 'AWS::SecretsManager::Secret',
          Properties: {
            Name: 'root',
            GenerateSecretString: {
              SecretStringTemplate: '{"current":"k1"}',
              GenerateStringKey: 'k1',
              PasswordLength: 64,
              ExcludePunctuation: true,
            },
          },
        },
        Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'events' } },
        Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'pu' } },
        Subscription: {
          Type: 'AWS::SNS::Subscription',
          Properties: {
            TopicArn: { Ref: 'Topic' },
            Protocol: 'sqs',
            Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] },
            RawMessageDelivery: true,
            FilterPolicy: { units: ['pu'] },
          },
        },
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'x', ProtocolType: 'HTTP' } },
      }),
    ],
  });
});

afterAll(async () => {
  await local.stop();
  bench.remove();
});

describe('the key service', () => {
  it('opens what it sealed, under the same context alone', async () => {
    const kms = new KMSClient(client('kms'));
    const EncryptionContext = { field: 'phone', ref: 'I#1' };
    const made = await kms.send(
      new GenerateDataKeyCommand({ KeyId: 'alias/k', KeySpec: 'AES_256', EncryptionContext }),
    );
    expect(made.Plaintext).toHaveLength(32);
    const opened = await kms.send(
      new DecryptCommand({
        CiphertextBlob: made.CiphertextBlob,
        EncryptionContext: { ref: 'I#1', field: 'phone' },
      }),
    );
    expect(opened.Plaintext).toEqual(made.Plaintext);
    const other = kms.send(
      new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext: { field: 'name' } }),
    );
    await expect(other).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  it('signs so that anybody with the public half can check, and nothing but signs with such a key', async () => {
    const kms = new KMSClient(client('kms'));
    const key = { KeyId: 'alias/papers' };
    const how = { ...key, SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    const Message = Buffer.from('sha256: 00');
    const { Signature } = await kms.send(new SignCommand({ ...how, Message }));
    const { PublicKey } = await kms.send(new GetPublicKeyCommand(key));
    const half = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
    expect(verify('sha256', Message, half, Signature ?? Buffer.of())).toBe(true);
    expect((await kms.send(new VerifyCommand({ ...how, Message, Signature }))).SignatureValid).toBe(true);
    const changed = kms.send(new VerifyCommand({ ...how, Message: Buffer.from('sha256: 01'), Signature }));
    await expect(changed).rejects.toMatchObject({ name: 'KMSInvalidSignatureException' });
    const sealing = kms.send(new GenerateDataKeyCommand({ ...key, KeySpec: 'AES_256' }));
    await expect(sealing).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
    const signing = kms.send(new SignCommand({ ...how, KeyId: 'alias/k', Message }));
    await expect(signing).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
  });
});

describe('secrets', () => {
  it('are generated as the template says, and stay', async () => {
    const secrets = new SecretsManagerClient(client('secretsmanager'));
    const read = async () =>
      (await secrets.send(new GetSecretValueCommand({ SecretId: 'root' }))).SecretString;
    const value = JSON.parse((await read()) ?? '') as Record<string, string>;
    expect(value['current']).toBe('k1');
    expect(value['k1']).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(JSON.parse((await read()) ?? '')).toEqual(value);
    await expect(secrets.send(new GetSecretValueCommand({ SecretId: 'other' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('topics', () => {
  const publish = (sns: SNSClient, topic: string, units: string[]) =>
    sns.send(
      new PublishCommand({
        TopicArn: topic,
        Message: units.join(),
        MessageAttributes: { units: { DataType: 'String.Array', StringValue: JSON.stringify(units) } },
      }),
    );

  it('deliver by filter policy, lists by any element; e-mail subscriptions go to the outbox', async () => {
    const sns = new SNSClient(client('sns'));
    const topic = local.runtime.loadout.of('AWS::SNS::Topic')[0]?.arn ?? '';
    const { SubscriptionArn } = await sns.send(
      new SubscribeCommand({
        TopicArn: topic,
        Protocol: 'email',
        Endpoint: 'mitra@contoh.id',
        Attributes: { FilterPolicy: '{"units":["dlh"]}' },
      }),
    );
    await publish(sns, topic, ['dlh', 'pu']);
    await publish(sns, topic, ['dinkes']);
    const sqs = new SQSClient(client('sqs'));
    const QueueUrl = `${local.runtime.queues.url}/000000000000/pu`;
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    expect(Messages?.map((m) => m.Body)).toEqual(['dlh,pu']);
    expect(local.runtime.outbox.list(5)).toMatchObject([
      { channel: 'sns-email', to: ['mitra@contoh.id'], text: 'dlh,pu' },
    ]);

    await sns.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn,
        AttributeName: 'FilterPolicy',
        AttributeValue: '{"units":["dinkes"]}',
      }),
    );
    await publish(sns, topic, ['dinkes']);
    expect(local.runtime.outbox.list(5)).toHaveLength(2);
    const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
    expect(Subscriptions?.map((s) => s.Protocol)).toEqual(['sqs', 'email']);
  });

  it('send a text to a phone number into the outbox', async () => {
    await new SNSClient(client('sns')).send(new PublishCommand({ PhoneNumber: '+62811', Message: 'kode' }));
    expect(local.runtime.outbox.list(1)).toMatchObject([{ channel: 'sms', to: ['+62811'], text: 'kode' }]);
  });
});

describe('the user pool', () => {
  it('creates, shows, disables and lists people; a disabled one gets no token', async () => {
    const pool = new CognitoIdentityProviderClient(client('cognito'));
    const UserPoolId = local.runtime.tokens.pools[0]?.id ?? '';
    const email = 'liaison.pu@kota.example';
    const create = () =>
      pool.send(
        new AdminCreateUserCommand({
          UserPoolId,
          Username: email,
          UserAttributes: [{ Name: 'email', Value: email }],
        }),
      );
    const { User } = await create();
    const sub = User?.Attributes?.find((a) => a.Name === 'sub')?.Value ?? '';
    expect(sub).toMatch(/^[0-9a-f-]{36}$/);
    await expect(create()).rejects.toMatchObject({ name: 'UsernameExistsException' });
    expect(await local.token('liaison.pu')).toMatch(/^ey/);
    await pool.send(new AdminDisableUserCommand({ UserPoolId, Username: email }));
    expect((await pool.send(new AdminGetUserCommand({ UserPoolId, Username: sub }))).Enabled).toBe(false);
    await expect(local.token('liaison.pu')).rejects.toThrow('tidak boleh masuk');
    const { Users } = await pool.send(new ListUsersCommand({ UserPoolId, Filter: `email = "${email}"` }));
    expect(Users).toHaveLength(1);
  });
});

describe('faults', () => {
  const mail = () =>
    new SESv2Client(client('ses')).send(
      new SendEmailCommand({
        FromEmailAddress: 'lapau@kota.example',
        Destination: { ToAddresses: ['a@b.id'] },
        Content: { Simple: { Subject: { Data: 'Hai' }, Body: { Text: { Data: 'isi' } } } },
      }),
    );

  it('make a service fail so many times, in its own words', async () => {
    local.runtime.faults.set('ses', undefined, 'throttle', 1);
    await expect(mail()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    await mail();
    expect(local.runtime.outbox.list(1)).toMatchObject([
      { channel: 'email', to: ['a@b.id'], subject: 'Hai', text: 'isi' },
    ]);
    local.runtime.faults.set('sns', 'Publish', 'down', undefined);
    const sns = new SNSClient(client('sns'));
    await expect(sns.send(new PublishCommand({ PhoneNumber: '+62811', Message: 'x' }))).rejects.toMatchObject(
      {
        $metadata: { httpStatusCode: 503 },
      },
    );
    local.runtime.faults.set('sns', undefined, 'off', undefined);
    await sns.send(new PublishCommand({ PhoneNumber: '+62811', Message: 'x' }));
  });
});
