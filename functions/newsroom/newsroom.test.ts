import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AnnouncementWorld, announcementWorld, article } from '../../test/announcements.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import { code } from '../../test/staff.ts';
import type { Content } from '../announcing/model.ts';
import { fileStore } from '../attachments/store.ts';
import type { Table } from '../kernel/table.ts';

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

describe('the way of an announcement', () => {
  test('where the city asks for it, another person reviews', async () => {
    world = announcementWorld(table, { review: true });
    const { officer, head, coordinator } = world.people;
    const { id, seq } = (await world.draft(officer, article())).body;
    expect(await code(world.act(officer, id, seq, 'publish'))).toBe('forbidden');
    expect(await code(world.act(head, id, seq, 'publish'))).toBe('secondPersonNeeded');
    const { etag: submitted } = await world.act(officer, id, seq, 'submit');
    const { etag: returned } = await world.act(head, id, submitted, 'return', { reason: 'Tambah jam.' });
    expect((await world.edit(head, id, returned, article())).body.state).toBe('draft');
    const { etag: again } = await world.act(officer, id, returned + 1, 'submit');
    // The head wrote in it meanwhile, so that it takes somebody else.
    expect(await code(world.act(head, id, again, 'publish'))).toBe('secondPersonNeeded');
    expect((await world.view(head, id)).can).toEqual(['edit', 'return', 'discard']);
    expect((await world.act(coordinator, id, again, 'publish')).body).toMatchObject({ state: 'published' });
    const { history } = await world.view(officer, id);
    expect(history.map(({ type }) => type)).toEqual([
      'created',
      'submitted',
      'returned',
      'edited',
      'submitted',
      'published',
    ]);
  });

  test('it publishes and expires by itself, to the minute, whatever any job does', async () => {
    const { id } = await world.published(
      article({ publishAt: '2026-11-23T05:00:00Z', expiresAt: '2026-11-23T06:00:00Z' }),
    );
    expect((await world.view(world.people.officer, id)).state).toBe('scheduled');
    world.clock.now = '2026-11-23T04:59:59Z';
    expect(await code(world.one(id))).toBe('notFound');
    expect((await world.list()).announcements).toEqual([]);
    world.clock.now = '2026-11-23T05:00:00Z';
    expect((await world.list()).announcements.map((one) => one.id)).toEqual([id]);
    world.clock.now = '2026-11-23T05:59:59Z';
    expect((await world.one(id)).state).toBe('published');
    world.clock.now = '2026-11-23T06:00:00Z';
    expect((await world.list()).announcements).toEqual([]);
    expect((await world.one(id)).state).toBe('expired');
    expect(await code(world.edit(world.people.coordinator, id, 2, article(), 'Jam salah'))).toBe(
      'announcementOver',
    );
  });

  test('a correction shows its version and reason, and leaves what was public until it is published', async () => {
    const { id, seq } = await world.published(article());
    const words = article({ title: { id: 'Air mati hari Minggu' } });
    expect(await code(world.edit(world.people.officer, id, seq, words))).toBe('reasonMissing');
    const { etag } = await world.edit(world.people.officer, id, seq, words, 'Harinya salah.');
    expect((await world.one(id)).title).toBe('Air mati hari Sabtu');
    world.clock.now = '2026-11-23T04:00:00Z';
    expect((await world.act(world.people.head, id, etag, 'publish')).body.state).toBe('corrected');
    expect(await world.one(id)).toMatchObject({
      state: 'corrected',
      title: 'Air mati hari Minggu',
      version: 2,
      publishedAt: '2026-11-23T03:00:00Z',
      correctedAt: '2026-11-23T04:00:00Z',
      corrections: [{ version: 2, at: '2026-11-23T04:00:00Z', reason: 'Harinya salah.' }],
    });
    const [card, ...others] = (await world.list()).announcements;
    expect([card?.title, others]).toEqual(['Air mati hari Minggu', []]);
  });

  test('withdrawn, it says why and nothing else; a discarded draft is gone', async () => {
    const { id, seq } = await world.published(article());
    expect(await code(world.act(world.people.head, id, seq, 'withdraw'))).toBe('reasonMissing');
    await world.act(world.people.head, id, seq, 'withdraw', { reason: 'Perbaikan batal.' });
    expect(await world.one(id)).toMatchObject({
      state: 'withdrawn',
      html: '',
      lead: '',
      withdrawn: { reason: 'Perbaikan batal.' },
    });
    expect((await world.list()).announcements).toEqual([]);
    const draft = (await world.draft(world.people.officer, article())).body;
    expect((await world.act(world.people.officer, draft.id, 1, 'discard')).body.state).toBe('discarded');
    expect(await world.work(world.people.officer)).toEqual([]);
  });

  test('the desk lists what is written and scheduled, and everything of a month', async () => {
    const { officer, other, coordinator } = world.people;
    const draft = (await world.draft(officer, article())).body;
    const later = await world.published(article({ publishAt: '2026-12-01T03:00:00Z' }));
    const gone = await world.published(article({ expiresAt: '2026-11-23T04:00:00Z' }));
    const withdrawn = await world.published(article());
    await world.act(coordinator, withdrawn.id, withdrawn.seq, 'withdraw', { reason: 'Salah kirim.' });
    world.clock.now = '2026-11-23T05:00:00Z';
    expect(await world.work(officer)).toEqual([
      [later.id, 'scheduled'],
      [draft.id, 'draft'],
    ]);
    expect(await world.work(other)).toEqual([]);
    expect(Object.fromEntries(await world.work(officer, '2026-11'))).toEqual({
      [gone.id]: 'expired',
      [withdrawn.id]: 'withdrawn',
    });
    world.clock.now = '2026-12-01T03:00:00Z';
    expect(await world.work(officer)).toEqual([[draft.id, 'draft']]);
  });
});

