import { describe, expect, it } from 'vitest';
import { jobNames } from '../../lib/jobs.ts';
import { plain, readable, rightsOf } from '../readable.ts';
import { channels, featureNames, ofType, type Resource, type Stack, templates } from '../synth.ts';

const { data, app } = templates();
const stacks = [data, app];

const table = (name: string, ...actions: readonly string[]) => actions.map((a) => `dynamodb:${a} ${name}`);
const query = (...indexes: readonly string[]) => indexes.map((i) => `dynamodb:Query Cases/index/${i}`);
const stream = table('Cases.StreamArn', 'DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams');
const takes = (queue: string) =>
  ['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map((a) => `sqs:${a} ${queue}`);
const reads = (secret: string) => `secretsmanager:GetSecretValue ${secret}`;
const sends =
  'ses:SendEmail arn:aws:ses:ap-southeast-3:AWS::AccountId:identity/padang-panjang.example where ses:FromAddress = lapau@padang-panjang.example';

/** Every right of every function, beside writing its own log. A right that is not here is a right too many. */
const expected: Readonly<Record<string, readonly string[]>> = {
  about: table('Cases', 'BatchGetItem', 'Query'),
  applications: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...table('Identities', 'DeleteItem', 'GetItem', 'PutItem', 'Query'),
    'kms:Decrypt IdentitiesKey where kms:EncryptionContext:purpose = answers',
    'kms:GenerateDataKey IdentitiesKey where kms:EncryptionContext:purpose = answers',
    'kms:GenerateDataKey IdentitiesKey where kms:EncryptionContext:purpose = contact|identity',
    reads('Secret'),
    reads('OriginSecret'),
  ],
  complaints: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...query('gsi3', 'gsi5'),
    ...table('Identities', 'PutItem'),
    'kms:GenerateDataKey IdentitiesKey where kms:EncryptionContext:purpose = contact|identity',
    reads('Secret'),
    reads('OriginSecret'),
  ],
  information: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...table('Identities', 'GetItem', 'PutItem'),
    'kms:Decrypt IdentitiesKey where kms:EncryptionContext:purpose = answers',
    'kms:GenerateDataKey IdentitiesKey where kms:EncryptionContext:purpose = answers',
    'kms:GenerateDataKey IdentitiesKey where kms:EncryptionContext:purpose = contact|identity',
    's3:PutObject Incoming/incoming/*',
    's3:GetObject Files/served/*',
    reads('Secret'),
  ],
  joins: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem'),
    ...query('gsi5'),
    ...table('Identities', 'PutItem'),
    'kms:GenerateDataKey IdentitiesKey where kms:EncryptionContext:purpose = contact|identity',
    reads('Secret'),
    reads('OriginSecret'),
  ],
  desk: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query'),
    ...query('gsi1', 'gsi2', 'gsi3'),
    reads('Secret'),
  ],
  track: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    reads('Secret'),
    reads('OriginSecret'),
  ],
  outside: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    reads('Secret'),
    reads('OriginSecret'),
  ],
  files: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'Query', 'UpdateItem'),
    's3:PutObject Incoming/incoming/*',
    's3:GetObject Files/served/*',
    reads('Secret'),
    reads('OriginSecret'),
  ],
  me: table('Cases', 'BatchGetItem', 'GetItem', 'Query'),
  staff: [
    ...table('Cases', 'BatchGetItem', 'ConditionCheckItem', 'GetItem', 'PutItem', 'Query'),
    ...query('gsi2'),
    ...[
      'AdminCreateUser',
      'AdminDeleteUser',
      'AdminDisableUser',
      'AdminGetUser',
      'AdminUserGlobalSignOut',
    ].map((a) => `cognito-idp:${a} StaffPool`),
    reads('Secret'),
  ],
  relations: [...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query'), reads('Secret')],
  settings: [
    ...table('Cases', 'BatchGetItem', 'ConditionCheckItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...query('gsi1'),
    reads('Secret'),
  ],
  metrics: table('Cases', 'BatchGetItem', 'GetItem', 'Query'),
  search: [...table('Cases', 'BatchGetItem', 'GetItem', 'Query'), reads('Secret')],
  services: table('Cases', 'BatchGetItem', 'GetItem', 'Query', 'UpdateItem'),
  notices: [
    ...table('Cases', 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...query('gsi2'),
    reads('Secret'),
    'sns:ListSubscriptionsByTopic CaseEvents',
    'sns:Subscribe CaseEvents',
    'sns:Unsubscribe *',
  ],
  subscriptions: [
    ...table('Cases', 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...table('Identities', 'BatchGetItem', 'UpdateItem'),
    'kms:GenerateDataKey IdentitiesKey where kms:EncryptionContext:purpose = notices',
    reads('Secret'),
    reads('OriginSecret'),
  ],
  channels: [...table('Cases', 'GetItem', 'UpdateItem'), ...table('Identities', 'UpdateItem')],
  citizens: [
    ...table('Cases', 'GetItem', 'UpdateItem'),
    ...table('Identities', 'BatchGetItem', 'UpdateItem'),
    'kms:GenerateDataKey IdentitiesKey where kms:EncryptionContext:purpose = notices',
    reads('Secret'),
  ],
  public: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'Query'),
    's3:GetObject Files/served/*',
    reads('Secret'),
  ],
  papers: [...table('Cases', 'BatchGetItem', 'GetItem', 'Query'), reads('Secret')],
  appointments: [
    ...table('Cases', 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    reads('Secret'),
  ],
  exports: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    's3:GetObject Files/exports/*',
    'sns:Publish CaseEvents',
    reads('Secret'),
  ],
  products: [
    ...table('Cases', 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'),
    's3:GetObject Incoming/incoming/*',
    's3:GetObject Files/products/*',
    's3:PutObject Files/products/*',
    reads('Secret'),
  ],
  receipts: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    'kms:Sign PapersKey where kms:SigningAlgorithm = ECDSA_SHA_256',
    reads('Secret'),
  ],
  verify: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'Query', 'UpdateItem'),
    'kms:GetPublicKey PapersKey',
    reads('Secret'),
    reads('OriginSecret'),
  ],
  announcements: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'Query'),
    's3:GetObject Files/served/*',
    reads('Secret'),
  ],
  newsroom: [
    ...table('Cases', 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    's3:PutObject Incoming/incoming/*',
    's3:GetObject Files/served/*',
    reads('Secret'),
  ],
  health: table('Cases', 'GetItem'),
  docs: [],
  relay: [
    ...table('Cases', 'BatchGetItem', 'BatchWriteItem', 'Query'),
    ...stream,
    'sns:Publish CaseEvents',
    'sqs:SendMessage RelayDead',
  ],
  project: [
    ...table('Cases', 'BatchGetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...stream,
    'sqs:SendMessage ProjectDead',
  ],
  deliver: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...query('gsi2'),
    ...table('Identities', 'BatchGetItem', 'UpdateItem'),
    'kms:Decrypt IdentitiesKey where kms:EncryptionContext:purpose = contact|notices',
    ...takes('DeliverQueue'),
    sends,
    sends.replace('identity/padang-panjang.example', 'configuration-set/lapau-padang-panjang-dev-mail'),
    'sns:Publish CaseEvents',
    reads('Secret'),
  ],
  later: [...table('Cases', 'DeleteItem', 'Query'), 'sns:Publish CaseEvents'],
  fanout: [
    ...table('Cases', 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...table('Identities', 'BatchGetItem', 'UpdateItem'),
    'kms:Decrypt IdentitiesKey where kms:EncryptionContext:purpose = notices',
    ...takes('FanoutQueue'),
    sends,
    sends.replace('identity/padang-panjang.example', 'configuration-set/lapau-padang-panjang-dev-mail'),
    'sns:Publish CaseEvents',
    reads('Secret'),
  ],
  rounds: [
    ...table('Cases', 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'),
    ...table('Identities', 'BatchGetItem', 'UpdateItem'),
    'kms:Decrypt IdentitiesKey where kms:EncryptionContext:purpose = notices',
    sends,
    'sns:Publish CaseEvents',
    reads('Secret'),
  ],
  feedback: [
    ...table('Cases', 'GetItem', 'UpdateItem'),
    ...table('Identities', 'UpdateItem'),
    ...takes('FeedbackQueue'),
  ],
  'inspect-photo': [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query'),
    's3:GetObject Incoming/incoming/*',
    's3:DeleteObject Incoming/incoming/*',
    's3:ListBucket Incoming',
    's3:PutObject Files/served/*',
    ...takes('InspectPhotoQueue'),
  ],
  archive: [...table('Cases', 'GetItem', 'PutItem'), ...takes('ArchiveQueue')],
  announce: [
    ...table('Cases', 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    reads('Secret'),
  ],
  index: [
    ...table('Cases', 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'),
    ...takes('IndexQueue'),
  ],
  publish: [...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query'), ...takes('PublishQueue')],
  export: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query'),
    ...query('gsi1'),
    ...table('Identities', 'GetItem'),
    'kms:Decrypt IdentitiesKey where kms:EncryptionContext:purpose = answers',
    's3:PutObject Files/exports/*',
    'sns:Publish CaseEvents',
    ...takes('ExportQueue'),
    reads('Secret'),
  ],
  recompute: table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'),
  parts: [...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query'), ...takes('PartsQueue')],
  sweep: [...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query'), ...query('gsi4')],
  availability: [
    ...table('Cases', 'BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...query('gsi2'),
    sends,
  ],
  digest: [
    ...table('Cases', 'BatchGetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...query('gsi1'),
    sends,
    'sqs:SendMessage DigestDead',
  ],
  reconcile: [
    ...table('Cases', 'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'),
    'sns:Publish CaseEvents',
    'sqs:SendMessage ReconcileDead',
  ],
};

const scope = (name: string) => name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
const named = (type: string, id: string, stack: Stack = app): Resource => {
  const found = ofType(stack, type).find(([logical]) => plain(logical) === id);
  if (found === undefined) throw new Error(`no ${type} ${id}`);
  return found[1];
};

describe('the rights of every function', () => {
  it('are listed here for every function that there is', () => {
    expect(Object.keys(expected).sort()).toEqual([...featureNames, ...jobNames].sort());
    expect(ofType(app, 'AWS::Lambda::Function')).toHaveLength(Object.keys(expected).length);
  });

  it.each(Object.entries(expected))('%s holds these and no others', (name, rights) => {
    const logs = `${scope(name)}Logs`;
    expect(rightsOf(named('AWS::IAM::Role', `${scope(name)}Role`).Properties, stacks)).toEqual(
      [...rights, `logs:CreateLogStream ${logs}`, `logs:PutLogEvents ${logs}`].sort(),
    );
  });

  it.each(Object.keys(expected))('%s runs with its own role', (name) => {
    const { Role, LoggingConfig } = named('AWS::Lambda::Function', `${scope(name)}Function`).Properties;
    expect(readable(Role, stacks)).toBe(`${scope(name)}Role`);
    expect(LoggingConfig).toMatchObject({ LogGroup: { Ref: expect.stringContaining(`${scope(name)}Logs`) } });
  });

  it('are nowhere else: no policy is attached beside a role', () => {
    const elsewhere = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((t) =>
      [data, app].flatMap((s) => ofType(s, t)),
    );
    expect(elsewhere).toEqual([]);
    for (const [, role] of ofType(app, 'AWS::IAM::Role'))
      expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  it('the scheduler may start the timed jobs and nothing else', () => {
    expect(rightsOf(named('AWS::IAM::Role', 'SchedulerRole').Properties, stacks)).toEqual([
      'lambda:InvokeFunction AnnounceFunction',
      'lambda:InvokeFunction AvailabilityFunction',
      'lambda:InvokeFunction DigestFunction',
      'lambda:InvokeFunction LaterFunction',
      'lambda:InvokeFunction RecomputeFunction',
      'lambda:InvokeFunction ReconcileFunction',
      'lambda:InvokeFunction RoundsFunction',
      'lambda:InvokeFunction SweepFunction',
    ]);
  });

  it('channels beside mail come with their token, to those who use them; without them neither is there', () => {
    const { channelsSecretArn, telegramUrl, whatsappUrl } = channels;
    const token = `secretsmanager:GetSecretValue ${channelsSecretArn}`;
    const environment = {
      TELEGRAM_URL: telegramUrl,
      WHATSAPP_URL: whatsappUrl,
      CHANNELS_SECRET_ID: channelsSecretArn,
    };
    const having = (stack: Stack) =>
      [...featureNames, ...jobNames].filter((name) => {
        const role = named('AWS::IAM::Role', `${scope(name)}Role`, stack).Properties;
        const settings = JSON.stringify(named('AWS::Lambda::Function', `${scope(name)}Function`, stack));
        const told = Object.values(environment).filter((value) => settings.includes(JSON.stringify(value)));
        const may = rightsOf(role, stacks).includes(token);
        // The webhook knows what WhatsApp signs with, and sends nothing.
        expect(told, name).toHaveLength(may ? (name === 'channels' ? 1 : 3) : 0);
        return may;
      });
    expect(having(app)).toEqual([]);
    const on = templates(channels).app;
    expect(having(on)).toEqual(['channels', 'deliver', 'fanout', 'availability', 'digest']);
    const { Environment } = named('AWS::Lambda::Function', 'DigestFunction', on).Properties;
    expect(Environment).toMatchObject({ Variables: environment });
    const whatsapp = templates({ whatsappUrl, channelsSecretArn }).app;
    expect(JSON.stringify(named('AWS::Lambda::Function', 'DigestFunction', whatsapp))).not.toContain(
      'TELEGRAM_URL',
    );
  });

  it('identities are written where people give them; one job opens contacts, and nothing opens who somebody is', () => {
    const having = (right: RegExp) =>
      Object.entries(expected).filter(([, rights]) => rights.some((r) => right.test(r)));
    expect(having(/^kms:Decrypt.*contact/).map(([name]) => name)).toEqual(['deliver']);
    expect(having(/^kms:Decrypt.*identity/)).toEqual([]);
    const writes = having(/PutItem Identities$/);
    expect(writes.map(([name]) => name).sort()).toEqual([
      ...['applications', 'complaints', 'information', 'joins'],
    ]);
  });
});
