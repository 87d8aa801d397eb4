import { createECDH } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { staffOf } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { testKeys } from '../../test/identities.ts';
import { ganting, type SendingWorld, sendingWorld } from '../../test/sendings.ts';
import type { Head, Version } from '../announcing/model.ts';
import { vapidOf } from '../events/channels/push-crypto.ts';
import type { Notice } from '../events/notice.ts';
import { sendLetters } from '../jobs/rounds/letters.ts';
import { subscriberRef } from '../people/book.ts';
import { pendingStore } from '../people/pending.ts';
import { sendingAllowance } from '../sendings/allowance.ts';
import { sendingFeedback } from '../sendings/feedback.ts';
import { letterStore } from '../sendings/letters.ts';
import { sendingReceipts } from '../sendings/receipts.ts';
import { sendingRef } from '../sendings/ref.ts';
import { accountOperations } from './citizens.ts';
import { deskOperations } from './desk.ts';
import { newsOperations } from './news.ts';
import { addressId, ownSubscriptions } from './own.ts';
import { pageOperations } from './pages.ts';
import type { Choice } from './shapes.ts';

let tables: TestTables;
let world: SendingWorld;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  world = await sendingWorld(tables);
});

const keys = async () => testKeys;
const frame = {
  language: 'id',
  idempotencyKey: '',
  ifMatch: -1,
  address: '203.0.113.7',
  requestId: '',
} as const;

const operations = () => {
  const { table, identities, kms, now } = world;
  const sealing = { kms, keyId: 'k' };
  const pending = pendingStore(identities);
  const letters = letterStore(table);
  const own = ownSubscriptions({
    ...{ table, subscribers: world.subscribers, books: world.books, sealing, keys, now },
    city: async () => world.city,
    channels: new Set(['email', 'push', 'whatsapp']),
  });
  return {
    ...accountOperations(own, keys),
    ...newsOperations({ own, table, books: world.books, sealing, keys, now, pending, letters }),
    ...pageOperations({ own, pending, keys, now }),
  };
};
const nothing = { params: undefined, query: undefined, body: undefined };
const siti = { kind: 'citizen', id: 'siti', scope: 'issuer|siti', email: 'Siti@contoh.id' } as const;
const wish: Omit<Choice, 'channel'> = { areas: [], topics: [], pace: 'instant' };
const byMail: Choice = { ...wish, areas: [ganting], channel: 'email' };

const choose = (
  body: object,
  ifMatch: number,
  actor: typeof siti | (Omit<typeof siti, 'email'> & { email: undefined }) = siti,
) =>
  operations().chooseMySubscriptions({
    ...frame,
    actor,
    ifMatch,
    input: { ...nothing, body: body as never },
  });
const shown = async () =>
  (await operations().mySubscriptions({ ...frame, actor: siti, input: nothing })).body;

const letters: { to: string; notice: Notice }[] = [];
const sendAll = (state: 'sent' | 'waiting' = 'sent') =>
  sendLetters({
    letters: letterStore(world.table),
    pending: pendingStore(world.identities),
    ...{ kms: world.kms, keys, city: async () => world.city, now: world.now, log: world.deps.log },
    publicUrl: 'https://lapau.example.go.id',
    mail: {
      name: 'email',
      send: async (to, notice) => {
        if (state === 'waiting') return { state, reason: 'down', uncertain: false };
        letters.push({ to, notice });
        return { state };
      },
    },
  })(() => 60_000);