describe('who may', () => {
  test('write for the own unit and no other; drafts of others do not exist', async () => {
    const { officer, other } = world.people;
    expect(await code(world.draft(other, article()))).toBe('forbidden');
    const { id } = (await world.draft(officer, article())).body;
    expect(await code(world.view(other, id))).toBe('notFound');
    expect(await code(world.act(other, id, 1, 'submit'))).toBe('notFound');
    expect(await code(world.act(officer, id, 1, 'publish'))).toBe('forbidden');
    expect(await code(world.edit(officer, id, 1, article({ unit: 'perkim' })))).toBe('forbidden');
  });

  test('one person publishes an emergency without a review, and that is noted', async () => {
    world = announcementWorld(table, { review: true });
    const flood = article({ kind: 'emergency', expiresAt: '2026-11-23T09:00:00Z' });
    const { mayor, officer, head, coordinator } = world.people;
    const { id } = (await world.draft(officer, flood)).body;
    expect(await code(world.act(head, id, 1, 'publish'))).toBe('forbidden');
    await world.act(mayor, id, 1, 'publish');
    const alone = (await world.draft(coordinator, flood)).body;
    await world.act(coordinator, alone.id, 1, 'publish');
    const { history } = await world.view(coordinator, alone.id);
    expect(history.at(-1)).toMatchObject({ type: 'published', alone: true, actor: { role: 'coordinator' } });
  });
});

