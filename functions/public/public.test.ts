import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filedCase, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { publicBody } from '../cases/publication.ts';
import { caseStore } from '../cases/store.ts';
import { complaint } from '../complaints/kind.ts';
import { keysFrom } from '../kernel/keys.ts';
import { indexer } from '../postings/indexer.ts';
import { searchPublic } from '../postings/public.ts';
import { postingStore } from '../postings/store.ts';
import { bringUp } from '../publication/bring-up.ts';
import { publicStore } from '../publication/store.ts';
import { operations } from './operations.ts';

const city = testCity();
const coordinator = staffOf(city, 'coordinator', 'kominfo');
const keys = keysFrom(JSON.stringify({ current: 'k1', k1: 'a root key' }));
const report = 'Jalan berlubang di depan rumah Pak Budi, telepon 081234567890.';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const all = () => {
  const cases = caseStore(tables.cases);
  return operations({
    cases,
    copies: publicStore(tables.cases),
    search: searchPublic({ store: postingStore(tables.cases), cases }),
    city: async () => city,
    keys: async () => keys,
    supporters: async () =>
      new Map([
        ['AAAAAAAA3', 4],
        ['AAAAAAAA4', 5],
      ]),
    now: () => '2026-11-25T00:00:00Z',
    kinds: { complaint },
    photosOf: async (_code, files) =>
      files.map((id) => ({ id, url: `https://files/${id}`, thumbnail: null })),
  });
};

const calling = { idempotencyKey: '', ifMatch: -1, address: '', requestId: 'r' } as const;
const anonymous = { kind: 'anonymous', id: 'anonymous' } as const;
type Filters = { area?: string; category?: string; state?: string };
const list = async (query: Filters & { cursor?: string; size?: number } = {}) =>
  (
    await all().publicCases({
      ...calling,
      actor: anonymous,
      language: 'id',
      input: { params: undefined, body: undefined, query: { size: 25, ...query } },
    })
  ).body;
const map = async (query: Filters & { bbox?: string } = {}) =>
  (
    await all().publicMap({
      ...calling,
      actor: anonymous,
      language: 'id',
      input: { params: undefined, body: undefined, query },
    })
  ).body;
const read = async (code: string) =>
  (
    await all().publicCase({
      ...calling,
      actor: anonymous,
      language: 'id',
      input: { params: { code }, body: undefined, query: undefined },
    })
  ).body;
const propose = async (code: string, actor = coordinator) =>
  (
    await all().publication({
      ...calling,
      actor,
      language: 'id',
      input: { params: { code }, body: undefined, query: undefined },
    })
  ).body;

interface Made {
  readonly code: string;
  readonly at?: string;
  readonly area?: string;
  readonly category?: string;
  readonly after?: readonly (readonly [action: string, input: object])[];
  readonly publish?: boolean;
}

/** A case as the table would have it, with its words and its copy. */
const make = async ({
  code,
  at = '2026-11-23T03:00:00Z',
  area,
  category = 'jalan',
  after = [],
  publish = true,
}: Made) => {
  const store = caseStore(tables.cases);
  const place = area === undefined ? {} : { place: { area } };
  let record = filedCase(city, { text: report, category, ...place }, { code, at: '2026-10-01T02:00:00Z' });
  record = taken(city, record, coordinator, 'verify', {}, at);
  const words = { title: `Laporan ${code}`, summary: `Ringkasan yang disunting dari ${code}.` };
  if (publish) record = taken(city, record, coordinator, 'publish', words, at);
  const text = record.public?.text;
  for (const [action, input] of after)
    record = taken(city, record, coordinator, action, { ...input }, '2026-11-24T03:00:00Z');
  const put = (id: string, body: string) =>
    store.putText(code, { v: 1, id, fingerprint: 'f', audience: 'public', body, at });
  await put(record.filing.id, report);
  if (text !== undefined) await put(text, publicBody(words.title, words.summary));
  await store.create(record);
  const copies = publicStore(tables.cases);
  await indexer({ store: postingStore(tables.cases), cases: store, city: async () => city })(code);
  await bringUp({ cases: store, copies, city: async () => city, now: () => at })(code);
  return record;
};

