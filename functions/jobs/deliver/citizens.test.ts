import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { citizensOf } from '../../../test/citizens.ts';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { testKeys } from '../../../test/identities.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import { type Actor, holderOf } from '../../cases/actor.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { deliveredReader } from '../../events/delivered.ts';
import { feedback } from '../../events/feedback.ts';
import { laterStore } from '../../events/later.ts';
import type { Notice } from '../../events/notice.ts';
import { receiptRef } from '../../events/receipt-ref.ts';
import { receiptStore } from '../../events/receipts.ts';
import type { Channel, Sent } from '../../events/tell.ts';
import { unseal } from '../../kernel/token.ts';
import { accountRef, supporterRef } from '../../people/book.ts';
import { supporterStore } from '../../people/supporters.ts';
import { later } from '../later/later.ts';

let tables: TestTables;
let world: World;
let citizens: ReturnType<typeof citizensOf>;
beforeAll(async () => {
  tables = await testTables();
});
beforeEach(async () => {
  world = await pipeline(tables);
  citizens = citizensOf(world);
});
afterAll(() => tables.stop());

const email = 'siti@example.id';
const hour = 3600;
const coordinator = () => world.staff('coordinator', 'kominfo');
const all = async (more = {}): Promise<void> => {
  await world.runRelay();
  expect(await world.runDeliver(world.topic, more)).toBe(0);
};
/** Hands on what waits, as the job does every few minutes. */
const wake = async (more = {}): Promise<number> => {
  const run = later({
    later: laterStore(world.mortal),
    publish: world.publish,
    now: world.now,
    log: world.deliverDeps.log,
  });
  const { handed } = await run(() => 60_000).catch(() => ({ handed: 0 }));
  world.life.dead = false;
  expect(await world.runDeliver(world.topic, more)).toBe(0);
  return handed;
};
const told = async ({ code }: CaseRecord) =>
  (await world.receipts(code))
    .filter(({ via }) => via === 'reporter' || via === 'supporters')
    .map((r) => `${r.seq} ${r.recipient} ${r.channel} ${r.state}`);
const mailsTo = (to: string) => world.mails.filter((mail) => mail.to === to);
/** A report with a contact, told of its receipt. */
const filed = async (filing = {}, contact = { name: 'Siti Marker', email }): Promise<CaseRecord> => {
  const record = await world.file(filing);
  await citizens.contact(record, contact);
  return record;
};
/** A channel that keeps what it gets and answers as it is told to. */
const recording = (name: Channel['name'], answer: (to: string) => Sent = () => ({ state: 'sent' })) => {
  const got: { to: string; notice: Notice }[] = [];
  const channel: Channel = {
    name,
    send: async (to, notice) => {
      const sent = answer(to);
      if (sent.state === 'sent') got.push({ to, notice });
      return sent;
    },
  };
  return { got, channel };
};
/** Half past ten at night in the test city. */
const toNight = (): void => world.pass(12.5 * hour);

