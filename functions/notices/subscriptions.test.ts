import {
  InvalidParameterException,
  ListSubscriptionsByTopicCommand,
  NotFoundException,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { staffOf, testCity } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { code, key, testKeys } from '../../test/staff.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { Call } from '../kernel/http.ts';
import { isEndpoint } from './rules.ts';
import { subscriptionStore } from './store.ts';
import { subscriptionOperations } from './subscriptions.ts';
import { snsTopic } from './topic.ts';

const topicArn = 'arn:aws:sns:ap-southeast-3:000000000000:lapau-uji-dev-case-events';
const sns = mockClient(SNSClient);
const city = testCity();
const coordinator = staffOf(city, 'coordinator', 'kominfo');
let tables: TestTables | undefined;
let ops: ReturnType<typeof subscriptionOperations>;

beforeEach(async () => {
  sns.reset();
  tables ??= await testTables();
  const subscriptions = subscriptionStore(tables.cases);
  for (const { id } of await subscriptions.list()) await subscriptions.remove(id);
  ops = subscriptionOperations({
    subscriptions,
    topic: snsTopic(new SNSClient({ region: 'ap-southeast-3' }), topicArn),
    city: async () => city,
    keys: async () => testKeys,
    now: () => '2026-11-23T03:00:00Z',
    kinds: ['complaint', 'aspiration', 'question'],
  });
});
afterAll(() => tables?.stop());

const call = <I>(actor: StaffActor, input: I, idempotencyKey = '') =>
  ({
    actor,
    input,
    idempotencyKey,
    ifMatch: -1,
    language: 'id',
    address: '',
    requestId: 'r',
  }) as unknown as Call<never, StaffActor>;

const wish = (more: object = {}) => ({
  body: {
    protocol: 'https',
    endpoint: 'https://opd.example.go.id/hook',
    units: ['pupr'],
    kinds: [],
    ...more,
  },
});
const add = (more: object = {}, idempotencyKey = key('one')) =>
  ops.addSubscription(call(coordinator, wish(more), idempotencyKey));
const list = async () => (await ops.listSubscriptions()).body.subscriptions;
const inTopic = (...some: { SubscriptionArn: string; Protocol: string; Endpoint: string }[]) =>
  sns.on(ListSubscriptionsByTopicCommand).resolves({ Subscriptions: some });
const hook = { Protocol: 'https', Endpoint: 'https://opd.example.go.id/hook' };
const arn = `${topicArn}:11111111-2222-3333-4444-555555555555`;

describe('raw subscriptions', () => {
  test('carry a filter of units and kinds, and never let a secret case through', async () => {
    sns.on(SubscribeCommand).resolves({ SubscriptionArn: arn });
    inTopic({ SubscriptionArn: 'PendingConfirmation', ...hook });
    const { body } = await add({ kinds: ['complaint'] });
    expect(body).toMatchObject({
      units: ['pupr'],
      kinds: ['complaint'],
      state: 'pending',
      by: coordinator.id,
    });
    const [subscribe] = sns.commandCalls(SubscribeCommand);
    expect(JSON.parse(subscribe?.args[0].input.Attributes?.['FilterPolicy'] ?? '')).toEqual({
      secret: [{ exists: false }],
      audience: ['public', 'code'],
      units: ['pupr'],
      kind: ['complaint'],
    });
    inTopic({ SubscriptionArn: arn, ...hook });
    expect(await list()).toMatchObject([{ id: body.id, state: 'confirmed' }]);
    inTopic();
    expect(await list()).toMatchObject([{ state: 'gone' }]);
  });

  test('the same key is one subscription; another body or another key for the same endpoint is refused', async () => {
    sns.on(SubscribeCommand).resolves({ SubscriptionArn: arn });
    inTopic({ SubscriptionArn: arn, ...hook });
    const first = await add();
    expect(await add()).toEqual(first);
    expect(sns.commandCalls(SubscribeCommand)).toHaveLength(1);
    expect(await code(add({ units: [] }))).toBe('keyReused');
    expect(await code(add({ endpoint: 'https://lain.example.go.id/' }))).toBe('keyReused');
    expect(await code(add({ units: [] }, key('two')))).toBe('alreadySubscribed');
    expect(await list()).toHaveLength(1);
  });

  test('SNS down in the middle: the retry goes on; refused by SNS: nothing is left', async () => {
    inTopic();
    sns.on(SubscribeCommand).rejectsOnce(new Error('down')).resolves({ SubscriptionArn: arn });
    expect(await code(add())).toBeInstanceOf(Error);
    expect((await add()).body.id).toMatch(/^[\w-]{22}$/);
    sns.on(SubscribeCommand).rejects(new InvalidParameterException({ message: 'no', $metadata: {} }));
    expect(await code(add({ endpoint: 'https://lain.example.go.id/' }, key('two')))).toBe('endpointRefused');
    expect(await list()).toHaveLength(1);
  });

  test('an unknown unit or kind, an endpoint that is none, and too many are refused', async () => {
    expect(await code(add({ units: ['pupr', 'tidak-ada'] }))).toBe('unknownUnit');
    expect(await code(add({ kinds: ['keluhan'] }))).toBe('invalidInput');
    expect(await code(add({ endpoint: 'http://opd.example.go.id' }))).toBe('endpointRefused');
    sns.on(SubscribeCommand).resolves({ SubscriptionArn: arn });
    inTopic();
    const nth = (i: number) => add({ endpoint: `https://o${i}.example.go.id/` }, key(`n${i}`));
    for (let i = 0; i < 48; i += 1) await nth(i);
    // The last two places, and six who want them at once.
    const last = await Promise.all([48, 49, 50, 51, 52, 53].map((i) => code(nth(i))));
    expect(last.sort()).toEqual(['done', 'done', ...Array(4).fill('tooManySubscriptions')]);
    expect(await list()).toHaveLength(50);
    expect(await code(nth(0))).toBe('done');
    const [first] = await list();
    inTopic();
    await ops.removeSubscription(call(coordinator, { params: { id: first?.id } }));
    expect([await code(nth(60)), await code(nth(61))]).toEqual(['done', 'tooManySubscriptions']);
  });

  test('removed in SNS and here; gone already, never confirmed and unknown ones each in their way', async () => {
    sns.on(SubscribeCommand).resolves({ SubscriptionArn: arn });
    inTopic({ SubscriptionArn: arn, ...hook });
    const remove = (id: string) => ops.removeSubscription(call(coordinator, { params: { id } }));
    const { body } = await add();
    sns
      .on(UnsubscribeCommand)
      .rejectsOnce(new InvalidParameterException({ message: 'pending', $metadata: {} }))
      .resolves({});
    expect(await code(remove(body.id))).toBe('subscriptionPending');
    await remove(body.id);
    expect(sns.commandCalls(UnsubscribeCommand).map((c) => c.args[0].input.SubscriptionArn)).toEqual([
      arn,
      arn,
    ]);
    expect(await list()).toEqual([]);
    expect(await code(remove(body.id))).toBe('notFound');
    const again = await add();
    sns.on(UnsubscribeCommand).rejects(new NotFoundException({ message: 'gone', $metadata: {} }));
    await remove(again.body.id);
    expect(await list()).toEqual([]);
  });
});

test('one receiver is one subscription, however its address is spelt', async () => {
  sns.on(SubscribeCommand).resolves({ SubscriptionArn: arn });
  inTopic({ SubscriptionArn: arn, ...hook });
  const { body } = await add({ endpoint: 'HTTPS://OPD.Example.go.id.:443/hook#a' });
  expect(body).toMatchObject({ endpoint: hook.Endpoint, state: 'confirmed' });
  const others = [hook.Endpoint, 'https://opd.example.go.id:443/hook', 'https://OPD.example.go.id./hook'];
  for (const [i, endpoint] of others.entries())
    expect(await code(add({ endpoint }, key(`spelt${i}`)))).toBe('alreadySubscribed');
  await add({ protocol: 'email', endpoint: 'Kabar@Kota.go.id' }, key('mail'));
  expect(await code(add({ protocol: 'email', endpoint: 'kabar@kota.go.id' }, key('mail2')))).toBe(
    'alreadySubscribed',
  );
});

test('endpoints: public hosts by name, addresses, queues that are not our own', () => {
  const ok = (protocol: 'email' | 'sqs' | 'https', endpoint: string) =>
    isEndpoint(protocol, endpoint, topicArn);
  const https = ['https://opd.example.go.id/hook?x=1', 'https://opd.example.go.id:443/'];
  expect(https.map((e) => ok('https', e))).toEqual([true, true]);
  const bad = [
    ...[
      'http://opd.example.go.id/',
      'https://localhost/',
      'https://10.0.0.1/',
      'https://[::1]/',
      'https://2130706433/',
    ],
    ...['https://u:p@opd.example.go.id/', 'https://db.internal/', 'https://opd/', 'ftp://x.id/', 'opd', ''],
    'https://opd.example.go.id:8443/',
    ...['https://a.local./x', 'https://metadata.google.internal./', 'https://METADATA.google.INTERNAL../'],
    ...[
      'https://opd./',
      'https://10.0.0.1./',
      'https://127.1../',
      'https://./',
      'https://u@opd.example.go.id/',
    ],
  ];
  expect(bad.filter((e) => ok('https', e))).toEqual([]);
  expect([ok('email', 'a@kota.go.id'), ok('email', 'a'), ok('email', `${'a'.repeat(260)}@b.id`)]).toEqual([
    true,
    false,
    false,
  ]);
  const queue = (account: string, name: string) => ok('sqs', `arn:aws:sqs:ap-southeast-3:${account}:${name}`);
  expect([queue('111122223333', 'opd'), queue('000000000000', 'opd')]).toEqual([true, true]);
  expect([queue('000000000000', 'lapau-uji-dev-deliver'), queue('1', 'opd'), ok('sqs', 'opd')]).toEqual([
    false,
    false,
    false,
  ]);
});
