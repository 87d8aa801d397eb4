import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staffOf } from '../../../test/city.ts';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { fileStore } from '../../attachments/store.ts';
import { city, pelaksana, secretariat, utama } from '../test/city.ts';
import { asks, desk, rina } from '../test/desk.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const item = (more: object = {}) => ({
  class: 'periodic',
  title: { id: 'Anggaran pembangunan jalan tahun 2026', en: 'Budget for roads in 2026' },
  summary: { id: 'Rincian belanja modal jalan dan jembatan.', en: 'Capital spending on roads and bridges.' },
  unit: 'pupr',
  year: 2026,
  files: [],
  where: 'Ruang layanan PPID',
  ...more,
});
/** An upload for the list, as the inspection leaves it. */
const inspected = async (d: ReturnType<typeof desk>, ok = true): Promise<string> => {
  const { fileId } = await d.call('uploadInformationFile', utama, { body: { type: 'application/pdf' } });
  const files = fileStore(tables.cases);
  const record = await files.read(fileId);
  if (record === undefined) throw new Error('an upload without a record');
  await files.settle(
    record,
    ok
      ? {
          facts: { kind: 'document', contentType: 'application/pdf', bytes: 10, sha256: 'x' },
          served: { full: { contentType: 'application/pdf', bytes: 10 } },
        }
      : { refused: 'activeContent' },
    '2026-11-23T02:00:00Z',
  );
  return fileId;
};

describe('the public list', () => {
  test('shows what PPID Utama published, and nothing before or after', async () => {
    const d = desk(tables);
    const drafted = await d.call('createInformationItem', pelaksana, { body: item() });
    const params = { id: drafted.id };
    const open = () => d.refused('publicInformationItem', {}, { params });
    expect([drafted.state, await open()]).toEqual(['draft', 'notFound']);
    const publish = ['publishInformationItem', pelaksana, { params }, { ifMatch: 1 }] as const;
    expect(await d.refused(...publish)).toBe('forbidden');
    expect(await d.refused('publishInformationItem', utama, { params }, { ifMatch: 7 })).toBe('staleRecord');
    await d.call('publishInformationItem', utama, { params }, { ifMatch: 1 });
    expect(await d.call('publicInformationItem', {}, { params })).toMatchObject({
      title: 'Anggaran pembangunan jalan tahun 2026',
      class: { id: 'periodic', name: 'Berkala' },
      version: 2,
    });
    // What is public changes by PPID Utama alone; who only keeps it may not.
    const change = { params, body: item({ year: 2027 }) };
    expect(await d.refused('changeInformationItem', pelaksana, change, { ifMatch: 2 })).toBe('forbidden');
    await d.call('changeInformationItem', utama, change, { ifMatch: 2 });
    const how = { ifMatch: 3, key: 'withdraw'.padEnd(24, '0') };
    const withdraw = { params, body: { reason: 'Diganti yang baru' } };
    const gone = await d.call('withdrawInformationItem', utama, withdraw, how);
    expect([gone.state, gone.rev, await open()]).toEqual(['withdrawn', 4, 'notFound']);
    expect(await d.call('withdrawInformationItem', utama, withdraw, how)).toEqual(gone);
    expect(await d.refused('changeInformationItem', utama, change, { ifMatch: 4 })).toBe('wrongState');
  });

  test('is kept by PPID Pelaksana for the own unit, by nobody without such a post', async () => {
    const { refused } = desk(tables);
    const create = (actor: unknown, unit: string) =>
      refused('createInformationItem', actor, { body: item({ unit }) });
    expect(await create(pelaksana, 'perkim')).toBe('forbidden');
    expect(await create(staffOf(city, 'head', 'pupr'), 'pupr')).toBe('forbidden');
    expect(await create(pelaksana, 'pupr-jalan')).toBe('done');
    expect(await create(secretariat, 'perkim')).toBe('done');
    expect(await create(secretariat, 'lama')).toBe('unknownUnit');
  });

  test('drafted twice with one key is one item', async () => {
    const { call, refused } = desk(tables);
    const how = { key: 'twice'.padEnd(24, '0') };
    const first = await call('createInformationItem', utama, { body: item() }, how);
    expect(await call('createInformationItem', utama, { body: item() }, how)).toEqual(first);
    expect(await refused('createInformationItem', utama, { body: item({ year: 2000 }) }, how)).toBe(
      'keyReused',
    );
  });

  test('shows files only once they were inspected, and none that is not its own', async () => {
    const d = desk(tables);
    const good = await inspected(d);
    const bad = await inspected(d, false);
    expect(await d.refused('createInformationItem', utama, { body: item({ files: ['x'.repeat(22)] }) })).toBe(
      'unknownFile',
    );
    const broken = await d.call('createInformationItem', utama, { body: item({ files: [good, bad] }) });
    const params = { id: broken.id };
    expect(broken.readable).toEqual([good]);
    expect(await d.refused('publishInformationItem', utama, { params }, { ifMatch: 1 })).toBe(
      'nothingToRead',
    );
    await d.call('changeInformationItem', utama, { params, body: item({ files: [good] }) }, { ifMatch: 1 });
    await d.call('publishInformationItem', utama, { params }, { ifMatch: 2 });
    const { files } = await d.call('publicInformationItem', {}, { params });
    expect(files).toMatchObject([{ id: good, contentType: 'application/pdf' }]);
    expect(files[0]?.url).toContain(`/files/served/${good}/full?`);
  });

  test('says of exempt information why it is closed, with the consequence test', async () => {
    const d = desk(tables);
    const document = await inspected(d);
    const exempt = { letters: ['h'], basis: 'UU 27/2022', test: 'UK-07/2026', documents: [document] };
    const body = item({ class: 'exempt', files: [document], where: undefined, exempt });
    expect(await d.refused('createInformationItem', utama, { body: item({ class: 'exempt' }) })).toBe(
      'consequenceTestMissing',
    );
    const stray = { ...body, files: [] };
    expect(await d.refused('createInformationItem', utama, { body: stray })).toBe('unknownFile');
    const { id } = await d.call('createInformationItem', utama, { body });
    await d.call('publishInformationItem', utama, { params: { id } }, { ifMatch: 1 });
    expect(await d.call('publicInformationItem', {}, { params: { id } })).toMatchObject({
      files: [],
      exempt: {
        letters: [{ letter: 'h', says: 'Rahasia pribadi' }],
        test: 'UK-07/2026',
        documents: [{ id: document }],
      },
    });
  });
});