describe('who is told', () => {
  test('the reporter, of each step for them, by the contact that came with the report', async () => {
    const record = await filed();
    await all();
    const moved = await world.act(record, await coordinator(), 'assign', { unit: 'pupr' });
    await world.act(moved, await coordinator(), 'note', { text: 'catatan' });
    await all();
    expect(await told(record)).toEqual(['1 reporter email sent', '2 reporter email sent']);
    expect(mailsTo(email)).toHaveLength(2);
  });

  test('in words of the workflow, with a link, why it came and how to stop; no name, text, unit or date', async () => {
    const record = await filed({ text: 'Jalan Marker berlubang besar sekali' });
    await all();
    const [mail] = mailsTo(email);
    expect(mail?.text).toMatch(/^Laporan Anda sudah kami terima\.\nLaporan \w{9}: https:\/\/lapau/);
    expect(mail?.text).toContain(`https://lapau.example.go.id/lacak/${record.code}`);
    expect(mail?.text).toContain(`karena laporan ${record.code} dikirim`);
    expect(mail?.text.indexOf('We have received')).toBeGreaterThan(mail?.text.indexOf('Berhenti: ') ?? 1e9);
    expect(`${mail?.subject} ${mail?.text}`).not.toMatch(/Marker|Siti|siti|2026|Ganting/);
    const token = /stop\?t=(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    expect(unseal(testKeys, 'stop', token)).toBe(citizens.refOf(record));
  });

  test.each([
    ['oversight', { category: 'pungli' }],
    ['confidential', { category: 'kekerasan' }],
    ['about somebody', { about: 'sekda' }],
  ])('of a secret report (%s) no more than that there is news', async (_, filing) => {
    const record = await filed(filing);
    await all();
    expect((await told(record)).length).toBeGreaterThan(0);
    for (const { text } of mailsTo(email)) expect(text).toMatch(/^Ada kabar baru tentang laporan ini\.\n/);
  });

  test('nobody who left no address, and no identity is opened for it', async () => {
    const record = await world.file();
    await all();
    expect([await told(record), world.kms.opened]).toEqual([[], []]);
  });

  test('contact fields are opened for whoever sends, names never', async () => {
    await filed();
    await all();
    expect(world.kms.opened).toEqual(['contact']);
  });

  const device = '{"endpoint":"x"}';
  test.each<[string, object, Record<string, string>, string[]]>([
    ['nothing: mail, and WhatsApp by the phone', {}, {}, ['email', 'whatsapp']],
    ['mail off', { on: { email: false } }, {}, ['whatsapp']],
    ['SMS on', { on: { sms: true, whatsapp: false } }, {}, ['email', 'sms']],
    ['a device', {}, { 'push.a1': device }, ['email', 'push.a1', 'whatsapp']],
    [
      'two devices, push off',
      { on: { push: false } },
      { 'push.a1': device, 'push.b2': device },
      ['email', 'whatsapp'],
    ],
    ['Telegram', { on: { email: false, whatsapp: false } }, { telegram: '12345' }, ['telegram']],
    ['stop', { stopped: true }, {}, []],
  ])('chosen: %s', async (_, change, addresses, channels) => {
    const record = await filed({}, { name: 'S', email, phone: '081234567890' } as never);
    await citizens.chooses(citizens.refOf(record), change, addresses);
    const parts = (['email', 'whatsapp', 'telegram', 'push', 'sms'] as const).map((name) => recording(name));
    await all({ channels: parts.map(({ channel }) => channel) });
    expect((await told(record)).map((line) => line.split(' ')[2])).toEqual(channels);
  });

  test('an account’s choices hold for its reports, and those of a report before them', async () => {
    const record = await world.file();
    const ref = accountRef(testKeys, 'akun');
    await citizens.chooses(ref, { language: 'en' }, { email: 'akun@example.id' });
    const own: CaseRecord = { ...record, reporter: 'akun', rev: record.rev + 1 };
    await world.store.save(own);
    await all();
    expect(mailsTo('akun@example.id')[0]?.text).toMatch(/^We have received your report\./);
    await citizens.chooses(citizens.refOf(record), { on: { email: false } });
    await world.act(own, await coordinator(), 'assign', { unit: 'pupr' });
    await all();
    expect(await told(record)).toEqual(['1 reporter email sent']);
  });
});

describe('what a thief of the PIN would do', () => {
  const thief = (record: CaseRecord): Actor => ({
    ...{ kind: 'citizen', id: 'pencuri', scope: 'pencuri' },
    opened: { code: record.code, pinVersion: record.pin.version },
  });
  const account = async (id: string, address: string): Promise<void> =>
    citizens.chooses(accountRef(testKeys, id), { language: 'id' }, { email: address });
  const renew = (record: CaseRecord, actor: Actor) =>
    world.act(record, actor, 'renewPin', {}, { pinKey: 'k1' });

  test('a new PIN is told to the stored contact, though it seems to be the reporter’s own doing', async () => {
    const record = await filed();
    await renew(record, holderOf({ code: record.code, pinVersion: record.pin.version }));
    await all();
    expect(mailsTo(email).at(-1)?.text).toMatch(/^PIN diganti; .* Bila itu bukan Anda, minta PIN baru/);
  });

  test('that the report is kept in an account is told to the contact from before, not to the account', async () => {
    const record = await filed();
    await account('pencuri', 'pencuri@example.id');
    await all();
    await world.act(record, thief(record), 'claim');
    await all();
    expect(mailsTo(email).at(-1)?.text).toMatch(
      /^Laporan disimpan ke sebuah akun\. Bila itu bukan akun Anda/,
    );
    expect(mailsTo('pencuri@example.id')).toEqual([]);
  });

  test('at night is told in the morning, whatever else happened and went to the account', async () => {
    const record = await filed();
    await account('pencuri', 'pencuri@example.id');
    await all();
    toNight();
    const claimed = await world.act(record, thief(record), 'claim');
    const renewed = await renew(claimed, thief(record));
    await world.act(renewed, await coordinator(), 'assign', { unit: 'pupr' });
    await all();
    world.pass(9 * hour);
    await wake();
    expect(await told(record)).toEqual(['1', '2', '3', '4'].map((seq) => `${seq} reporter email sent`));
    expect(mailsTo(email).map(({ text }) => text.split(' ')[0])).toEqual(['Laporan', 'Laporan']);
    expect(mailsTo('pencuri@example.id')).toHaveLength(2);
  });

  test('nothing else that reporters do is told to them', async () => {
    const record = await filed();
    const holder = holderOf({ code: record.code, pinVersion: record.pin.version });
    await world.act(record, holder, 'addInformation', { text: 'Masih ada.' });
    await all();
    expect(await told(record)).toEqual(['1 reporter email sent']);
  });
});

describe('quiet hours', () => {
  test('hold notices back until they end, and of several the newest alone is sent', async () => {
    toNight();
    const record = await filed();
    const moved = await world.act(record, await coordinator(), 'assign', { unit: 'pupr' });
    await all();
    await world.act(moved, await coordinator(), 'assign', { unit: 'perkim' });
    await all();
    expect(await told(record)).toEqual([1, 2, 3].map((seq) => `${seq} reporter email waiting`));
    const [first] = await world.receipts(record.code);
    expect(first).toMatchObject({ notBefore: '2026-11-23T23:00:00Z', reason: 'quietHours' });
    expect(await wake()).toBe(0);
    world.pass(8 * hour);
    expect(await wake()).toBe(3);
    expect(await told(record)).toEqual([
      '1 reporter email superseded',
      '2 reporter email superseded',
      '3 reporter email sent',
    ]);
    expect(mailsTo(email)).toHaveLength(1);
    expect(await wake()).toBe(0);
  });

  test('end for all at once: of two that are told side by side the newer alone is sent', async () => {
    toNight();
    const record = await filed();
    await world.act(record, await coordinator(), 'assign', { unit: 'pupr' });
    await all();
    world.pass(9 * hour);
    const slow = recording('email');
    const channel: Channel = {
      name: 'email',
      send: async (...args) => {
        // The older one is asked about while this one is on its way.
        const older = { seq: 1, recipient: 'reporter', channel: 'email' };
        expect(
          await receiptStore(world.table).newerSent(record.code, { ...older, via: '', unit: '', event: '' }),
        ).toBe(true);
        return slow.channel.send(...args);
      },
    };
    await wake({ channels: [channel] });
    expect(slow.got).toHaveLength(1);
  });

  test('do not hold for an emergency, for other hours, or for who wants none', async () => {
    toNight();
    await filed({ category: 'kebakaran', text: 'Ada kebakaran besar di pasar' });
    await all();
    expect(mailsTo(email).length).toBeGreaterThan(0);
    const early = await filed({}, { name: 'S', email: 'pagi@example.id' });
    await citizens.chooses(citizens.refOf(early), { quiet: { from: '06:00', to: '20:00' } });
    const never = await filed({}, { name: 'S', email: 'kapan@example.id' });
    await citizens.chooses(citizens.refOf(never), { quiet: 'none' });
    await all();
    expect([mailsTo('pagi@example.id').length, mailsTo('kapan@example.id').length]).toEqual([1, 1]);
  });

  test('who stopped meanwhile is not told in the morning', async () => {
    toNight();
    const record = await filed();
    await all();
    await citizens.chooses(citizens.refOf(record), { stopped: true });
    world.pass(9 * hour);
    await wake();
    expect(mailsTo(email)).toEqual([]);
  });
});

describe('a channel that fails', () => {
  test('for a day: nothing is lost, nobody waits for it, no message goes round, and it heals by itself', async () => {
    let down = true;
    const mail = recording('email', () =>
      down ? { state: 'waiting', reason: 'status503', uncertain: false } : { state: 'sent' },
    );
    const telegram = recording('telegram');
    const more = { channels: [mail.channel, telegram.channel] };
    const record = await filed();
    await citizens.chooses(citizens.refOf(record), { quiet: 'none' }, { telegram: '12345' });
    await all(more);
    expect(telegram.got).toHaveLength(1);
    for (let hours = 0; hours < 24; hours += 1) {
      world.pass(hour);
      await wake(more);
    }
    expect(await told(record)).toEqual(['1 reporter email waiting', '1 reporter telegram sent']);
    down = false;
    world.pass(2 * hour);
    await wake(more);
    expect(await told(record)).toEqual(['1 reporter email sent', '1 reporter telegram sent']);
    expect([mail.got.length, telegram.got.length]).toEqual([1, 1]);
  });

  test('a device that is gone is written down, told no more, and a new one clears it', async () => {
    let answer: Sent = { state: 'failed', reason: 'unsubscribed', gone: true };
    const push = recording('push', () => answer);
    const record = await world.file();
    const ref = citizens.refOf(record);
    await citizens.chooses(ref, {}, { 'push.a1': 'x' });
    await all({ channels: [push.channel] });
    expect((await citizens.entry(ref)).book.gone.get('push.a1')).toMatchObject({ why: 'unsubscribed' });
    const next = await world.act(record, await coordinator(), 'assign', { unit: 'pupr' });
    await all({ channels: [push.channel] });
    expect(await told(record)).toEqual(['1 reporter push.a1 failed']);
    answer = { state: 'sent' };
    world.pass(60);
    await citizens.chooses(ref, {}, { 'push.a1': 'y' });
    await world.act(next, await coordinator(), 'assign', { unit: 'perkim' });
    await all({ channels: [push.channel] });
    expect(push.got.map(({ to }) => to)).toEqual(['y']);
  });
});

describe('what comes back about mail', () => {
  const hear = () =>
    feedback({
      receipts: receiptStore(world.table),
      close: citizens.books.close,
      log: world.deliverDeps.log,
    });
  const refOf = (record: CaseRecord, seq = 1) =>
    receiptRef({
      code: record.code,
      recipient: 'reporter',
      slot: 'email',
      seq,
      book: citizens.refOf(record),
    });

  test('delivered a day ago and not back: reached; a bounce in between: not, and never sent there again', async () => {
    const record = await filed();
    await all();
    const reached = deliveredReader(world.table, world.now);
    await hear()(refOf(record), { kind: 'arrived', at: world.now() });
    expect(await reached(record, 1)).toBe(false);
    world.pass(24 * hour);
    expect([await reached(record, 1), await reached(record, 2)]).toEqual([true, false]);
    await hear()(refOf(record), { kind: 'bounced', why: 'bounced', forGood: true });
    expect(await reached(record, 1)).toBe(false);
    await hear()(refOf(record), { kind: 'arrived', at: world.now() });
    expect(await told(record)).toEqual(['1 reporter email bounced']);
    await world.act(record, await coordinator(), 'assign', { unit: 'pupr' });
    await all();
    expect(mailsTo(email)).toHaveLength(1);
    world.pass(60);
    await citizens.chooses(citizens.refOf(record), {}, { email: 'baru@example.id' });
    await hear()(refOf(record), { kind: 'bounced', why: 'bounced', forGood: true });
    expect((await citizens.entry(citizens.refOf(record))).book.gone.size).toBe(0);
  });

  test('a complaint closes the address, a bounce for now does not, and news of nothing is passed over', async () => {
    const record = await filed();
    await all();
    const ref = citizens.refOf(record);
    await hear()(refOf(record), { kind: 'bounced', why: 'bouncedThisTime', forGood: false });
    expect((await citizens.entry(ref)).book.gone.size).toBe(0);
    await hear()(refOf(record), { kind: 'complained' });
    expect((await citizens.entry(ref)).book.gone.get('email')).toMatchObject({ why: 'complained' });
    for (const nothing of ['', 'x', refOf(record, 99), `${refOf(record)}.more`])
      await hear()(nothing, { kind: 'bounced', why: 'x', forGood: true });
  });
});

describe('those who joined', () => {
  const join = async (record: CaseRecord, id: string, leftAt?: string): Promise<void> => {
    await supporterStore(world.table).put({
      ...{ v: 1, id, code: record.code, joinedAt: world.now(), rev: 1, counted: 0 },
      ...(leftAt === undefined ? {} : { leftAt }),
    });
    await citizens.chooses(supporterRef(testKeys, record.code, id), {}, { email: `${id}@example.id` });
  };
  const workflows = () => {
    const { complaint } = world.deliverDeps.workflows;
    if (complaint === undefined) throw new Error('no workflow');
    const { assign } = complaint.actions;
    if (assign === undefined) throw new Error('no action');
    const telling = { ...assign, tells: ['reporter', 'supporters'] as const };
    return { complaint: { ...complaint, actions: { ...complaint.actions, assign: telling } } };
  };

  test('are told in pages, each once, and those who left are not', async () => {
    const record = await filed();
    const ids = Array.from({ length: 57 }, (_, i) => `s${String(i).padStart(2, '0')}`);
    for (const id of ids) await join(record, id);
    await join(record, 's99', world.now());
    await all();
    await world.act(record, await coordinator(), 'assign', { unit: 'pupr' });
    let sizes = 0;
    await world.runRelay();
    for (; world.topic.length > 0; sizes += 1)
      await world.runDeliver(world.topic.splice(0, 1), { workflows: workflows() });
    expect(sizes).toBe(3);
    const lines = (await told(record)).filter((line) => line.includes('supporter.'));
    expect(lines).toEqual(ids.map((id) => `2 supporter.${id} email sent`));
    expect(mailsTo('s56@example.id')[0]?.text).toContain('karena ikut mendukung laporan');
  });

  test('hear nothing more of a report that turned secret', async () => {
    const record = await filed();
    await join(record, 's1');
    await all();
    const who = await coordinator();
    const moved = await world.act(record, who, 'assign', { unit: 'pupr' });
    await world.act(moved, who, 'mark', { confidential: true, text: 'rahasia' });
    await all({ workflows: workflows() });
    expect((await told(record)).filter((line) => line.includes('supporter.'))).toEqual([]);
  });

  test('one who waits for the morning is told alone', async () => {
    const record = await filed();
    await join(record, 's1');
    await join(record, 's2');
    await citizens.chooses(supporterRef(testKeys, record.code, 's1'), { quiet: 'none' });
    await all();
    toNight();
    await world.act(record, await coordinator(), 'assign', { unit: 'pupr' });
    await all({ workflows: workflows() });
    expect([mailsTo('s1@example.id').length, mailsTo('s2@example.id').length]).toEqual([1, 0]);
    world.pass(9 * hour);
    await wake({ workflows: workflows() });
    expect([mailsTo('s1@example.id').length, mailsTo('s2@example.id').length]).toEqual([1, 1]);
  });
});
