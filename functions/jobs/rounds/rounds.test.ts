import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { ganting, type SendingWorld, sendingWorld } from '../../../test/sendings.ts';
import { digestMark } from '../../sendings/digests.ts';
import { fanout } from '../fanout/fanout.ts';
import { type RoundsDeps, rounds } from './rounds.ts';

let tables: TestTables;
let world: SendingWorld;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  world = await sendingWorld(tables);
});

const run = (more: Partial<RoundsDeps> = {}) =>
  rounds({
    ...{ orders: world.orders, mark: digestMark(world.table), city: async () => world.city },
    ...{ publish: world.deps.publish, now: world.now, log: world.deps.log },
    ...more,
  })();

/** Hands over what was published, as the topic does. */
const handOver = async (): Promise<void> => {
  for (const { body } of world.topic.splice(0)) {
    const { sending: id, version } = body as { sending: string; version: number };
    await fanout(world.deps)({ id, version }, () => 60_000);
  }
};
/** Minute after minute, as the scheduler does; here a quarter of an hour each. */
const pass = async (hours: number): Promise<void> => {
  for (let n = 0; n < hours * 4; n += 1) {
    world.pass(900);
    await run();
    await handOver();
  }
};
const announce = (id: string, more: Parameters<SendingWorld['announced']>[0] = {}) =>
  world.orders.place(world.announced({ id, headline: { id: `Kabar ${id}` }, ...more }));
const texts = () => world.messages.map(({ to, notice }) => `${to}: ${notice.subject}`);

describe('every minute', () => {
  test('what is to be sent is woken, and what nobody works on any more', async () => {
    await world.subscribe('siti');
    await announce('satu');
    expect(await run()).toEqual({ digests: 0, woken: 1 });
    // Its run died with the message.
    world.topic.splice(0);
    world.pass(120);
    expect(await run()).toMatchObject({ woken: 1 });
    await handOver();
    expect(await run()).toMatchObject({ woken: 0 });
    expect(texts()).toEqual(['email of siti: Uji: Kabar satu']);
  });

  test('what waits for the morning is woken in the morning', async () => {
    world.pass(12 * 3600);
    await world.subscribe('siti');
    await announce('satu');
    await pass(7);
    expect(texts()).toEqual([]);
    await pass(2);
    expect(texts()).toEqual(['email of siti: Uji: Kabar satu']);
  });

  test('many that wait for the next month hold up no new one', async () => {
    for (let n = 0; n < 80; n += 1) {
      await announce(`lama-${n}`);
      const key = { id: `lama-${n}`, version: 1 };
      await world.orders.change(key, (one) => ({ ...one, resumeAt: '2026-12-01T00:00:00Z' }));
    }
    world.pass(60);
    await announce('baru', { at: world.now() });
    expect(await run()).toMatchObject({ woken: 1 });
  });

  test('a topic that is down rings, and the next minute tries again', async () => {
    await announce('satu');
    const down = { failed: new Set([0]), error: new Error('down') };
    await expect(run({ publish: async () => down })).rejects.toThrow('down');
    expect(await run()).toMatchObject({ woken: 1 });
  });
});

describe('a daily digest', () => {
  /** Ten in the morning; digests are at the hours that people chose. */
  test('comes once at the chosen hour, with what was published since', async () => {
    await run();
    await world.subscribe('siti', [{ pace: 'daily', areas: [ganting] }], { hour: 12 });
    await world.subscribe('budi', [{ pace: 'daily' }], { hour: 15 });
    await announce('satu', { areas: [ganting] });
    await announce('dua', { areas: ['99.01.02'] });
    await pass(1);
    expect(texts()).toEqual([]);
    await pass(2);
    expect(texts()).toEqual(['email of siti: Uji: Ada 1 pengumuman baru.']);
    await pass(4);
    expect(texts().at(-1)).toBe('email of budi: Uji: Ada 2 pengumuman baru.');
    expect(world.messages.at(-1)?.notice.text).toContain('- Kabar satu');
    // Nothing new, nothing sent.
    await pass(40);
    expect(world.messages).toHaveLength(2);
  });

  test('leaves out what was told at once, warnings, what was withdrawn, and what is over by then', async () => {
    await run();
    await world.subscribe('siti', [{ pace: 'daily' }, { topics: ['cuaca'] }], { hour: 12 });
    await announce('sekarang', { topics: ['cuaca'] });
    await announce('banjir', { emergency: true });
    await announce('batal');
    await announce('lewat', { until: '2026-11-23T04:30:00Z' });
    await announce('nanti', { until: '2026-11-23T05:30:00Z' });
    await world.orders.cancel('batal', world.now());
    await pass(3);
    expect(texts().sort()).toEqual([
      'email of siti: Uji: Ada 1 pengumuman baru.',
      'email of siti: Uji: Kabar sekarang',
      'email of siti: Uji: PERINGATAN: Kabar banjir',
    ]);
    expect(world.messages.at(-1)?.notice.text).toContain('Kabar nanti');
  });

  test('names nothing twice, though the hour moves', async () => {
    await run();
    await world.subscribe('siti', [{ pace: 'daily' }], { hour: 12 });
    await announce('satu');
    await pass(3);
    expect(world.messages).toHaveLength(1);
    // What `renewed` gives a daily subscription whose hour moved from 12 to 15.
    const [one] = (await world.subscribers.page('daily.12', undefined)).followers;
    const was = one === undefined ? undefined : await world.subscribers.read(one.id);
    if (was === undefined) throw new Error('nobody');
    const subscriptions = was.subscriptions.map((s) => ({ ...s, since: '2026-11-23T05:00:01Z' }));
    await world.subscribers.write(was, { ...was, rev: 2, hour: 15, subscriptions });
    await announce('dua');
    await pass(4);
    expect(texts().at(-1)).toBe('email of siti: Uji: Ada 1 pengumuman baru.');
    expect(world.messages.at(-1)?.notice.text).not.toContain('Kabar satu');
  });

  test('is caught up after an outage, each hour once', async () => {
    await run();
    await world.subscribe('siti', [{ pace: 'daily' }], { hour: 12 });
    await announce('satu');
    world.pass(5 * 3600);
    await run();
    await handOver();
    expect(texts()).toEqual(['email of siti: Uji: Ada 1 pengumuman baru.']);
  });
});