describe('what is refused', () => {
  test.each<[string, Partial<Content>, string]>([
    [
      'it expires before it publishes',
      { publishAt: '2026-11-24T03:00:00Z', expiresAt: '2026-11-24T02:00:00Z' },
      'expiresBeforePublish',
    ],
    ['it expired already', { expiresAt: '2026-11-23T03:00:00Z' }, 'expiresBeforePublish'],
    ['an emergency without end', { kind: 'emergency' }, 'expiryMissing'],
    ['an unknown area', { areas: ['99.01.09'] }, 'unknownArea'],
    ['an unknown topic', { topics: ['sepak-bola'] }, 'unknownTopic'],
    ['a unit that ended', { unit: 'lama' }, 'unknownUnit'],
    ['script', { body: { id: 'Halo <script>alert(1)</script>' } }, 'htmlInMarkdown'],
    ['a link that runs', { body: { id: 'Baca', en: '[read](javascript:alert(1))' } }, 'unsafeLink'],
    ['an agenda without time', { kind: 'agenda' }, 'agendaEvent'],
    [
      'a file that nobody uploaded for it',
      { files: [{ file: 'A'.repeat(22), name: { id: 'Lampiran' } }] },
      'unknownFile',
    ],
    ['a far future', { publishAt: '2036-11-24T03:00:00Z' }, 'dateOutOfRange'],
  ])('%s', async (_, more, problem) => {
    expect(await code(world.draft(world.people.coordinator, article(more)))).toBe(problem);
  });

  test('a draft that waited too long for its own expiry', async () => {
    const { id } = (await world.draft(world.people.head, article({ expiresAt: '2026-11-23T04:00:00Z' })))
      .body;
    world.clock.now = '2026-11-23T05:00:00Z';
    expect(await code(world.act(world.people.head, id, 1, 'publish'))).toBe('expiresBeforePublish');
  });
});

describe('commands', () => {
  test('the same key is the same announcement; with other words it is refused', async () => {
    const { officer } = world.people;
    const first = await world.draft(officer, article(), 'once');
    expect(await world.draft(officer, article(), 'once')).toMatchObject({ body: first.body });
    expect(await code(world.draft(officer, article({ topics: ['cuaca'] }), 'once'))).toBe('keyReused');
    const both = await Promise.all([
      world.draft(officer, article(), 'twice'),
      world.draft(officer, article(), 'twice'),
    ]);
    expect(both[0].body.id).toBe(both[1].body.id);
  });

  test('a repeated step gets the first answer ahead of its version; a stale one is refused', async () => {
    const { officer, head } = world.people;
    const { id } = (await world.draft(officer, article())).body;
    const first = await world.act(officer, id, 1, 'submit', { command: 'submit' });
    await world.act(head, id, 2, 'publish');
    expect(await world.act(officer, id, 1, 'submit', { command: 'submit' })).toEqual(first);
    expect(await code(world.act(head, id, 2, 'withdraw', { reason: 'Batal saja' }))).toBe('staleRecord');
  });

  test('of two at once one wins', async () => {
    const { id } = (await world.draft(world.people.head, article())).body;
    const outcomes = await Promise.all([
      code(world.act(world.people.head, id, 1, 'publish')),
      code(world.act(world.people.head, id, 1, 'discard')),
    ]);
    expect(outcomes.sort()).toEqual(['done', 'staleRecord']);
  });
});

describe('files', () => {
  test('are shown once inspected, and publication refuses what failed', async () => {
    const { officer, head } = world.people;
    const upload = async () =>
      (
        await world.desk.uploadForAnnouncement({
          ...world.frame(officer),
          input: { params: undefined, query: undefined, body: { type: 'image/jpeg' } },
        })
      ).body.fileId;
    const [good, bad] = [await upload(), await upload()];
    const files = fileStore(table);
    const cover = { file: good, alt: { id: 'Pipa bocor' } };
    const attached = [{ file: bad, name: { id: 'Jadwal' } }];
    const { id } = (await world.draft(officer, article({ cover, files: attached }))).body;
    const record = await files.read(bad);
    if (record !== undefined) await files.settle(record, { refused: 'activeContent' }, world.clock.now);
    expect(await code(world.act(head, id, 1, 'publish'))).toBe('fileUnusable');
    expect((await world.view(officer, id)).files.map(({ state }) => state)).toEqual(['pending', 'refused']);
    await world.edit(officer, id, 1, article({ cover }));
    await world.act(head, id, 2, 'publish');
    const get = () =>
      world.reader.announcementFile({
        ...world.asked,
        input: { params: { id, file: good }, query: { size: 'full' }, body: undefined },
      });
    expect(await code(get())).toBe('notFound');
    const pending = await files.read(good);
    const photo = { contentType: 'image/jpeg', bytes: 10 };
    if (pending !== undefined)
      await files.settle(
        pending,
        { facts: { kind: 'photo', ...photo, sha256: '' }, served: { full: photo } },
        world.clock.now,
      );
    expect((await get()).location).toMatch(new RegExp(`served/${good}/full`));
  });
});

