import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AnnouncementWorld, announcementWorld } from '../../../test/announcements.ts';
import { type FigureTables, figureTables } from '../../../test/figures.ts';
import { code, testKeys } from '../../../test/staff.ts';
import type { Table } from '../../kernel/table.ts';
import { markStore } from './marks.ts';
import { alertTaker } from './take.ts';
import { capXml, referenceTo, type Wanted } from './test/messages.ts';

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

const take = (xml: string, of = world) =>
  alertTaker({
    ...{ store: of.store, marks: markStore(table), telling: of.teller },
    ...{ city: async () => of.city, keys: async () => testKeys, now: () => of.clock.now },
  })(xml);

const alert = (more: Wanted = {}) => take(capXml(more));
const update = (identifier: string, of: string, more: Wanted = {}) =>
  alert({ identifier, type: 'Update', references: referenceTo(of), ...more });
const cancel = (identifier: string, of: string) =>
  alert({ identifier, type: 'Cancel', references: referenceTo(of) });
const banner = () => world.banner('99.01.01.1001');

describe('a warning in CAP', () => {
  test('is an emergency for the areas that it names, in its own words, and goes off by itself', async () => {
    world.clock.now = '2026-11-23T03:00:00Z';
    const { became, announcement = '' } = await alert({
      description: 'Air &lt;script&gt; naik [lihat](javascript:x) **cepat**',
    });
    expect(became).toBe('published');
    const shown = await world.one(announcement);
    expect(shown).toMatchObject({
      kind: 'emergency',
      title: 'Hujan lebat di Ganting',
      areas: [{ id: '99.01.01.1001', name: 'Ganting' }],
      expiresAt: '2026-11-23T06:00:00Z',
      source: { name: 'Badan Cuaca', url: 'https://cuaca.example/1' },
    });
    expect(shown.html).toBe('<p>Air &lt;script&gt; naik [lihat](javascript:x) **cepat**</p>');
    expect(await banner()).toEqual([announcement]);
    expect(await world.banner('99.01.01.1002')).toEqual([]);
    expect(await world.orders.ofAnnouncement(announcement)).toMatchObject([
      { emergency: true, areas: ['99.01.01.1001'], until: '2026-11-23T06:00:00Z' },
    ]);
    world.clock.now = '2026-11-23T05:59:59Z';
    expect(await banner()).toEqual([announcement]);
    world.clock.now = '2026-11-23T06:00:00Z';
    expect(await banner()).toEqual([]);
  });

  test('twice, and twice at once, is one', async () => {
    const [a, b] = await Promise.all([alert(), alert()]);
    expect(a.announcement).toBe(b.announcement);
    expect(await alert()).toMatchObject({ announcement: a.announcement, again: true });
    expect(await banner()).toEqual([a.announcement]);
  });

  test('an update takes its place, and tells again only where it is new', async () => {
    const { announcement = '' } = await alert({ identifier: 'A' });
    const more = { headline: 'Hujan sangat lebat', expires: '2026-11-23T15:00:00+07:00' };
    expect(await update('B', 'A', more)).toMatchObject({ became: 'updated', announcement });
    expect(await world.one(announcement)).toMatchObject({
      title: 'Hujan sangat lebat',
      state: 'corrected',
      expiresAt: '2026-11-23T08:00:00Z',
      corrections: [{ reason: 'Diperbarui oleh pengirimnya.' }],
    });
    expect((await world.orders.ofAnnouncement(announcement)).length).toBe(1);
    const wider = '<area><areaDesc>Kota Uji</areaDesc></area>';
    expect(await update('C', 'B', { areas: wider })).toMatchObject({ became: 'updated', announcement });
    expect((await world.orders.ofAnnouncement(announcement)).map(({ version }) => version)).toEqual([1, 3]);
    expect(await banner()).toEqual([announcement]);
  });

  test('a cancel takes it back, whichever comes first', async () => {
    const { announcement = '' } = await alert({ identifier: 'A' });
    expect((await cancel('B', 'A')).became).toBe('withdrawn');
    expect(await banner()).toEqual([]);
    expect((await world.one(announcement)).withdrawn?.reason).toBe('Dicabut oleh pengirimnya.');
    expect((await cancel('D', 'C')).became).toBe('withdrawn');
    expect(await alert({ identifier: 'C' })).toMatchObject({ became: 'superseded', announcement: undefined });
    expect(await banner()).toEqual([]);
  });

  test('an update that comes before what it replaces is the only one', async () => {
    const { announcement } = await update('B', 'A');
    expect((await alert({ identifier: 'A' })).became).toBe('superseded');
    expect(await banner()).toEqual([announcement]);
  });

  test('what was sent before the warning that stands comes too late, and changes nothing', async () => {
    const at = (time: string) => ({ sent: `2026-11-23T${time}:00+07:00` });
    const { announcement = '' } = await alert({ identifier: 'A', ...at('09:40') });
    await update('C', 'A', { headline: 'Hujan sangat lebat', ...at('09:55') });
    const late = { headline: 'Hujan lebat', ...at('09:45') };
    expect(await update('B', 'A', late)).toMatchObject({ became: 'superseded', announcement });
    const cancelled = { identifier: 'D', type: 'Cancel', references: referenceTo('A'), ...at('09:50') };
    expect((await alert(cancelled)).became).toBe('superseded');
    expect(await world.one(announcement)).toMatchObject({ title: 'Hujan sangat lebat', state: 'corrected' });
    expect((await cancel('E', 'B')).became).toBe('withdrawn');
    expect(await banner()).toEqual([]);
  });

  test('an update that leads elsewhere ends it here', async () => {
    await alert({ identifier: 'A' });
    const elsewhere = '<area><areaDesc>Kota Lain</areaDesc></area>';
    expect((await update('B', 'A', { areas: elsewhere })).became).toBe('withdrawn');
    expect(await banner()).toEqual([]);
  });

  test.each<[string, Wanted, string]>([
    ['a test', { status: 'Test' }, 'ignored'],
    ['an exercise', { status: 'Exercise' }, 'ignored'],
    ['an acknowledgement', { type: 'Ack' }, 'ignored'],
    ['one for elsewhere', { areas: '<area><areaDesc>Kota Lain</areaDesc></area>' }, 'elsewhere'],
    [
      'one that is over',
      {
        sent: '2026-11-22T10:00:00+07:00',
        effective: '2026-11-22T10:00:00+07:00',
        expires: '2026-11-22T12:00:00+07:00',
      },
      'over',
    ],
  ])('%s is taken and shown to nobody', async (_, more, became) => {
    expect(await alert(more)).toMatchObject({ became, announcement: undefined });
    expect(await banner()).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['a sender that the city does not know', capXml({ sender: 'siapa@saja.example' }), 'alertSender'],
    ['a malformed one', capXml().slice(0, 200), 'alertMalformed'],
    ['one that breaks the schema', capXml({ status: 'Serious' }), 'alertInvalid'],
  ])('%s is refused', async (_, xml, problem) => {
    expect(await code(take(xml))).toBe(problem);
  });

  test('waits for a person where the city says so', async () => {
    const { alerts } = world.city.topics;
    if (alerts !== undefined)
      world = announcementWorld(table, { alerts: { ...alerts, publish: 'afterReview' } });
    const { became, announcement = '' } = await alert({ identifier: 'A' });
    expect([became, await banner()]).toEqual(['waits', []]);
    expect(await update('B', 'A', { headline: 'Hujan sangat lebat' })).toMatchObject({
      became: 'waits',
      announcement,
    });
    const { seq } = await world.view(world.people.coordinator, announcement);
    await world.act(world.people.coordinator, announcement, seq, 'publish');
    expect((await world.one(announcement)).title).toBe('Hujan sangat lebat');
    await cancel('C', 'B');
    expect(await banner()).toEqual([]);
  });
});

