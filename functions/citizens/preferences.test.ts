import { createECDH } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { citizensOf } from '../../test/citizens.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { testKeys } from '../../test/identities.ts';
import { pipeline, type World } from '../../test/pipeline.ts';
import { trackingCode } from '../kernel/code.ts';
import { isProblem } from '../kernel/errors.ts';
import { seal } from '../kernel/token.ts';
import { bookStore } from '../people/book.ts';
import { identityRef } from '../people/identity.ts';
import { preferenceOperations } from './preferences.ts';
import { stopOperations } from './stop.ts';
import type { WishesBody, WishesShown } from './wishes.ts';

let tables: TestTables;
let world: World;
let ops: ReturnType<typeof preferenceOperations>;
beforeAll(async () => {
  tables = await testTables();
});
beforeEach(async () => {
  world = await pipeline(tables);
  ops = preferenceOperations({
    table: world.table,
    store: world.store,
    books: bookStore(world.identities),
    sealing: { kms: world.kms, keyId: 'k' },
    keys: async () => testKeys,
    now: world.now,
    channels: new Set(['email', 'push', 'whatsapp']),
  });
});
afterAll(() => tables.stop());

/** Only codes with a right check symbol are read. */
const code = trackingCode(Buffer.alloc(32), 'wishes', 0);
const filed = async () => {
  const record = { ...(await world.file()), code };
  await world.store.create(record);
  return record;
};
const holder = { code, pinVersion: 1 };
const call = (body: unknown, actor: object = holder, typed = code) =>
  ({ input: { params: { code: typed }, body }, actor }) as never;
const choose = async (body: WishesBody, actor?: object): Promise<WishesShown> =>
  (await ops.chooseCaseNotices(call(body, actor))).body;
const refusal = async (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    (e: unknown) => {
      if (isProblem(e)) return [e.code, ...e.fields.map(({ field }) => field)].join(' ');
      throw e;
    },
  );
const browser = createECDH('prime256v1');
browser.generateKeys();
const device = (n: number) => ({
  endpoint: `https://fcm.googleapis.com/fcm/send/${n}`,
  p256dh: browser.getPublicKey('base64url'),
  auth: 'A'.repeat(22),
  key: 'k1',
});