describe('subscribers', () => {
  const ordered = async (id: string) =>
    (await world.orders.ofAnnouncement(id)).map(({ version, state, headline }) => ({
      version,
      state,
      title: headline.id,
    }));

  test('are told at once of what is new, at its moment of what is scheduled, and once', async () => {
    const now = await world.published(article());
    expect(await ordered(now.id)).toEqual([{ version: 1, state: 'open', title: 'Air mati hari Sabtu' }]);
    const later = await world.published(article({ publishAt: '2026-11-23T05:00:00Z' }));
    expect(await world.teller.sweep('2026-11-23T04:59:59Z', 10)).toEqual({ told: 0, failed: [] });
    expect(await world.teller.sweep('2026-11-23T05:00:07Z', 10)).toEqual({ told: 1, failed: [] });
    expect(await world.teller.sweep('2026-11-23T05:01:07Z', 10)).toEqual({ told: 0, failed: [] });
    expect(await world.orders.ofAnnouncement(later.id)).toMatchObject([
      { version: 1, at: '2026-11-23T05:00:00Z', areas: [], topics: ['air'], emergency: false },
    ]);
  });

  test('hear of a correction only if the publisher asks; of a withdrawal nobody more hears anything', async () => {
    const { id, seq } = await world.published(article());
    const correct = async (at: number, title: string, tellAgain: boolean) => {
      const words = article({ title: { id: title } });
      const { etag } = await world.edit(world.people.head, id, at, words, 'Harinya salah.');
      return (await world.act(world.people.head, id, etag, 'publish', { tellAgain })).etag;
    };
    const quiet = await correct(seq, 'Air mati Minggu', false);
    expect(await ordered(id)).toEqual([{ version: 1, state: 'open', title: 'Air mati Minggu' }]);
    const loud = await correct(quiet, 'Air mati Senin', true);
    expect((await ordered(id)).map(({ version }) => version)).toEqual([1, 3]);
    await world.act(world.people.head, id, loud, 'withdraw', { reason: 'Perbaikan batal.' });
    expect((await ordered(id)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });

  test('an instance that dies before it tells is made good by the job, once', async () => {
    const { id } = (await world.draft(world.people.head, article())).body;
    const { tell } = world.teller;
    Object.assign(world.teller, { tell: () => Promise.reject(new Error('killed')) });
    await world.act(world.people.head, id, 1, 'publish');
    Object.assign(world.teller, { tell });
    expect(await ordered(id)).toEqual([]);
    expect((await world.view(world.people.head, id)).telling).toBe(true);
    // Killed again right after it placed the order: the next run finds it there.
    const head = await world.store.read(id);
    await world.orders.place({
      ...{ id, version: 1, at: world.clock.now, emergency: false, headline: { id: 'Air mati hari Sabtu' } },
      ...{ path: '/', areas: [], topics: [] },
    });
    expect(head?.due).toEqual({ at: world.clock.now, tell: 'first' });
    expect(await world.teller.sweep(world.clock.now, 10)).toEqual({ told: 1, failed: [] });
    expect((await ordered(id)).length).toBe(1);
    expect((await world.view(world.people.head, id)).telling).toBe(false);
  });
});
