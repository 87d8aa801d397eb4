import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AnnouncementWorld, announcementWorld, article, publicUrl } from '../../test/announcements.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import { code } from '../../test/staff.ts';
import { concerns } from '../announcing/areas.ts';
import type { Content } from '../announcing/model.ts';
import type { Table } from '../kernel/table.ts';

const [ganting, ngalau, timur] = ['99.01.01.1001', '99.01.01.1002', '99.01.01'];

let engine: FigureTables;
let table: Table;
let world: AnnouncementWorld;
beforeAll(async () => {
  engine = await figureTables();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  ({ table } = await engine.fresh());
  world = announcementWorld(table);
});

const ids = (cards: readonly { readonly id: string }[]) => cards.map(({ id }) => id);

describe('the list', () => {
  test('is what is public at that moment, newest first, page by page, whatever is asked for', async () => {
    world.clock.now = '2026-08-01T00:00:00Z';
    const at = (day: number) =>
      `${new Date(Date.UTC(2026, 7, 1 + day, day % 24)).toISOString().slice(0, 16)}:00Z`;
    const wanted: (Partial<Content> & { readonly publishAt: string; readonly expiresAt?: string })[] =
      Array.from({ length: 36 }, (_, i) => ({
        publishAt: at(1 + ((i * 37) % 180)),
        ...(i % 3 === 0 ? { expiresAt: at(5 + ((i * 37) % 180)) } : {}),
        areas: [[], [ganting], [ngalau], [timur]][i % 4] ?? [],
        topics: i % 5 === 0 ? ['cuaca'] : ['air'],
        kind: i % 2 === 0 ? ('news' as const) : ('notice' as const),
        unit: i % 6 === 0 ? 'perkim' : 'pupr',
        title: { id: i % 7 === 0 ? 'Perbaikan jembatan' : 'Air mati' },
      }));
    const published = new Map<string, (typeof wanted)[number]>();
    for (const one of wanted) published.set((await world.published(article(one))).id, one);
    const some = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 7 }),
        some(ganting, ngalau, timur),
        some('air', 'cuaca'),
        some('pupr', 'perkim'),
        some('news' as const, 'notice' as const),
        some('jembatan', 'jembatannya'),
        async (day, size, area, topic, unit, kind, q) => {
          const now = at(day);
          world.clock.now = now;
          const expected = [...published]
            .filter(
              ([, one]) =>
                one.publishAt <= now &&
                (one.expiresAt === undefined || one.expiresAt > now) &&
                (area === undefined || concerns(one.areas ?? [], area)) &&
                (topic === undefined || one.topics?.includes(topic)) &&
                (unit === undefined || one.unit === unit) &&
                (kind === undefined || one.kind === kind) &&
                (q === undefined || one.title?.id === 'Perbaikan jembatan'),
            )
            .sort(([a, x], [b, y]) => (`${x.publishAt}#${a}` < `${y.publishAt}#${b}` ? 1 : -1));
          const found: string[] = [];
          for (let cursor: string | undefined, more = true; more; ) {
            const query = { area, topic, unit, kind, q, size, cursor };
            const page = await world.list(JSON.parse(JSON.stringify(query)));
            found.push(...ids(page.announcements));
            cursor = page.next ?? undefined;
            more = cursor !== undefined;
          }
          expect(found).toEqual(expected.map(([id]) => id));
        },
      ),
      { numRuns: 25 },
    );
  });

  test('shows what is pinned first, in the language asked for, and no longer than it lasts', async () => {
    const pinned = await world.published(article({ pinned: true, expiresAt: '2026-11-24T03:00:00Z' }));
    await world.published(article({ title: { id: 'Lain' } }));
    const input = { params: undefined, query: { size: 25 }, body: undefined };
    const { body } = await world.reader.announcements({ ...world.asked, language: 'en', input });
    expect(ids(body.pinned)).toEqual([pinned.id]);
    expect(body.pinned[0]).toMatchObject({
      language: 'en',
      title: 'No water on Saturday',
      topics: [{ id: 'air', name: 'Water' }],
      unit: { id: 'pupr', name: 'pupr' },
      short: `/v1/p/${pinned.id}`,
    });
    expect(body.announcements.map(({ title, language }) => [title, language])).toContainEqual(['Lain', 'id']);
    world.clock.now = '2026-11-24T03:00:00Z';
    expect((await world.list()).pinned).toEqual([]);
  });

  test.each([
    [{ area: '99.01.09' }, 'unknownArea'],
    [{ topic: 'catur' }, 'unknownTopic'],
    [{ unit: 'catur' }, 'unknownUnit'],
    [{ q: 'dan di' }, 'searchWords'],
    [{ cursor: 'abc' }, 'badCursor'],
  ])('%o is refused', async (query, problem) => {
    expect(await code(world.list(query))).toBe(problem);
  });
});

