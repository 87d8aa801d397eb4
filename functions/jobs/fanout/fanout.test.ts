import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { ganting, ngalau, pasar, type SendingWorld, sendingWorld } from '../../../test/sendings.ts';
import { sendingReceipts } from '../../sendings/receipts.ts';
import { fanout } from './fanout.ts';

let tables: TestTables;
let world: SendingWorld;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  world = await sendingWorld(tables);
});

const send = async (more: Parameters<SendingWorld['announced']>[0] = {}) => {
  const what = world.announced(more);
  await world.orders.place(what);
  await world.work(what);
  const order = await world.orders.read(what);
  if (order === undefined) throw new Error('no order');
  return order;
};
const mails = (...names: readonly string[]) => names.map((name) => `email of ${name}`).sort();

describe('a sending', () => {
  test('of a warning reaches those of two kelurahan, their kecamatan and the whole city, and nobody else', async () => {
    await world.subscribe('ganting', [{ areas: [ganting] }]);
    await world.subscribe('ngalau', [{ areas: [ngalau], topics: ['lowongan'] }]);
    await world.subscribe('kecamatan', [{ areas: ['99.01.01'] }]);
    await world.subscribe('kota', [{}]);
    await world.subscribe('pasar', [{ areas: [pasar] }]);
    await world.subscribe('lowongan', [{ topics: ['lowongan'] }]);
    const order = await send({ emergency: true, areas: [ganting, ngalau], topics: ['banjir'] });
    expect(world.toldTo()).toEqual(mails('ganting', 'ngalau', 'kecamatan', 'kota'));
    expect(order).toMatchObject({ state: 'done', people: 4, tally: { sent: 4 } });
  });

  test('tells somebody once, whatever overlaps', async () => {
    await world.subscribe('siti', [{ areas: [ganting, ngalau] }, { areas: [ngalau], topics: ['air'] }, {}]);
    // The same person by an account and by the address alone.
    const { id } = await world.subscribe('budi', [{ areas: [ganting] }]);
    await world.subscribe('budi-akun', [{}], { person: id });
    await send({ areas: ['99.01.01'] });
    await world.work(world.announced({ id: 'a0-0' }));
    expect(world.toldTo().filter((to) => to === 'email of siti')).toHaveLength(1);
    expect(world.toldTo().filter((to) => to.startsWith('email of budi'))).toHaveLength(1);
  });

  test('passes by whoever wants other topics, asked for a digest, or subscribed after it was published', async () => {
    await world.subscribe('topik', [{ topics: ['lowongan'] }]);
    await world.subscribe('harian', [{ pace: 'daily' }]);
    await world.subscribe('baru', [{ since: '2026-12-01T00:00:00Z' }]);
    await world.subscribe('air', [{ topics: ['air'] }]);
    await send();
    expect(world.toldTo()).toEqual(mails('air'));
  });

  test('waits for the morning of each, but a warning does not', async () => {
    world.pass(12 * 3600 + 1800);
    await world.subscribe('siti');
    await world.subscribe('malam', [{}], { quiet: 'none' });
    const quiet = world.announced();
    await world.orders.place(quiet);
    expect(await fanout(world.deps)(quiet, () => 60_000)).toBe('later');
    expect(world.toldTo()).toEqual(mails('malam'));
    expect(await world.orders.read(quiet)).toMatchObject({
      ...{ walk: 2, leftBefore: { quiet: 1 }, resumeAt: '2026-11-23T23:00:00Z', tally: { sent: 1 } },
    });
    await send({ id: 'banjir', emergency: true });
    expect(world.messages).toHaveLength(3);
    world.pass(8 * 3600);
    expect(await world.work(quiet)).toBe('done');
    expect(world.toldTo()).toEqual(mails('malam', 'malam', 'siti', 'siti'));
  });

  test('goes abroad without a word of its own, unless it is a warning', async () => {
    await world.subscribe('siti', [{ channel: 'push' }], { slots: ['push.a'] });
    await world.subscribe('budi', [{ channel: 'email' }]);
    await send();
    await send({ id: 'banjir', emergency: true });
    const text = (channel: string, n: number) =>
      JSON.stringify(world.messages.filter((m) => m.channel === channel)[n]?.notice);
    expect(text('push', 0)).not.toContain('Air mati');
    expect(text('push', 1)).toContain('PERINGATAN: Air mati besok');
    expect(text('email', 0)).toContain('Air mati besok');
    expect(world.messages[0]?.notice.stop).toContain('/v1/news/stop?t=');
  });

  test('ends where the announcement is withdrawn', async () => {
    for (let n = 0; n < 5; n += 1) await world.subscribe(`p${n}`);
    const what = world.announced();
    await world.orders.place(what);
    await world.orders.cancel(what.id, world.now());
    expect(await world.work(what)).toBe('nothing');
    expect([world.messages, await world.orders.open(10)]).toEqual([[], []]);
  });

  test('placed twice is one, and says the words of a correction to those who are left', async () => {
    await world.subscribe('siti');
    const what = world.announced();
    await world.orders.place(what);
    await world.orders.place(what);
    await world.orders.amend(what.id, { headline: { id: 'Air mati lusa' } });
    await world.work(what);
    expect(world.messages.map(({ notice }) => notice.subject)).toEqual(['Uji: Air mati lusa']);
  });

  test('of nobody is done', async () => {
    expect(await send()).toMatchObject({ state: 'done', people: 0 });
  });
});