test('in whatever order and however often the messages of one warning come, its end is the same', async () => {
  const steps = [
    () => alert({ identifier: 'A' }),
    () => update('B', 'A'),
    () => update('C', 'B', { references: `${referenceTo('A')} ${referenceTo('B')}` }),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: 6, maxLength: 6 }),
      fc.boolean(),
      async (order, cancelled) => {
        ({ table } = await engine.fresh());
        world = announcementWorld(table);
        const at = order[0] ?? 0;
        for (const [i, which] of order.entries()) {
          if (cancelled && i === at)
            await alert({
              ...{ identifier: 'D', type: 'Cancel' },
              references: `${referenceTo('A')} ${referenceTo('B')} ${referenceTo('C')}`,
            });
          await steps[which]?.();
        }
        expect((await banner()).length).toBe(cancelled ? 0 : 1);
      },
    ),
    { numRuns: 6 },
  );
});

/** A table whose instance dies at its n-th call; what it asked before is done. */
const dying = (whole: Table, at: number): Table => {
  let calls = 0;
  const entries = Object.entries(whole).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      calls += 1;
      if (calls >= at) throw new Error('killed');
      return (method as (...given: unknown[]) => Promise<unknown>)(...args);
    },
  ]);
  return Object.fromEntries(entries) as Table;
};

test('killed at any call and sent again: one warning in place of two, told once', async () => {
  const whole = table;
  let finished = false;
  for (let at = 1; !finished; at += 1) {
    const [a, b, c] = ['A', 'B', 'C'].map((name) => `${name}.${at}`) as [string, string, string];
    const first = (await alert({ identifier: a })).announcement ?? '';
    const second = (await alert({ identifier: b })).announcement ?? '';
    const references = `${referenceTo(a)} ${referenceTo(b)}`;
    const message = capXml({ identifier: c, type: 'Update', headline: 'Satu untuk semua', references });
    table = dying(whole, at);
    finished = (await take(message, announcementWorld(table)).catch(() => undefined)) !== undefined;
    table = whole;
    await take(message);
    await world.teller.sweep(world.clock.now, 10);
    const shown = await Promise.all([first, second].map((id) => world.one(id)));
    expect(shown.map(({ state, title }) => [state, title])).toEqual([
      ['corrected', 'Satu untuk semua'],
      ['withdrawn', 'Hujan lebat di Ganting'],
    ]);
    const orders = await Promise.all([first, second].map(world.orders.ofAnnouncement));
    expect(orders.map((all) => all.map(({ state }) => state))).toEqual([['open'], ['cancelled']]);
  }
}, 60_000);