test('a short link leads to the page, however it is typed, and to nothing that is not public', async () => {
  const { id } = await world.published(article());
  const draft = (await world.draft(world.people.officer, article())).body.id;
  const follow = (short: string) =>
    world.reader.shortLink({
      ...world.asked,
      input: { params: { short }, query: undefined, body: undefined },
    });
  expect((await follow(`${id.slice(0, 4).toLowerCase()}-${id.slice(4)}`)).location).toBe(
    `${publicUrl}/pengumuman/${id}`,
  );
  expect(await code(follow(draft))).toBe('notFound');
  expect(await code(follow('AAAA'))).toBe('notFound');
});

test('the banner is for the area, newest first, and off by itself', async () => {
  const warn = (expiresAt: string, areas: string[]) =>
    world.published(article({ kind: 'emergency', expiresAt, areas }));
  const all = await warn('2026-11-23T05:00:00Z', []);
  world.clock.now = '2026-11-23T03:01:00Z';
  const near = await warn('2026-11-23T04:00:00Z', [ganting]);
  expect(await world.banner(ganting)).toEqual([near.id, all.id]);
  expect(await world.banner(ngalau)).toEqual([all.id]);
  world.clock.now = '2026-11-23T04:00:00Z';
  expect(await world.banner(ganting)).toEqual([all.id]);
  world.clock.now = '2026-11-23T05:00:00Z';
  expect(await world.banner()).toEqual([]);
});

test('the agenda keeps its place when it moves, and is cancelled where calendars have it', async () => {
  const event = { start: '2026-12-01T02:00:00Z', end: '2026-12-01T04:00:00Z', place: 'Lapangan' };
  const { id, seq } = await world.published(article({ kind: 'agenda', event }));
  const document = async () => {
    const input = { params: undefined, query: {}, body: undefined };
    return (await world.reader.announcementCalendar({ ...world.asked, input })).body;
  };
  const of = (text: string) =>
    ['UID', 'SEQUENCE', 'STATUS', 'DTSTART;'].map((name) =>
      new RegExp(`^${name}.*$`, 'm').exec(text)?.[0].trim(),
    );
  const uid = `UID:${id}@lapau.example`;
  const first = 'DTSTART;TZID=Asia/Jakarta:20261201T090000';
  expect(of(await document())).toEqual([uid, 'SEQUENCE:0', 'STATUS:CONFIRMED', first]);
  const moved = article({ kind: 'agenda', event: { ...event, start: '2026-12-01T03:00:00Z' } });
  const { etag } = await world.edit(world.people.head, id, seq, moved, 'Mulai lebih siang.');
  const published = await world.act(world.people.head, id, etag, 'publish');
  const second = 'DTSTART;TZID=Asia/Jakarta:20261201T100000';
  expect(of(await document())).toEqual([uid, 'SEQUENCE:1', 'STATUS:CONFIRMED', second]);
  await world.act(world.people.head, id, published.etag, 'withdraw', { reason: 'Hujan deras.' });
  expect(of(await document())).toEqual([uid, 'SEQUENCE:2', 'STATUS:CANCELLED', second]);
  expect((await world.list()).announcements).toEqual([]);
});

test('the feed is of what was asked for', async () => {
  const near = await world.published(article({ areas: [ganting], title: { id: 'Dekat' } }));
  await world.published(article({ areas: [ngalau], title: { id: 'Jauh' } }));
  const input = { params: undefined, query: { area: ganting, lang: 'id' as const }, body: undefined };
  const { body } = await world.reader.announcementFeed({ ...world.asked, input });
  expect(body).toContain(`tag:lapau.example,2026:announcement/${near.id}`);
  expect(body).toContain(`href="${publicUrl}/v1/public/feeds/announcements?area=99.01.01.1001&amp;lang=id"`);
  expect(body).not.toContain('Jauh');
});