beforeAll(async () => {
  await make({ code: 'AAAAAAAA2', at: '2026-09-05T03:00:00Z' });
  await make({ code: 'AAAAAAAA3', at: '2026-11-03T03:00:00Z', area: '99.01.01.1002', category: 'sampah' });
  await make({ code: 'AAAAAAAA4', after: [['assign', { unit: 'pupr' }]] });
  await make({ code: 'AAAAAAAA5', publish: false });
  await make({ code: 'AAAAAAAA6', after: [['takedown', { reason: 'personalData' }]] });
  await make({ code: 'AAAAAAAA7', after: [['mark', { confidential: true, text: 'Saksi anak.' }]] });
  await make({ code: 'AAAAAAAA8', after: [['mark', { oversight: true, text: 'Pungutan liar.' }]] });
  await make({ code: 'AAAAAAAA9', after: [['archive', { reason: 'abuse', text: 'Tidak benar.' }]] });
});
const hidden = ['AAAAAAAA5', 'AAAAAAAA6', 'AAAAAAAA7', 'AAAAAAAA8', 'AAAAAAAA9'];
const codesOf = (cases: readonly { readonly code: string }[]) => cases.map(({ code }) => code);

describe('the public list', () => {
  test('has what is published, newest first, in the coordinator’s words', async () => {
    const { cases, next, full } = await list();
    expect(codesOf(cases)).toEqual(['AAAAAAAA4', 'AAAAAAAA3', 'AAAAAAAA2']);
    expect([next, full]).toEqual([null, true]);
    expect(cases[0]).toMatchObject({
      title: 'Laporan AAAAAAAA4',
      lead: 'Ringkasan yang disunting dari AAAAAAAA4.',
      stateName: 'Diteruskan ke unit',
      unit: 'pupr',
    });
    expect(JSON.stringify(cases)).not.toMatch(/Budi|0812|excerpt|fingerprint|seq/);
  });

  test('pages over months without repeating or losing a case', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ size: 1, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...codesOf(page.cases));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['AAAAAAAA4', 'AAAAAAAA3', 'AAAAAAAA2']);
  });

  test.each<[Filters, readonly string[]]>([
    [{ area: '99.01.01.1002' }, ['AAAAAAAA3']],
    [{ area: '99.01.01' }, ['AAAAAAAA4', 'AAAAAAAA3', 'AAAAAAAA2']],
    [{ category: 'sampah' }, ['AAAAAAAA3']],
    [{ state: 'assigned' }, ['AAAAAAAA4']],
    [{ state: 'assigned', category: 'sampah' }, []],
    [{ state: 'archived' }, []],
  ])('%o finds %j', async (query, codes) => {
    expect(codesOf((await list(query)).cases)).toEqual(codes);
  });

  test.each<[Filters & { cursor?: string }, string]>([
    [{ area: '99.01.09' }, 'unknownArea'],
    [{ category: 'nothing' }, 'unknownCategory'],
    [{ state: 'nothing' }, 'invalidInput'],
    [{ cursor: 'x.y.z' }, 'badCursor'],
  ])('%o is refused as %s', async (query, code) => {
    await expect(list(query)).rejects.toMatchObject({ code });
  });

  test('a cursor is of its own filters, and the same for the same place: an edge may keep the page', async () => {
    const { next } = await list({ size: 1 });
    expect((await list({ size: 1 })).next).toBe(next);
    await expect(list({ category: 'jalan', cursor: next ?? '' })).rejects.toMatchObject({
      code: 'badCursor',
    });
  });
});

describe('the public search', () => {
  const search = async (q: string, size = 25, cursor?: string) =>
    (
      await all().publicSearch({
        ...calling,
        actor: anonymous,
        language: 'id',
        input: {
          params: undefined,
          body: undefined,
          query: { q, size, ...(cursor === undefined ? {} : { cursor }) },
        },
      })
    ).body;

  test('finds by the published words, page by page, and never what is not public', async () => {
    const codes: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search('ringkasan disunting', 2, cursor);
      codes.push(...codesOf(page.cases));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect([...codes].sort()).toEqual(['AAAAAAAA2', 'AAAAAAAA3', 'AAAAAAAA4']);
  });

  test('finds nothing by what a citizen wrote', async () => {
    expect((await search('berlubang')).cases).toEqual([]);
    expect((await search('budi')).cases).toEqual([]);
  });

  test('of nothing but small words is refused', async () => {
    await expect(search('di yang')).rejects.toMatchObject({ code: 'searchWords' });
  });
});

