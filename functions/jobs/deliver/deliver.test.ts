import { afterAll, beforeAll, expect, test } from 'vitest';
import { unreachableMessage as alarmed } from '../../../lib/app/alarms.ts';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { messageOf } from '../../events/message.ts';
import { receiptKey } from '../../events/receipts.ts';
import { unreachableMessage } from '../../events/unreachable.ts';

let tables: TestTables;
let world: World;
beforeAll(async () => {
  tables = await testTables();
  world = await pipeline(tables);
  await world.staff('coordinator', 'kominfo');
  await world.staff('liaison', 'damkar', { channels: {} });
  await world.staff('officer', 'damkar');
  await world.staff('head', 'damkar');
  await world.staff('liaison', 'perkim');
  await world.staff('head', 'pupr');
});
afterAll(() => tables.stop());

const all = async (): Promise<void> => {
  await world.runRelay();
  expect(await world.runDeliver()).toBe(0);
};
const told = async ({ code }: CaseRecord) =>
  (await world.receipts(code)).map((r) => `${r.seq} ${r.recipient} ${r.channel} ${r.state}`);
const mailsOf = ({ code }: CaseRecord) => world.mails.filter(({ text }) => text.includes(code));
const coordinator = () => world.staff('coordinator', 'kominfo');

test('a direct case is told to liaison and officers of its unit, once each', async () => {
  const record = await world.file({ category: 'kebakaran' });
  await all();
  expect(await told(record)).toEqual(['2 liaison-damkar email sent', '2 officer-damkar email sent']);
  expect(mailsOf(record)).toHaveLength(2);
});

test('the same message again sends nothing', async () => {
  const record = await world.file({ category: 'kebakaran' });
  await world.runRelay();
  const again = world.topic.slice();
  await all();
  const before = world.mails.length;
  expect(await world.runDeliver([...again, ...again])).toBe(0);
  expect(world.mails).toHaveLength(before);
  expect(await told(record)).toHaveLength(2);
});

test('a notice has a link, the unit and the deadline, and no word of the case or of the person told', async () => {
  const record = await world.file({
    category: 'kebakaran',
    text: 'Rumah Pak Marker terbakar sejak subuh tadi',
  });
  await all();
  const [mail] = mailsOf(record);
  expect(mail?.text).toContain(`https://lapau.example.go.id/desk/cases/${record.code}`);
  expect(mail?.text).toContain('Unit: damkar');
  expect(mail?.text).toMatch(/Tenggat: \d\d-\d\d-2026 \d\d\.\d\d WIB/);
  expect(`${mail?.subject} ${mail?.text}`).not.toMatch(/Marker|Nama |terbakar/);
});

test('a unit without liaison and officers: its head; without people: those above', async () => {
  const who = await coordinator();
  const record = await world.file();
  const assigned = await world.act(record, who, 'assign', { unit: 'pupr' });
  await all();
  await world.act(assigned, who, 'assign', { unit: 'pupr-air' });
  await all();
  expect(await told(record)).toEqual(['2 head-pupr email sent', '3 head-pupr email sent']);
});

test('who did it is not told', async () => {
  const record = await world.file({ category: 'kebakaran' });
  const liaison = await world.staff('liaison', 'damkar');
  await world.act(record, liaison, 'assign', { unit: 'damkar' });
  await all();
  const recipients = (await world.receipts(record.code)).filter((r) => r.seq === 3).map((r) => r.recipient);
  expect(recipients).toEqual(['officer-damkar']);
});

test('the former unit hears of the hand-over, the new one of the case, the assignee as assignee', async () => {
  const who = await coordinator();
  const record = await world.file({ category: 'kebakaran' });
  await all();
  await world.act(
    record,
    who,
    'assign',
    { unit: 'perkim', person: 'liaison-perkim' },
    { person: { id: 'liaison-perkim', unit: 'perkim' } },
  );
  await all();
  const receipts = (await world.receipts(record.code)).filter((r) => r.seq === 3);
  expect(receipts.map((r) => `${r.recipient} ${r.via}`)).toEqual([
    'liaison-damkar formerUnit',
    'liaison-perkim assignee',
    'officer-damkar formerUnit',
  ]);
});