describe('choosing', () => {
  test('changes what is named and leaves the rest', async () => {
    await filed();
    await choose({ language: 'en', channels: { email: { on: true, address: 'Siti@Example.id' } } });
    await choose({ quiet: null });
    const shown = await choose({ channels: { whatsapp: { on: true, phone: '081234567890' } } });
    expect(shown).toMatchObject({ language: 'en', quiet: null, stoppedAt: null });
    expect(shown.channels.filter(({ address }) => address !== null).map(({ channel }) => channel)).toEqual([
      'email',
      'whatsapp',
    ]);
    const off = await choose({ channels: { email: { on: false } }, stop: true });
    expect(off.channels.find(({ channel }) => channel === 'email')).toMatchObject({
      on: false,
      address: 'case',
    });
    expect(off.stoppedAt).toBe(world.now());
    expect((await choose({ stop: false })).stoppedAt).toBeNull();
  });

  test('stores no address in the clear and shows none; nothing here opens one', async () => {
    const record = await filed();
    const shown = await choose({
      channels: {
        email: { on: true, address: 'siti@example.id' },
        whatsapp: { on: true, phone: '081234567890' },
      },
      addDevice: device(1),
    });
    const item = await world.identities.get({ pk: `I#${identityRef(testKeys, record.code)}`, sk: 'NOTICES' });
    const stored = JSON.stringify(item, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    for (const secret of ['siti', '81234567890', 'fcm.googleapis', code]) {
      expect(stored).not.toContain(secret);
      expect(JSON.stringify(shown)).not.toContain(secret);
    }
    expect(world.kms.opened).toEqual([]);
  });

  test('two at once both stand', async () => {
    await filed();
    await Promise.all([
      choose({ language: 'en' }),
      choose({ channels: { email: { on: true, address: 'a@example.id' } } }),
      choose({ quiet: { from: '20:00', to: '07:00' } }),
    ]);
    const { body } = await ops.caseNotices(call(undefined));
    expect(body).toMatchObject({ language: 'en', quiet: { from: '20:00', to: '07:00' } });
    expect(body.channels[0]).toMatchObject({ on: true, address: 'case' });
  });

  test('five devices at most: the oldest goes, and a browser that comes again is the same one', async () => {
    await filed();
    for (const n of [1, 2, 3, 4, 5, 5, 6]) {
      world.pass(60);
      await choose({ addDevice: device(n) });
    }
    const { body } = await ops.caseNotices(call(undefined));
    expect(body.devices).toHaveLength(5);
    const [first] = body.devices;
    expect((await choose({ removeDevices: [first?.id ?? ''] })).devices).toHaveLength(4);
  });

  test('an account’s checked email is taken when none is given', async () => {
    const account = { kind: 'citizen', id: 'akun', scope: 's', email: 'akun@example.id' };
    const asked = { input: { body: { channels: { email: { on: true } } } }, actor: account } as never;
    expect((await ops.chooseMyNotices(asked)).body.channels[0]).toMatchObject({ on: true, address: 'case' });
  });

  test.each<[string, WishesBody, string]>([
    [
      'a channel that the city has not',
      { channels: { sms: { on: true, phone: '081234567890' } } },
      'channelOff /channels/sms',
    ],
    [
      'a channel without address',
      { channels: { whatsapp: { on: true } } },
      'addressMissing /channels/whatsapp',
    ],
    [
      'a device elsewhere',
      { addDevice: { ...device(1), endpoint: 'https://evil.example/x' } },
      'endpointRefused /addDevice/endpoint',
    ],
    [
      'a device with a key of nobody',
      { addDevice: { ...device(1), p256dh: 'A'.repeat(87) } },
      'endpointRefused /addDevice/p256dh',
    ],
    [
      'a device of an unknown root key',
      { addDevice: { ...device(1), key: 'k9' } },
      'endpointRefused /addDevice/key',
    ],
  ])('%s is refused', async (_, body, expected) => {
    await filed();
    expect(await refusal(choose(body))).toBe(expected);
  });

  test('another case’s token, an older PIN’s and a mistyped code open nothing', async () => {
    await filed();
    const other = trackingCode(Buffer.alloc(32), 'other', 0);
    expect([
      await refusal(choose({}, { code: other, pinVersion: 1 })),
      await refusal(choose({}, { code, pinVersion: 2 })),
      await refusal(ops.caseNotices(call(undefined, holder, 'ABC'))),
    ]).toEqual(['caseTokenInvalid', 'caseTokenInvalid', 'caseTokenInvalid']);
  });

  test('no more than thirty changes an hour', async () => {
    await filed();
    const ends: string[] = [];
    for (let n = 0; n < 32; n += 1) ends.push(await refusal(choose({ language: 'id' })));
    expect(ends.filter((end) => end === 'done')).toHaveLength(30);
    expect(ends.at(-1)).toBe('tooManyRequests');
  });
});

describe('stopping by link', () => {
  const stops = () =>
    stopOperations({ books: bookStore(world.identities), keys: async () => testKeys, now: world.now });
  const link = (t: string) => ({ input: { query: { t } }, language: 'id' }) as never;

  test('a look stops nothing, a click does, twice as well as once, and choosing starts again', async () => {
    await filed();
    const t = seal(testKeys, 'stop', identityRef(testKeys, code));
    const { body } = await stops().stopPage(link(t));
    expect(body).toContain(`action="/v1/notices/stop?t=${t}"`);
    expect((await ops.caseNotices(call(undefined))).body.stoppedAt).toBeNull();
    await stops().stopNotices(link(t));
    await stops().stopNotices(link(t));
    expect((await ops.caseNotices(call(undefined))).body.stoppedAt).toBe(world.now());
    expect((await choose({ stop: false })).stoppedAt).toBeNull();
  });

  test('made for something else, changed or unsealed: refused', async () => {
    const ref = identityRef(testKeys, code);
    const bad = [
      seal(testKeys, 'token', ref),
      `${seal(testKeys, 'stop', ref)}x`,
      'a.b.c',
      citizensOf(world).refOf({ code }),
    ];
    for (const t of bad) expect(await refusal(stops().stopNotices(link(t)))).toBe('linkInvalid');
  });
});