describe('a channel that fails', () => {
  test('midway is tried again later, and nobody twice', async () => {
    for (let n = 0; n < 30; n += 1) await world.subscribe(`p${n}`);
    let taken = 0;
    world.faults.answer = () => {
      taken += 1;
      return taken > 10 && taken < 20
        ? { state: 'waiting', reason: 'status503', uncertain: false }
        : undefined;
    };
    expect(await send()).toMatchObject({ state: 'done', tally: { sent: 30, uncertain: 0 } });
    expect(new Set(world.toldTo()).size).toBe(30);
    expect(world.messages).toHaveLength(30);
  });

  test('without a word is left alone after a few, who are not told again', async () => {
    for (let n = 0; n < 60; n += 1) await world.subscribe(`p${n}`);
    world.faults.answer = () => ({ state: 'waiting', reason: 'timeout', uncertain: true });
    const what = world.announced();
    await world.orders.place(what);
    await world.work(what, {}, 3);
    const { tally = undefined } = (await world.orders.read(what)) ?? {};
    expect(tally?.uncertain).toBeLessThan(30);
    delete world.faults.answer;
    expect(await world.work(what)).toBe('done');
    const order = await world.orders.read(what);
    expect(order?.tally.sent).toBe(60 - (order?.tally.uncertain ?? 0));
    expect(new Set(world.toldTo()).size).toBe(world.messages.length);
  });

  test('hands over to the next one that somebody chose', async () => {
    await world.subscribe('siti', [{ channel: 'whatsapp' }, { channel: 'email' }]);
    world.faults.answer = ({ channel }) =>
      channel === 'whatsapp' ? { state: 'waiting', reason: 'status429', uncertain: false } : undefined;
    await send();
    expect(world.toldTo()).toEqual(mails('siti'));
  });
});

describe('a dead address', () => {
  test('is pruned: the next device is asked, and whoever has none left rests', async () => {
    const siti = await world.subscribe('siti', [{ channel: 'push' }], { slots: ['push.a', 'push.b'] });
    const budi = await world.subscribe('budi', [{ channel: 'push' }], { slots: ['push.c'] });
    const closed = new Set(['push.a of siti', 'push.c of budi', 'push.b of siti']);
    const answered: string[] = [];
    world.faults.answer = ({ to }) => {
      answered.push(to);
      return closed.has(to) && answered.filter((one) => one.endsWith('siti')).length < 2
        ? { state: 'failed', reason: 'unsubscribed', gone: true }
        : undefined;
    };
    const order = await send();
    expect(order.tally).toEqual({ sent: 1, failed: 0, uncertain: 0, pruned: 1 });
    expect(world.messages.filter(({ to }) => to.endsWith('siti'))).toHaveLength(1);
    expect((await world.subscribers.read(siti.id))?.rests).toBeUndefined();
    expect((await world.subscribers.read(budi.id))?.rests).toMatchObject({ why: 'unreachable' });
    expect((await send({ id: 'lagi' })).people).toBe(1);
  });

  test('that refuses this message only keeps its subscriptions', async () => {
    const { id } = await world.subscribe('siti');
    world.faults.answer = () => ({ state: 'failed', reason: 'refused' });
    expect((await send()).tally).toMatchObject({ failed: 1, pruned: 0 });
    expect((await world.subscribers.read(id))?.rests).toBeUndefined();
  });
});