test('an older notice that comes late is dropped as superseded', async () => {
  const liaison = await world.staff('liaison', 'damkar');
  const record = await world.file({ category: 'kebakaran' });
  const moved = await world.act(record, liaison, 'assign', { unit: 'damkar' });
  await world.act(moved, await coordinator(), 'correct', { category: 'sampah' });
  await world.runRelay();
  // seq 4 arrives before 2 and 3.
  world.topic.sort((a, b) => JSON.parse(b.body).seq - JSON.parse(a.body).seq);
  for (const message of world.topic.splice(0)) await world.runDeliver([message]);
  expect(await told(record)).toEqual([
    '2 liaison-damkar email superseded',
    '4 liaison-damkar email sent',
    '2 officer-damkar email superseded',
    '3 officer-damkar email superseded',
    '4 officer-damkar email sent',
  ]);
  expect(mailsOf(record)).toHaveLength(2);
});

test('a refused address ends as failed and holds nobody up; all refused, the unit is unreachable', async () => {
  const refused = Object.assign(new Error('no'), { name: 'MessageRejected' });
  world.faults.ses = (to) => (to.startsWith('liaison') ? refused : undefined);
  const record = await world.file({ category: 'kebakaran' });
  await all();
  expect(await told(record)).toEqual(['2 liaison-damkar email failed', '2 officer-damkar email sent']);
  world.faults.ses = () => refused;
  const other = await world.file({ category: 'kebakaran' });
  await all();
  delete world.faults.ses;
  const { waiting } = await world.deliverDeps.unreachable.page(world.now());
  expect(waiting).toMatchObject([{ unit: 'damkar', code: other.code, seq: 2, reason: 'failed' }]);
});

test('a throttled channel is tried again by the queue; the other people were told meanwhile', async () => {
  let throttled = 2;
  world.faults.ses = (to) => {
    if (!to.startsWith('liaison') || throttled === 0) return undefined;
    throttled -= 1;
    return Object.assign(new Error('slow down'), { name: 'TooManyRequestsException' });
  };
  const record = await world.file({ category: 'kebakaran' });
  await world.runRelay();
  await world.runDeliver(world.topic, {}, 1);
  expect(world.topic).toHaveLength(1);
  expect(await told(record)).toEqual(['2 liaison-damkar email waiting', '2 officer-damkar email sent']);
  await all();
  delete world.faults.ses;
  const [liaison] = await world.receipts(record.code);
  expect(liaison).toMatchObject({ state: 'sent', tries: 3, uncertain: false });
  expect(mailsOf(record)).toHaveLength(2);
});

test('nobody in the unit or above it: on the list, and in the log that the alarm counts', async () => {
  expect(unreachableMessage).toBe(alarmed);
  const who = await coordinator();
  const record = await world.file();
  world.lines.splice(0);
  await world.act(record, who, 'assign', { unit: 'ganting' });
  await all();
  expect(world.lines).toContainEqual({
    level: 'warn',
    event: alarmed,
    fields: { unit: 'ganting', reason: 'nobody' },
  });
  const { waiting } = await world.deliverDeps.unreachable.page(world.now());
  expect(waiting).toContainEqual(expect.objectContaining({ unit: 'ganting', code: record.code, seq: 2 }));

  // Somebody was invited; reconcile publishes it again.
  await world.staff('areaHead', 'ganting');
  world.pass(60);
  const [event] = (await world.store.read(record.code))?.events.slice(-1) ?? [];
  const now = await world.store.read(record.code);
  if (event === undefined || now === undefined) throw new Error('gone');
  await world.publish([messageOf(now, event, 'ganting')]);
  await all();
  expect(await told(record)).toEqual(['2 areaHead-ganting email sent']);
  const after = await world.deliverDeps.unreachable.page(world.now());
  expect(after.waiting.map(({ unit }) => unit)).not.toContain('ganting');
});

test('a revoked officer is not told', async () => {
  await world.staff('officer', 'damkar', { id: 'officer-gone', status: 'revoked' });
  world.pass(60);
  const record = await world.file({ category: 'kebakaran' });
  await all();
  expect((await told(record)).join()).not.toContain('officer-gone');
});

test('a claim in somebody’s hands is left alone, and taken over once its lease has ended', async () => {
  const record = await world.file({ category: 'kebakaran' });
  await world.runRelay();
  const key = receiptKey(record.code, 'liaison-damkar', 'email', 2);
  const facts = {
    seq: 2,
    recipient: 'liaison-damkar',
    channel: 'email',
    via: 'unit',
    unit: 'damkar',
    event: 'assigned',
  };
  await world.deliverDeps.receipts.claim(key, facts, world.now());
  await world.runDeliver(world.topic, {}, 1);
  expect(world.topic).toHaveLength(1);
  expect(mailsOf(record).map(({ to }) => to)).toEqual(['officer-damkar@kota.go.id']);
  await all();
  const [receipt] = await world.receipts(record.code);
  expect(receipt).toMatchObject({ state: 'sent', uncertain: true, tries: 2 });
});
