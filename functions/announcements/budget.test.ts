import { afterAll, beforeAll, expect, test } from 'vitest';
import { meter } from '../../bench/meter.ts';
import { type AnnouncementWorld, announcementWorld, article } from '../../test/announcements.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';

/** A town: 30 announcements a month with a page of text each, a fifth of them for one area. */
const perMonth = 30;
const months = ['10', '11'];
const words = 'Pemadaman air bergilir karena perbaikan pipa induk di beberapa ruas jalan kota. '.repeat(25);

let engine: FigureTables;
let world: AnnouncementWorld;
let spend: ReturnType<typeof meter>;
beforeAll(async () => {
  engine = await figureTables();
  world = announcementWorld((await engine.fresh()).table);
  world.clock.now = '2026-09-30T00:00:00Z';
  const all = months.flatMap((month) =>
    Array.from({ length: perMonth }, (_, i) => ({
      publishAt: `2026-${month}-${String((i % 28) + 1).padStart(2, '0')}T0${i % 10}:00:00Z`,
      areas: i % 5 === 0 ? ['99.01.01.1001'] : ['99.01.01.1002'],
    })),
  );
  for (let i = 0; i < all.length; i += 8)
    await Promise.all(
      all.slice(i, i + 8).map((one) => world.published(article({ ...one, body: { id: words } }))),
    );
  world.clock.now = '2026-11-30T09:30:00Z';
  spend = meter(engine.engine.client);
}, 120_000);
afterAll(() => engine.stop());

test('a page, one announcement, the banner and a search cost what is written down', async () => {
  const first = await spend(() => world.list());
  const { id = '' } = first.result.announcements[0] ?? {};
  const spent = {
    page: first,
    narrow: await spend(() => world.list({ area: '99.01.01.1001' })),
    search: await spend(() => world.list({ q: 'jembatan' })),
    one: await spend(() => world.one(id)),
    banner: await spend(() => world.banner()),
    publishing: await spend(() => world.published(article({ body: { id: words } }))),
  };
  expect(spent.narrow.result.announcements).toHaveLength(2 * (perMonth / 5));
  const figures = Object.entries(spent).map(([what, { calls, readUnits, writeUnits }]) => ({
    ...{ what, calls, readUnits, writeUnits },
  }));
  // docs/access-patterns.md has these figures; a search costs some 2.5 RU a month of what was published.
  const most: Readonly<Record<string, readonly [calls: number, readUnits: number, writeUnits: number]>> = {
    page: [3, 3, 0],
    narrow: [4, 5, 0],
    search: [3, 5.5, 0],
    one: [2, 3, 0],
    banner: [1, 0.5, 0],
    publishing: [13, 8, 40],
  };
  const over = figures.filter(({ what, calls, readUnits, writeUnits }) => {
    const [c = 0, r = 0, w = 0] = most[what] ?? [];
    return calls > c || readUnits > r || writeUnits > w;
  });
  expect(over).toEqual([]);
});
