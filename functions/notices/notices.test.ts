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
import { type TestTables, testTables } from '../../test/engine.ts';
import { pipeline, type World } from '../../test/pipeline.ts';
import { code, key, testKeys } from '../../test/staff.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { Call } from '../kernel/http.ts';
import { staffReader } from '../people/staff.ts';
import { operations } from './operations.ts';
import { isEndpoint } from './rules.ts';
import { subscriptionStore } from './store.ts';
import { snsTopic } from './topic.ts';

const topicArn = 'arn:aws:sns:ap-southeast-3:000000000000:lapau-uji-dev-case-events';
const sns = mockClient(SNSClient);
let tables: TestTables | undefined;
let world: World;
let coordinator: StaffActor;
let ops: ReturnType<typeof operations>;

beforeEach(async () => {
  sns.reset();
  tables ??= await testTables();
  world = await pipeline(tables);
  coordinator = await world.staff('coordinator', 'kominfo');
  ops = operations({
    store: world.store,
    receipts: world.deliverDeps.receipts,
    unreachable: world.deliverDeps.unreachable,
    subscriptions: subscriptionStore(world.table),
    topic: snsTopic(new SNSClient({ region: 'ap-southeast-3' }), topicArn),
    staff: staffReader(world.table),
    city: async () => world.city,
    keys: async () => testKeys,
    now: world.now,
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
const receiptsFor = (actor: StaffActor, record: CaseRecord, size = 25, cursor?: string) =>
  ops.caseReceipts(call(actor, { params: { code: record.code }, query: { size, cursor } }));

describe('receipts of a case', () => {
  test('say who was told, by which channel, and whether it arrived', async () => {
    await world.staff('liaison', 'damkar');
    const officer = await world.staff('officer', 'damkar');
    const record = await world.file({ category: 'kebakaran' });
    await world.runRelay();
    await world.runDeliver();
    const { body } = await receiptsFor(officer, record);
    expect(body.next).toBeNull();
    expect(body.receipts).toMatchObject([
      {
        seq: 2,
        event: 'assigned',
        recipient: { id: 'liaison-damkar', name: 'Nama liaison-damkar', role: 'liaison', unit: 'damkar' },
        via: 'unit',
        channel: 'email',
        state: 'sent',
        maybeTwice: false,
      },
      { recipient: { id: 'officer-damkar' }, state: 'sent' },
    ]);
    expect(JSON.stringify(body)).not.toContain('@');
  });

  test('a claim whose lease is over shows as uncertain', async () => {
    await world.staff('liaison', 'damkar');
    const record = await world.file({ category: 'kebakaran' });
    await world.runRelay();
    world.killAt(5, true);
    await world.runDeliver(world.topic, {}, 1);
    world.killAt(Number.POSITIVE_INFINITY, false);
    const state = async () => (await receiptsFor(coordinator, record)).body.receipts.map((r) => r.state);
    expect(await state()).toEqual(['claimed']);
    world.pass(180);
    expect(await state()).toEqual(['uncertain']);
  });

  test('are paged by a cursor that belongs to the reader and the case', async () => {
    for (const id of ['a', 'b', 'c']) await world.staff('officer', 'damkar', { id });
    const record = await world.file({ category: 'kebakaran' });
    await world.runRelay();
    await world.runDeliver();
    const first = await receiptsFor(coordinator, record, 2);
    expect(first.body.receipts.map((r) => r.recipient.id)).toEqual(['a', 'b']);
    const cursor = first.body.next ?? '';
    const second = await receiptsFor(coordinator, record, 2, cursor);
    expect(second.body.receipts.map((r) => r.recipient.id)).toEqual(['c']);
    const officer = await world.staff('officer', 'damkar', { id: 'a' });
    expect(await code(receiptsFor(officer, record, 2, cursor))).toBe('badCursor');
    expect(await code(receiptsFor(coordinator, record, 2, `${cursor}x`))).toBe('badCursor');
  });

  test('are not there for who may not see the case; a former unit reads up to its hand-over', async () => {
    const liaison = await world.staff('liaison', 'damkar');
    const other = await world.staff('liaison', 'perkim');
    const record = await world.file({ category: 'kebakaran' });
    const moved = await world.act(record, coordinator, 'assign', { unit: 'perkim' });
    await world.act(moved, coordinator, 'correct', { category: 'sampah' });
    await world.runRelay();
    await world.runDeliver();
    const stranger = await world.staff('liaison', 'pupr');
    expect(await code(receiptsFor(stranger, record))).toBe('notFound');
    const seqs = async (who: StaffActor) => (await receiptsFor(who, record)).body.receipts.map((r) => r.seq);
    expect(Math.max(...(await seqs(other)))).toBe(4);
    expect(Math.max(...(await seqs(liaison)))).toBe(3);
    const secret = await world.file({ category: 'pungli' });
    expect(await code(receiptsFor(coordinator, secret))).toBe('notFound');
  });
});

test('units nobody can be reached in are listed once, without any case', async () => {
  for (let i = 0; i < 3; i += 1)
    await world.act(await world.file(), coordinator, 'assign', { unit: 'perkim' });
  await world.file({ category: 'pungli' });
  await world.runRelay();
  while (world.topic.length > 0) await world.runDeliver();
  await world.staff('executive', 'inspektorat');
  const { body } = await ops.unreachableUnits();
  expect(body).toEqual({
    units: [
      { unit: { id: 'inspektorat', name: 'inspektorat' }, ...at(), reason: 'nobody', people: 1 },
      { unit: { id: 'perkim', name: 'perkim' }, ...at(), reason: 'nobody', people: 0 },
    ].sort((a, b) => (a.since < b.since ? -1 : 1)),
    more: false,
  });
});
const at = () => ({ since: expect.any(String) as string, at: expect.any(String) as string });

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
    for (let i = 0; i < 50; i += 1) await add({ endpoint: `https://o${i}.example.go.id/` }, key(`n${i}`));
    expect(await code(add({ endpoint: 'https://o50.example.go.id/' }, key('n50')))).toBe(
      'tooManySubscriptions',
    );
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