const tokenIn = (text: string | undefined): string => /[?#]t=([\w.-]+)/.exec(text ?? '')?.[1] ?? '';
const ask = (email: string, subscriptions: readonly object[] = [wish], address = '203.0.113.7') =>
  operations().subscribeEmail({
    ...{ ...frame, address, actor: {} },
    input: { ...nothing, body: { email, subscriptions } as never },
  });
const confirmed = async (email: string, subscriptions?: readonly object[]) => {
  await ask(email, subscriptions);
  await sendAll();
  const t = tokenIn(letters.at(-1)?.notice.text);
  const { body } = await operations().confirm({ ...frame, actor: {}, input: { ...nothing, query: { t } } });
  return { confirm: t, manage: tokenIn(body) };
};
const announce = async (more: Parameters<SendingWorld['announced']>[0] = {}) => {
  const what = world.announced(more);
  await world.orders.place(what);
  await world.work(what);
};

describe('an account', () => {
  test('chooses, is told by its proved address, changes and ends', async () => {
    const { etag } = await choose({ subscriptions: [byMail], language: 'en' }, 0);
    world.pass(60);
    await announce({ areas: [ganting] });
    expect(world.messages.map(({ to, notice }) => [to, notice.subject])).toEqual([
      ['siti@contoh.id', 'Uji: No water tomorrow'],
    ]);
    await choose({ subscriptions: [{ ...byMail, areas: [] }], hour: 18 }, etag ?? -1);
    expect(await shown()).toMatchObject({
      hour: 18,
      language: 'en',
      subscriptions: [{ areas: [], channel: 'email' }],
    });
    await operations().endMySubscriptions({ ...frame, actor: siti, input: nothing });
    expect(await shown()).toMatchObject({ subscriptions: [] });
    await announce({ id: 'lagi' });
    expect(world.messages).toHaveLength(1);
  });

  test.each([
    [
      'an area that there is not',
      { ...byMail, areas: ['13.74.01.9999'] },
      'unknownArea',
      '/subscriptions/0/areas/0',
    ],
    [
      'a topic that there is not',
      { ...byMail, topics: ['gosip'] },
      'unknownTopic',
      '/subscriptions/0/topics/0',
    ],
    [
      'a channel that the city does not pay for',
      { ...byMail, channel: 'sms' },
      'channelOff',
      '/subscriptions/0/channel',
    ],
    [
      'a channel without an address',
      { ...byMail, channel: 'whatsapp' },
      'addressMissing',
      '/subscriptions/0/channel',
    ],
  ])('%s is refused at its field', async (_, subscription, code, field) => {
    await expect(choose({ subscriptions: [subscription] }, 0)).rejects.toMatchObject({
      code,
      fields: [{ field }],
    });
  });

  test('whose address nobody checked cannot be written to', async () => {
    const unproved = { ...siti, email: undefined };
    await expect(choose({ subscriptions: [byMail] }, 0, unproved)).rejects.toMatchObject({
      code: 'emailUnverified',
    });
  });

  test('loses no change to another page that was open', async () => {
    await choose({ subscriptions: [byMail] }, 0);
    await expect(choose({ subscriptions: [] }, 0)).rejects.toMatchObject({ code: 'staleRecord' });
  });

  test('is told once, though its address subscribed alone too', async () => {
    await choose({ subscriptions: [byMail] }, 0);
    await confirmed('siti@contoh.id');
    world.pass(60);
    await announce({ areas: [ganting] });
    expect(world.messages).toHaveLength(1);
  });
});

describe('an address without account', () => {
  test('is not used before it is confirmed, and the letter says nothing of who asked', async () => {
    expect((await ask('budi@contoh.id')).body).toMatchObject({ state: 'confirm' });
    world.pass(60);
    await announce();
    expect(world.messages).toEqual([]);
    const { items } = await world.table.scan({ FilterExpression: 'pk <> :x', values: { ':x': 'x' } });
    expect(JSON.stringify(items)).toContain('LETTERS');
    expect(JSON.stringify(items)).not.toContain('budi@');
  });

  test('is confirmed by the button, not by a look; then it is told, and stops with one click', async () => {
    await ask('budi@contoh.id', [{ ...wish, areas: [ganting] }]);
    expect(await sendAll('waiting')).toBe(0);
    expect(await sendAll()).toBe(1);
    expect(await sendAll()).toBe(0);
    const t = tokenIn(letters.at(-1)?.notice.text);
    const query = { ...frame, actor: {}, input: { ...nothing, query: { t } } };
    expect((await operations().confirmPage(query)).body).toContain('<form method="post"');
    expect(await world.subscribers.read(addressId(testKeys, 'email', 'budi@contoh.id'))).toBeUndefined();
    await operations().confirm(query);
    await operations().confirm(query);
    world.pass(60);
    await announce({ areas: [ganting] });
    expect(world.messages.map(({ to }) => to)).toEqual(['budi@contoh.id']);
    const stop = {
      ...frame,
      actor: {},
      input: { ...nothing, query: { t: tokenIn(world.messages[0]?.notice.stop) } },
    };
    expect((await operations().stopNewsPage(stop)).body).toContain('Berhenti');
    await announce({ id: 'dua' });
    expect(world.messages).toHaveLength(2);
    await operations().stopNews(stop);
    await operations().stopNews(stop);
    await announce({ id: 'tiga', emergency: true });
    expect(world.messages).toHaveLength(2);
  });

  test('is changed and ended by the token that came with it', async () => {
    const { manage } = await confirmed('budi@contoh.id');
    const query = { t: manage };
    const { body, etag } = await operations().subscriptions({
      ...frame,
      actor: {},
      input: { ...nothing, query },
    });
    expect(body.subscriptions).toHaveLength(1);
    await operations().chooseSubscriptions({
      ...{ ...frame, actor: {}, ifMatch: etag },
      input: {
        ...nothing,
        query,
        body: { subscriptions: [{ ...byMail, pace: 'daily' }] },
      },
    });
    const push = { subscriptions: [{ ...byMail, channel: 'push' as const }] };
    await expect(
      operations().chooseSubscriptions({
        ...frame,
        actor: {},
        ifMatch: 2,
        input: { ...nothing, query, body: push },
      }),
    ).rejects.toMatchObject({ code: 'addressMissing' });
    await operations().endSubscriptions({ ...frame, actor: {}, input: { ...nothing, query } });
    world.pass(60);
    await announce({ areas: [ganting] });
    expect(world.messages).toEqual([]);
    const book = (
      await world.books.read([subscriberRef(testKeys, addressId(testKeys, 'email', 'budi@contoh.id'))])
    ).values();
    expect([...book].map(({ book: b }) => b.slots.size)).toEqual([0]);
  });

  test('is not written to more than thrice a day, nor by one caller for many', async () => {
    for (let n = 0; n < 3; n += 1) await ask('budi@contoh.id', [wish], `198.51.100.${n}`);
    await expect(ask('BUDI@contoh.id', [wish], '198.51.100.9')).rejects.toMatchObject({
      code: 'tooManyRequests',
    });
    const many = async () => {
      for (let n = 0; n < 25; n += 1) await ask(`p${n}@contoh.id`);
    };
    await expect(many()).rejects.toMatchObject({ code: 'tooManyRequests' });
  });

  test('with a link that is old, forged, or made for something else', async () => {
    const { confirm, manage } = await confirmed('budi@contoh.id');
    const open = (t: string) =>
      operations().confirm({ ...frame, actor: {}, input: { ...nothing, query: { t } } });
    await expect(open(manage)).rejects.toMatchObject({ code: 'linkInvalid' });
    await expect(open(`${confirm}x`)).rejects.toMatchObject({ code: 'linkInvalid' });
    world.pass(49 * 3600);
    await expect(open(confirm)).rejects.toMatchObject({ code: 'linkInvalid' });
    const stop = { ...frame, actor: {}, input: { ...nothing, query: { t: manage } } };
    await expect(operations().stopNews(stop)).rejects.toMatchObject({ code: 'linkInvalid' });
  });

  test('that bounces is written to no more, and its subscriptions rest', async () => {
    await confirmed('budi@contoh.id');
    world.pass(60);
    await announce({ id: 'satu' });
    const id = addressId(testKeys, 'email', 'budi@contoh.id');
    const hear = sendingFeedback({
      receipts: sendingReceipts(world.table),
      close: world.books.close,
      log: world.deps.log,
    });
    const ref = { id: 'satu', version: 1, person: id, slot: 'email', book: subscriberRef(testKeys, id) };
    expect(await hear('ABCDEFGHJ.reporter.email.3.-', { kind: 'complained' })).toBe(false);
    expect(await hear(sendingRef(ref), { kind: 'bounced', why: 'bounced', forGood: true })).toBe(true);
    await announce({ id: 'dua' });
    expect(world.messages).toHaveLength(1);
    expect(await world.subscribers.read(id)).toMatchObject({ rests: { why: 'unreachable' } });
    // The same address, confirmed anew, is open again.
    await confirmed('budi@contoh.id');
    world.pass(60);
    await announce({ id: 'tiga' });
    expect(world.messages).toHaveLength(2);
  });
});

describe('a browser', () => {
  const browser = createECDH('prime256v1');
  browser.generateKeys();
  const device = () => ({
    endpoint: 'https://fcm.googleapis.com/fcm/send/abc',
    p256dh: browser.getPublicKey('base64url'),
    auth: 'A'.repeat(22),
    key: vapidOf(testKeys)?.id ?? '',
  });
  const subscribe = (more: object = {}) =>
    operations().subscribeDevice({
      ...{ ...frame, actor: {} },
      input: { ...nothing, body: { device: { ...device(), ...more }, subscriptions: [wish] } as never },
    });

  test('is told at once, and opens its subscriptions by its token', async () => {
    const { body } = await subscribe();
    const { body: own } = await operations().subscriptions({
      ...{ ...frame, actor: {} },
      input: { ...nothing, query: { t: body.token } },
    });
    expect(own).toEqual(body.subscriptions);
    world.pass(60);
    await announce();
    expect(world.messages).toMatchObject([{ channel: 'push' }]);
  });

  test.each([
    ['an endpoint of nobody’s push service', { endpoint: 'https://example.com/push' }],
    ['a key that is none', { p256dh: 'A'.repeat(87) }],
    ['a key of ours that is gone', { key: 'k9' }],
  ])('with %s is refused', async (_, more) => {
    await expect(subscribe(more)).rejects.toMatchObject({ code: 'endpointRefused' });
  });
});

describe('whoever publishes', () => {
  const id = 'ABCDEFGHJ';
  const head = { id, unit: 'damkar', kind: 'notice', pending: { version: 2 } } as unknown as Head;
  const version = (version: number): Version =>
    ({
      id,
      version,
      content: { kind: 'notice', title: { id: 'Judul' }, areas: [], topics: ['air'] },
    }) as unknown as Version;
  const desk = (millis = () => 0) =>
    deskOperations({
      announcements: {
        read: async (asked) => (asked === id ? head : undefined),
        readVersion: async (_, n) => version(n),
      },
      ...{ orders: world.orders, subscribers: world.subscribers, allowance: sendingAllowance(world.table) },
      ...{
        city: async () => world.city,
        now: world.now,
        millis,
        channels: new Set(['email', 'push', 'whatsapp'] as const),
      },
    });
  const call = (role: 'coordinator' | 'officer', unit: string, asked = id) => ({
    ...{ ...frame, actor: staffOf(world.city, role, unit) },
    input: { ...nothing, params: { id: asked } },
  });

  test('sees before sending whom it is for, by channel and in rupiah', async () => {
    for (let n = 0; n < 3; n += 1)
      await world.subscribe(`w${n}`, [{ channel: 'whatsapp', areas: [ganting] }, {}]);
    await world.subscribe('surel', [{ areas: [ganting, '99.01.02'] }]);
    await world.subscribe('harian', [{ pace: 'daily' }]);
    await world.subscribe('telegram', [{ channel: 'telegram' }]);
    await world.subscribe('lain', [{ topics: ['cuaca'] }]);
    const { body } = await desk().countRecipients(call('coordinator', 'kominfo'));
    expect(body).toMatchObject({
      ...{ version: 2, people: 4, whole: true, rupiah: 902, digest: 1, unreachable: 1 },
      channels: [
        { channel: 'email', people: 1, rupiah: 2 },
        { channel: 'push', people: 0, rupiah: 0 },
        { channel: 'whatsapp', people: 3, rupiah: 900, monthLeft: 50 },
      ],
    });
  });

  test('is told when counting took too long', async () => {
    let millis = 0;
    const slow = () => {
      millis += 5_000;
      return millis;
    };
    await world.subscribe('surel', [{ areas: [ganting] }]);
    expect((await desk(slow).countRecipients(call('coordinator', 'kominfo'))).body.whole).toBe(false);
  });

  test('sees what became of it; others see nothing', async () => {
    for (let n = 0; n < 4; n += 1) await world.subscribe(`p${n}`);
    let asked = 0;
    world.faults.answer = () => {
      asked += 1;
      return asked === 2 ? { state: 'waiting', reason: 'timeout', uncertain: true } : undefined;
    };
    await announce({ id });
    const { body } = await desk().sendingProgress(call('coordinator', 'kominfo'));
    expect(body.sendings).toMatchObject([
      {
        version: 1,
        state: 'done',
        people: 4,
        remaining: 0,
        told: { sent: 3, uncertain: 1, failed: 0, pruned: 0 },
      },
    ]);
    await expect(desk().sendingProgress(call('officer', 'pupr'))).rejects.toMatchObject({ code: 'notFound' });
    await expect(desk().countRecipients(call('coordinator', 'kominfo', 'KLMNPQRST'))).rejects.toMatchObject({
      code: 'notFound',
    });
  });
});