describe('one public case', () => {
  test('shows the edited words, the standard sentences, and no word that a person wrote', async () => {
    const shown = await read('AAAAAAAA4');
    expect(shown).toMatchObject({
      title: 'Laporan AAAAAAAA4',
      summary: 'Ringkasan yang disunting dari AAAAAAAA4.',
      version: 1,
      unit: 'pupr',
      photos: [],
    });
    expect(shown.timeline.map(({ type }) => type)).toEqual(['filed', 'verifying', 'published', 'assigned']);
    expect(JSON.stringify(shown)).not.toMatch(/Budi|0812|berlubang/);
  });

  test('says how many joined it from five on', async () => {
    const told = async (code: string) => (await read(code)).supporters;
    expect([await told('AAAAAAAA2'), await told('AAAAAAAA3'), await told('AAAAAAAA4')]).toEqual([
      null,
      null,
      5,
    ]);
  });

  test.each([...hidden, 'AAAAAAAAA'])('%s answers as what does not exist', async (code) => {
    await expect(read(code)).rejects.toMatchObject({ code: 'notFound' });
  });

  test('is gone at once when it is taken down, however late its copy is', async () => {
    const record = await make({ code: 'AAAAAAAAB', category: 'listrik' });
    expect((await read('AAAAAAAAB')).title).toBe('Laporan AAAAAAAAB');
    await caseStore(tables.cases).save(taken(city, record, coordinator, 'takedown', { reason: 'request' }));
    await expect(read('AAAAAAAAB')).rejects.toMatchObject({ code: 'notFound' });
  });
});

describe('the public map', () => {
  test('is GeoJSON of coarse points, or of the centre of the area', async () => {
    const { type, features, truncated } = await map({ category: 'sampah' });
    expect([type, truncated, features.length]).toEqual(['FeatureCollection', false, 1]);
    expect(features[0]).toEqual({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [100.43, -0.48] },
      properties: {
        code: 'AAAAAAAA3',
        title: 'Laporan AAAAAAAA3',
        state: 'verifying',
        stateName: 'Diperiksa koordinator',
        category: 'sampah',
        place: 'area',
      },
    });
  });

  test('never has what is not public', async () => {
    const codes = (await map()).features.map(({ properties }) => properties.code);
    for (const code of hidden) expect(codes).not.toContain(code);
  });

  test.each([
    ['100.42,-0.49,100.44,-0.47', ['AAAAAAAA3']],
    ['100,-0.3,101,0', []],
  ])('within %s are %j', async (bbox, codes) => {
    expect((await map({ bbox })).features.map(({ properties }) => properties.code)).toEqual(codes);
  });

  test('of a box that is inside out is none', async () => {
    await expect(map({ bbox: '101,0,100,1' })).rejects.toMatchObject({ code: 'invalidInput' });
  });
});

describe('the proposal', () => {
  test('masks what leads to a person, and lists it for the coordinator', async () => {
    const { proposal, findings, not, published } = await propose('AAAAAAAA5');
    expect(proposal.title).toBe('jalan di Ganting');
    expect(proposal.summary).toBe('Jalan berlubang di depan rumah Pak Budi, telepon [nomor telepon].');
    expect(findings).toEqual([{ field: 'summary', kind: 'phone', text: '081234567890' }]);
    expect([not, published]).toEqual([null, null]);
  });

  test('says what is public now, and why a case cannot be', async () => {
    expect((await propose('AAAAAAAA4')).published).toMatchObject({ title: 'Laporan AAAAAAAA4', version: 1 });
    expect((await propose('AAAAAAAA7')).not).toBe('secretCase');
    expect((await propose('AAAAAAAA9')).not).toBe('wrongState');
  });

  test('is for those who see the case', async () => {
    await expect(propose('AAAAAAAA8')).rejects.toMatchObject({ code: 'notFound' });
  });
});