describe('what is there already', () => {
  test('is found by words in any form, and offered before a request is taken', async () => {
    const d = desk(tables);
    d.at('2026-12-01T02:00:00Z');
    const publish = async (title: string, more: object = {}): Promise<string> => {
      const body = item({ title: { id: title, en: title }, unit: 'perkim', ...more });
      const { id } = await d.call('createInformationItem', utama, { body });
      await d.call('publishInformationItem', utama, { params: { id } }, { ifMatch: 1 });
      return id;
    };
    const trucks = await publish('Jadwal pengangkutan sampah per kelurahan');
    await publish('Daftar tempat pemakaman umum');
    d.at('2026-12-01T03:00:00Z');
    const asked = 'Saya ingin tahu jadwal truk yang mengangkut sampah di kelurahan Ganting';
    const found = await d.call('matchInformation', {}, { body: { information: asked } });
    expect(found.items[0]).toMatchObject({ id: trucks, strong: true });
    expect(
      (await d.call('publicInformation', {}, { query: { q: 'angkutan sampah', size: 25 } })).items,
    ).toMatchObject([{ id: trucks }]);
    expect(await d.refused('askForInformation', rina, { body: asks(asked) })).toBe('informationAvailable');
    const how = { key: 'insist'.padEnd(24, '0') };
    const filed = await d.call('askForInformation', rina, { body: asks(asked, { insist: true }) }, how);
    expect(await d.call('askForInformation', rina, { body: asks(asked) }, how)).toEqual(filed);
    const other = await d.call(
      'matchInformation',
      {},
      { body: { information: 'Gaji pegawai dinas kesehatan' } },
    );
    expect(other.items.filter(({ strong }) => strong)).toEqual([]);
  });

  test('is listed by class, unit and year, page after page, each item once', async () => {
    const d = desk(tables);
    d.at('2026-12-02T02:00:00Z');
    for (let i = 0; i < 7; i += 1) {
      const body = item({ class: 'anytime', unit: 'damkar', year: 2020 + (i % 2) });
      const { id } = await d.call('createInformationItem', utama, { body });
      await d.call('publishInformationItem', utama, { params: { id } }, { ifMatch: 1 });
    }
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const query = {
        class: 'anytime',
        unit: 'damkar',
        size: 3,
        ...(cursor === undefined ? {} : { cursor }),
      };
      const { items, next } = await d.call('publicInformation', {}, { query });
      seen.push(...items.map(({ id }) => id));
      if (next === null) break;
      cursor = next;
    }
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
    const of2021 = await d.call(
      'publicInformation',
      {},
      { query: { unit: 'damkar', year: '2021', size: 25 } },
    );
    expect(of2021.items).toHaveLength(3);
    const query = { size: 3, cursor: 'made-up' };
    expect(await d.refused('publicInformation', {}, { query })).toBe('badCursor');
  });
});
