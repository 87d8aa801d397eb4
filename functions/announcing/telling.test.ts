import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AnnouncementWorld, announcementWorld, article } from '../../test/announcements.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';

let engine: FigureTables;
let world: AnnouncementWorld;
beforeAll(async () => {
  engine = await figureTables();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  world = announcementWorld((await engine.fresh()).table);
});

const ordered = async (id: string) =>
  (await world.orders.ofAnnouncement(id)).map(({ version, state }) => [version, state]);

/** Has something happen after the job read an announcement and before it orders that it is told. */
const meanwhile = (happens: () => Promise<unknown>): void => {
  const { readVersion } = world.store;
  Object.assign(world.store, {
    readVersion: async (id: string, number: number) => {
      Object.assign(world.store, { readVersion });
      const version = await readVersion(id, number);
      await happens();
      return version;
    },
  });
};

/** Scheduled, and its moment has come. */
const due = async () => {
  const made = await world.published(article({ publishAt: '2026-11-23T03:10:00Z' }));
  world.clock.now = '2026-11-23T03:10:00Z';
  return made;
};

const correct = async (id: string, seq: number, title: string, tellAgain = false): Promise<number> => {
  const { coordinator } = world.people;
  await world.edit(coordinator, id, seq, article({ title: { id: title } }), 'Tanggalnya salah.');
  return (await world.act(coordinator, id, seq + 1, 'publish', { tellAgain })).etag;
};

describe('subscribers are told of an announcement as it stands', () => {
  test('one that is withdrawn while the job orders it is told to nobody', async () => {
    const { id, seq } = await due();
    meanwhile(() => world.act(world.people.coordinator, id, seq, 'withdraw', { reason: 'Perbaikan batal.' }));
    await world.teller.sweep(world.clock.now, 10);
    expect(await ordered(id)).toEqual([]);
    expect(await world.orders.open(10)).toEqual([]);
  });

  test('one that is corrected while the job orders it is told once, as corrected', async () => {
    const { id, seq } = await due();
    meanwhile(() => correct(id, seq, 'Air mati hari Minggu'));
    await world.teller.sweep(world.clock.now, 10);
    const orders = await world.orders.ofAnnouncement(id);
    expect(orders.map(({ headline }) => headline.id)).toEqual(['Air mati hari Minggu']);
    expect(await world.store.dueBy(world.clock.now, 10)).toEqual([]);
  });

  test('a correction that was to be told, and was not yet, is told with the next one', async () => {
    const { id, seq } = await world.published(article());
    const { coordinator } = world.people;
    const { tell } = world.teller;
    Object.assign(world.teller, { tell: () => Promise.reject(new Error('killed')) });
    const corrected = await correct(id, seq, 'Air mati hari Minggu', true);
    await world.edit(coordinator, id, corrected, article(), 'Harinya salah.');
    Object.assign(world.teller, { tell });
    await world.act(coordinator, id, corrected + 1, 'publish');
    expect(await ordered(id)).toEqual([
      [1, 'open'],
      [3, 'open'],
    ]);
  });
});
