import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AnnouncementWorld, announcementWorld, article } from '../../../test/announcements.ts';
import { type FigureTables, figureTables } from '../../../test/figures.ts';
import { testKeys } from '../../../test/staff.ts';
import { isPublicHttps, linksIn } from '../../announcing/cap/feed.ts';
import { markStore } from '../../announcing/cap/marks.ts';
import { alertTaker } from '../../announcing/cap/take.ts';
import { capXml } from '../../announcing/cap/test/messages.ts';
import type { Table } from '../../kernel/table.ts';
import { announce } from './announce.ts';
import { fetchText } from './fetch.ts';
import { seenStore } from './store.ts';

const source = 'https://www.cuaca.example/alerts/id';
const linkTo = (name: string) => `https://www.cuaca.example/alerts/${name}_alert.xml`;
const rss = (...links: readonly string[]) =>
  `<rss version="2.0"><channel><title>Peringatan</title>${links.map((link) => `<item><link>${link}</link></item>`).join('')}</channel></rss>`;

let engine: FigureTables;
let table: Table;
let world: AnnouncementWorld;
const web = new Map<string, string>();
const asked: string[] = [];
beforeAll(async () => {
  engine = await figureTables();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  ({ table } = await engine.fresh());
  const plain = announcementWorld(table).city.topics.alerts;
  world = announcementWorld(table, plain === undefined ? {} : { alerts: { ...plain, feeds: [source] } });
  world.clock.now = '2026-11-23T03:00:00Z';
  web.clear();
  asked.splice(0);
});

const run = () =>
  announce({
    ...{ telling: world.teller, seen: seenStore(table) },
    take: alertTaker({
      ...{ store: world.store, marks: markStore(table), telling: world.teller },
      ...{ city: async () => world.city, keys: async () => testKeys, now: () => world.clock.now },
    }),
    fetchText: async (url) => {
      asked.push(url);
      return web.get(url);
    },
    city: async () => world.city,
    now: () => world.clock.now,
    log: { info: vi.fn(), warn: vi.fn(), error: vi.fn() },
  })();

describe('the minute of announcements', () => {
  test('hands over what is due and is not held up by one that fails', async () => {
    const later = { publishAt: '2026-11-23T03:10:00Z' };
    const [broken, whole] = [await world.published(article(later)), await world.published(article(later))];
    const readVersion = world.store.readVersion;
    Object.assign(world.store, {
      readVersion: (id: string, n: number) =>
        id === broken.id ? Promise.reject(new Error('outage')) : readVersion(id, n),
    });
    world.clock.now = '2026-11-23T03:12:00Z';
    expect(await run()).toMatchObject({ told: 1, failed: 1 });
    expect(await world.orders.ofAnnouncement(whole.id)).toMatchObject([{ at: '2026-11-23T03:10:00Z' }]);
    Object.assign(world.store, { readVersion });
    expect(await run()).toMatchObject({ told: 1, failed: 0 });
    expect((await world.orders.ofAnnouncement(broken.id)).length).toBe(1);
  });

  test('reads each warning of a list once, and leaves what cannot be read yet', async () => {
    web.set(source, rss(linkTo('a'), linkTo('b'), linkTo('c'), 'https://elsewhere.example/d_alert.xml'));
    web.set(linkTo('a'), capXml({ identifier: 'A' }));
    web.set(linkTo('b'), '<html>gangguan</html>');
    expect(await run()).toEqual({ told: 0, alerts: 1, failed: 0 });
    expect((await world.banner()).length).toBe(1);
    web.set(linkTo('c'), capXml({ identifier: 'C', areas: '<area><areaDesc>Kota Uji</areaDesc></area>' }));
    asked.splice(0);
    world.clock.now = '2026-11-23T03:04:00Z';
    await run();
    expect(asked).toEqual([]);
    world.clock.now = '2026-11-23T03:05:00Z';
    expect(await run()).toMatchObject({ alerts: 1 });
    expect(asked).toEqual([source, linkTo('c')]);
    expect((await world.banner()).length).toBe(2);
  });

  test('a source that is down, or no list, changes nothing', async () => {
    expect(await run()).toEqual({ told: 0, alerts: 0, failed: 0 });
    web.set(source, '<!DOCTYPE html><html></html>');
    expect(await run()).toEqual({ told: 0, alerts: 0, failed: 0 });
  });
});

test('lists are RSS or Atom, and lead to their own server alone', () => {
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="a.xml"/></entry><entry><link href="https://x.example/b"/></entry></feed>`;
  expect(linksIn(atom, source)).toEqual({ links: ['https://www.cuaca.example/alerts/a.xml'] });
  expect(linksIn(rss(linkTo('a'), linkTo('a')), source)).toEqual({ links: [linkTo('a')] });
  expect(linksIn(capXml(), source)).toEqual({ message: capXml() });
  expect(linksIn('<html/>', source)).toBeUndefined();
});

test.each([
  ['https://www.bmkg.go.id/alerts/nowcast/id', true],
  ['http://www.bmkg.go.id/', false],
  ['https://169.254.169.254/latest/meta-data', false],
  ['https://[::1]/', false],
  ['https://2130706433/', false],
  ['https://localhost/', false],
  ['https://metadata.internal/', false],
  ['https://user:pass@www.bmkg.go.id/', false],
  ['https://www.bmkg.go.id:8443/', false],
])('%s may be asked: %s', (url, may) => {
  expect(isPublicHttps(url)).toBe(may);
});

test('an answer that redirects, fails or grows too long is none', async () => {
  const answering = (answer: () => Promise<Response>) => fetchText(answer as typeof fetch)(source);
  expect(await answering(async () => new Response('<a/>'))).toBe('<a/>');
  expect(await answering(async () => new Response('x', { status: 500 }))).toBeUndefined();
  expect(await answering(async () => new Response(new Uint8Array(600_000)))).toBeUndefined();
  expect(await answering(async () => new Response(new Uint8Array([0xff, 0xfe, 0xff])))).toBeUndefined();
  expect(await answering(() => Promise.reject(new TypeError('redirected')))).toBeUndefined();
  const never = vi.fn();
  expect(await fetchText(never)('http://www.cuaca.example/')).toBeUndefined();
  expect(never).not.toHaveBeenCalled();
});
