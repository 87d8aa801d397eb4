import { SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { pipeline, type World } from '../../test/pipeline.ts';
import { code, testKeys } from '../../test/staff.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { CaseRecord } from '../cases/model.ts';
import { openedMarks, reporterReceipts } from '../events/delivered.ts';
import type { Call } from '../kernel/http.ts';
import { staffReader } from '../people/staff.ts';
import { operations } from './operations.ts';
import { subscriptionStore } from './store.ts';
import { snsTopic } from './topic.ts';

const topicArn = 'arn:aws:sns:ap-southeast-3:000000000000:lapau-uji-dev-case-events';
let tables: TestTables | undefined;
let world: World;
let coordinator: StaffActor;
let ops: ReturnType<typeof operations>;

beforeEach(async () => {
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
    ofReporter: (code) => reporterReceipts(world.table, code),
    opened: openedMarks(world.table).read,
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

  test('of a former unit fill their pages, though others lie between', async () => {
    const liaison = await world.staff('liaison', 'damkar');
    for (const id of ['a', 'b', 'c', 'd', 'e']) await world.staff('officer', 'perkim', { id });
    const record = await world.file({ category: 'kebakaran' });
    await world.act(record, coordinator, 'assign', { unit: 'perkim' });
    await world.runRelay();
    await world.runDeliver();
    // What perkim was told after the hand-over is not for damkar.
    const later = (await world.receipts(record.code)).filter(({ recipient }) => recipient.length === 1);
    for (const { sk, ...rest } of later)
      for (const seq of [40, 41, 42])
        await world.table.put({
          ...rest,
          pk: `C#${record.code}`,
          sk: sk.replace(/\d{6}$/, String(seq).padStart(6, '0')),
          seq,
        });
    const whole = (await receiptsFor(liaison, record, 100)).body.receipts;
    expect([later.length, whole.length]).toEqual([5, 6]);
    const pages: number[] = [];
    const seen: unknown[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await receiptsFor(liaison, record, 2, cursor);
      pages.push(body.receipts.length);
      seen.push(...body.receipts);
      cursor = body.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(whole);
    expect(pages.slice(0, -1).every((n) => n === 2)).toBe(true);
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
  const inspector = await world.staff('executive', 'inspektorat');
  const units = async (actor: StaffActor) =>
    (await ops.unreachableUnits(call(actor, {}))).body.units.map(({ unit, people }) => [unit.id, people]);
  const { body } = await ops.unreachableUnits(call(coordinator, {}));
  expect(body).toEqual({
    units: [{ unit: { id: 'perkim', name: 'perkim' }, ...at(), reason: 'nobody', people: 0 }],
    more: false,
  });
  expect(await units({ ...inspector, role: 'inspector' })).toEqual([
    ['inspektorat', 1],
    ['perkim', 0],
  ]);
});

test('that a secret case exists is no coordinator’s to read from the list, and whom it is about is nobody’s', async () => {
  await world.file({ about: 'kominfo' });
  await world.file({ about: 'sekda' });
  const secret = await world.file({ category: 'kekerasan' });
  await world.act(secret, coordinator, 'assign', { unit: 'perkim' });
  await world.runRelay();
  while (world.topic.length > 0) await world.runDeliver();
  const waiting = (await world.deliverDeps.unreachable.page(world.now())).waiting;
  expect(waiting.map(({ unit, secret: mark }) => [unit, mark]).sort()).toEqual([
    ['inspektorat', 'about'],
    ['perkim', 'inspectors'],
    ['setda', 'about'],
  ]);
  const listed = async (actor: StaffActor) =>
    (await ops.unreachableUnits(call(actor, {}))).body.units.map(({ unit }) => unit.id);
  expect(await listed(coordinator)).toEqual([]);
  expect(await listed({ ...coordinator, role: 'inspector' })).toEqual(['perkim']);
});

const at = () => ({ since: expect.any(String) as string, at: expect.any(String) as string });