describe('the month’s allowance', () => {
  test('ends a sending’s walk, and keeps something for a warning', async () => {
    for (let n = 0; n < 60; n += 1) await world.subscribe(`p${n}`, [{ channel: 'whatsapp' }]);
    const what = world.announced();
    await world.orders.place(what);
    await world.work(what, {}, 2);
    expect(world.messages).toHaveLength(50);
    expect(await world.orders.read(what)).toMatchObject({
      tally: { sent: 50 },
      leftBefore: { allowance: 10 },
    });
    await send({ id: 'banjir', emergency: true });
    expect(world.messages).toHaveLength(100);
  });

  test('gives back what was not sent', async () => {
    for (let n = 0; n < 20; n += 1) await world.subscribe(`p${n}`);
    world.faults.answer = ({ to }) => (to.endsWith('7') ? { state: 'failed', reason: 'refused' } : undefined);
    await send();
    expect(await world.deps.allowance.queue(world.city.sendings.channels[0] as never, 1, 0)).toBeGreaterThan(
      0,
    );
    const item = await world.table.get({ pk: 'QUOTA#sending.email', sk: 'W#2026-11' });
    expect(item?.['used']).toBe(18);
  });
});

describe('killed between any two calls', () => {
  /** What has to hold: nobody twice; everybody told, or marked as uncertain; the count is right. */
  const faultsOf = async (
    key: { id: string; version: number },
    people: number,
  ): Promise<readonly string[]> => {
    const order = await world.orders.read(key);
    const told = world.toldTo();
    const { sent = 0, uncertain = 0 } = order?.tally ?? {};
    return [
      ...(order?.state === 'done' ? [] : [`order ${order?.state}`]),
      ...(new Set(told).size === told.length ? [] : ['somebody was told twice']),
      ...(sent + uncertain === people ? [] : [`${sent} sent, ${uncertain} uncertain of ${people}`]),
      ...(told.length >= sent && told.length <= sent + uncertain
        ? []
        : [`${told.length} told, ${sent} counted`]),
    ];
  };
  const people = 4;
  const killed = async (n: number, answered: boolean, more: Parameters<SendingWorld['work']>[1] = {}) => {
    world.messages.splice(0);
    const what = world.announced({ id: `k${n}-${answered}-${Object.keys(more).length}` });
    await world.orders.place(what);
    world.killAt(n, answered);
    await world.work(what, more);
    world.killAt(Number.POSITIVE_INFINITY, false);
    await world.work(what, more);
    return faultsOf(what, people);
  };

  test('everybody is told at most once, and the sending goes on where it was', async () => {
    for (let n = 0; n < people; n += 1)
      await world.subscribe(`p${n}`, [{ areas: n % 2 === 0 ? [ganting] : [] }], { quiet: 'none' });
    for (const answered of [false, true])
      for (let n = 1; n <= 34; n += 1)
        expect([n, answered, await killed(n, answered)]).toEqual([n, answered, []]);
  });

  test('the same check catches a twin whose receipts have no condition', async () => {
    for (let n = 0; n < people; n += 1) await world.subscribe(`p${n}`);
    const careless = {
      receipts: {
        ...sendingReceipts(world.mortal),
        // Knows of nothing that went before.
        read: async () => new Map(),
        claim: async () => ({ mine: true, claim: 'x', tries: 1 }) as const,
      },
    };
    const found: string[] = [];
    for (let n = 1; n <= 24; n += 3) found.push(...(await killed(n, true, careless)));
    expect(found.join('\n')).toContain('somebody was told twice');
  });

  test('two runs at once tell nobody twice and count everybody once', async () => {
    for (let n = 0; n < 40; n += 1) await world.subscribe(`p${n}`, [{ areas: n % 3 === 0 ? [ngalau] : [] }]);
    const what = world.announced();
    await world.orders.place(what);
    const run = fanout(world.deps);
    await Promise.all([run(what, () => 60_000), run(what, () => 60_000), run(what, () => 60_000)]);
    world.pass(600);
    await world.work(what);
    expect(await faultsOf(what, 40)).toEqual([]);
  });
});

describe('while a warning is being sent', () => {
  test('everything else waits for it', async () => {
    for (let n = 0; n < 3; n += 1) await world.subscribe(`p${n}`);
    const [news, warning] = [
      world.announced({ id: 'kabar' }),
      world.announced({ id: 'banjir', emergency: true }),
    ];
    await world.orders.place(news);
    await world.orders.place(warning);
    expect(await fanout(world.deps)(news, () => 60_000)).toBe('yielded');
    expect(await world.work(warning)).toBe('done');
    expect(await world.work(news)).toBe('done');
    expect(world.messages.map(({ notice }) => notice.urgent ?? false)).toEqual([
      ...Array(3).fill(true),
      ...Array(3).fill(false),
    ]);
  });

  test('a run with no time left publishes its continuation', async () => {
    await world.subscribe('siti');
    const what = world.announced();
    await world.orders.place(what);
    expect(await fanout(world.deps)(what, () => 10_000)).toBe('next');
    expect(world.topic).toMatchObject([{ body: { sending: what.id, version: 1 } }]);
  });
});
