import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { filedCase } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { textKey } from '../cases/keys.ts';
import type { CaseRecord, CaseText } from '../cases/model.ts';
import { caseItem, caseStore } from '../cases/store.ts';
import type { City } from '../city/schema.ts';
import { finder } from './find.ts';
import { indexer, isCurrent } from './indexer.ts';
import { searchPublic } from './public.ts';
import { publicScope, sourcesOf } from './scopes.ts';
import { postingStore } from './store.ts';
import { lexiconOf } from './terms.ts';

const city = testCity();
let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const index = (of: City = city) =>
  indexer({ store: postingStore(tables.cases), cases: caseStore(tables.cases), city: async () => of });
const text = (id: string, body: string, more: Partial<CaseText> = {}): CaseText => ({
  ...{ v: 1, id, fingerprint: 'f', audience: 'reporter', body, at: '2026-11-23T02:00:00Z' },
  ...more,
});
const write = async (record: CaseRecord, ...texts: readonly CaseText[]): Promise<void> => {
  for (const one of texts) await tables.cases.put({ ...textKey(record.code, one.id), ...one });
  await tables.cases.put(caseItem(record));
};

let serial = 0;
let record: CaseRecord;
beforeEach(() => {
  serial += 1;
  const code = `INDEX${serial}`;
  record = { ...filedCase(city, {}, { code }), filing: { id: 'filed', fingerprint: 'f' } };
});

/** A later state of the case, which names these texts too. */
const later = (was: CaseRecord, more: Partial<CaseRecord>, ...ids: readonly string[]): CaseRecord => {
  const seq = was.seq + 1;
  const last = was.events.at(-1);
  if (last === undefined) throw new Error('no event');
  const texts = ids.map((id) => ({ id, audience: 'staff' as const }));
  return { ...was, ...more, seq, rev: was.rev + 1, events: [...was.events, { ...last, seq, texts }] };
};
const scopesOf = async ({ code }: CaseRecord) =>
  Object.keys((await postingStore(tables.cases).read(code))?.lists ?? {}).sort();
const finds = async (actor: Parameters<typeof sourcesOf>[0], ...terms: readonly string[]) => {
  const found = await finder({ store: postingStore(tables.cases), cases: caseStore(tables.cases) })({
    ...{ terms, sources: sourcesOf(actor, city), size: 100 },
    ...{ from: '2000-01-01T00:00:00Z', before: '9999-12-31T00:00:00Z', keep: () => true },
  });
  return found.cases.some(({ code }) => code === record.code);
};
const coordinator = staffOf(city, 'coordinator', 'kominfo');
const pupr = staffOf(city, 'officer', 'pupr');
const perkim = staffOf(city, 'officer', 'perkim');

describe('a case is found', () => {
  test('by its words, place, notes and the names and aliases of its area, in any form', async () => {
    const filed = text('filed', 'Lampunya mati', { place: { landmark: 'Depan Masjid Raya' } });
    record = later({ ...record, area: '99.01.01.1001' }, {}, 'note');
    await write(record, filed, text('note', 'Sudah dijadwalkan', { audience: 'staff' }));
    expect(await index()(record.code)).toBe('indexed');
    const { terms } = lexiconOf(city);
    for (const word of ['lampu', 'dimatikan', 'masjid', 'penjadwalan', 'ganting', 'gantiang'])
      expect([word, await finds(coordinator, ...terms(word))]).toEqual([word, true]);
    expect(await finds(coordinator, 'lampu', 'sekolah')).toBe(false);
  });

  test('not by words that no event names', async () => {
    await write(record, text('filed', 'lampu'), text('unsaid', 'rahasia'));
    await index()(record.code);
    expect(await finds(coordinator, 'rahasia')).toBe(false);
  });

  test('by words of events that were archived', async () => {
    const named = later(record, {}, 'old');
    await write(named, text('filed', 'lampu'), text('old', 'trafo'));
    await caseStore(tables.cases).archive(named, named.seq);
    record = later({ ...named, rev: named.rev + 1, archived: named.seq, events: named.events }, {});
    await write({ ...record, events: record.events.slice(-1) });
    await index()(record.code);
    expect(await finds(coordinator, 'trafo')).toBe(true);
  });

  test('by nobody of a unit that has it no more', async () => {
    record = { ...record, unit: 'pupr', root: 'pupr' };
    await write(record, text('filed', 'lampu mati'));
    await index()(record.code);
    expect([await finds(pupr, 'lampu'), await finds(perkim, 'lampu')]).toEqual([true, false]);
    record = later(record, { unit: 'perkim', root: 'perkim' });
    await write(record);
    await index()(record.code);
    expect([await finds(pupr, 'lampu'), await finds(perkim, 'lampu')]).toEqual([false, true]);
    expect(await scopesOf(record)).toEqual(['all', 'u-perkim']);
  });

  test('in one circle alone when it becomes confidential, then oversight, then about somebody', async () => {
    record = { ...record, unit: 'pupr', root: 'pupr' };
    await write(record, text('filed', 'lampu mati'));
    await index()(record.code);
    const { flags } = record;
    for (const [more, scopes] of [
      [{ flags: { ...flags, confidential: true } }, ['all-c']],
      [{ flags: { ...flags, confidential: true, oversight: true } }, ['o']],
      [{ about: 'kominfo' }, ['x-kominfo']],
    ] as const) {
      record = later(record, more);
      await write(record);
      await index()(record.code);
      expect(await scopesOf(record)).toEqual(scopes);
    }
  });

  test('never by words that were redacted, whoever else used them', async () => {
    record = later({ ...record, unit: 'pupr', root: 'pupr' }, {}, 'note');
    await write(record, text('filed', 'Namanya Budi, lampu mati'), text('note', 'lampu diperiksa'));
    await index()(record.code);
    expect(await finds(pupr, 'budi')).toBe(true);
    record = later(record, { excerpt: '' });
    await write(record, text('filed', '', { redacted: true }));
    await index()(record.code);
    expect([await finds(pupr, 'budi'), await finds(coordinator, 'budi')]).toEqual([false, false]);
    expect([await finds(pupr, 'lampu'), await finds(pupr, 'mati')]).toEqual([true, false]);
    const kept = JSON.stringify(await tables.cases.get({ pk: `C#${record.code}`, sk: 'TERMS' }));
    expect(kept).not.toContain('budi');
  });
});

describe('the public', () => {
  const search = searchPublic({
    get store() {
      return postingStore(tables.cases);
    },
    get cases() {
      return caseStore(tables.cases);
    },
  });
  const publicly = async (q: string): Promise<boolean> => {
    const { cases } = await search(city, { q, size: 50, keep: () => true });
    return cases.some(({ code }) => code === record.code);
  };

  test('finds a case by its edited words from when it is published until it is taken down, and by no other', async () => {
    await write(record, text('filed', 'Pak Budi membuang sampah'));
    await index()(record.code);
    expect(await publicly('sampah')).toBe(false);
    record = later(record, { public: { at: record.filedAt, text: 'shown', files: [] } });
    await write(record, text('shown', 'Tumpukan sampah di pasar', { audience: 'public' }));
    await index()(record.code);
    expect([await publicly('sampah'), await publicly('pasar'), await publicly('budi')]).toEqual([
      true,
      true,
      false,
    ]);
    const { public: _, ...down } = later(record, {});
    record = down;
    await write(record);
    await index()(record.code);
    expect(await publicly('sampah')).toBe(false);
    expect(await scopesOf(record)).not.toContain(publicScope);
  });

  test('finds nothing secret, whatever was published before', async () => {
    record = later(
      { ...record, public: { at: record.filedAt, text: 'filed', files: [] } },
      { flags: { ...record.flags, confidential: true } },
    );
    await write(record, text('filed', 'trotoar'));
    await index()(record.code);
    expect(await publicly('trotoar')).toBe(false);
  });
});

describe('the record of terms', () => {
  test('is behind by an event, by a change of the city’s words, and while a change is under way', async () => {
    await write(record, text('filed', 'lampu pju'));
    await index()(record.code);
    const terms = await postingStore(tables.cases).read(record.code);
    expect(isCurrent(terms, record, city)).toBe(true);
    expect(isCurrent(terms, later(record, {}), city)).toBe(false);
    const spelled = { ...city, categories: { ...city.categories, spellings: { pju: 'penerangan' } } };
    expect(isCurrent(terms, record, spelled)).toBe(false);
    expect(isCurrent(undefined, record, city)).toBe(false);
    expect(await index(spelled)(record.code)).toBe('indexed');
    expect([await finds(coordinator, 'pju'), await finds(coordinator, 'terang')]).toEqual([false, true]);
  });

  test('says the same again at the price of reading it', async () => {
    await write(record, text('filed', 'lampu'));
    expect(await index()(record.code)).toBe('indexed');
    expect(await index()(record.code)).toBe('unchanged');
    expect(await index()('NOBODYS')).toBe('gone');
  });

  test('follows a corrected time of filing', async () => {
    await write(record, text('filed', 'lampu'));
    await index()(record.code);
    record = later(record, { filedAt: '2026-10-01T00:00:00Z' });
    await write(record);
    await index()(record.code);
    const { list } = postingStore(tables.cases);
    const range = { from: '2026-01-01T00:00:00Z', before: '2027-01-01T00:00:00Z' };
    const { places } = await list('all', 'lampu', range, 100);
    expect(places.filter((place) => place.endsWith(record.code))).toEqual([
      `2026-10-01T00:00:00Z#${record.code}`,
    ]);
  });

  test('leaves out what leads to a person: addresses, telephones, NIK', async () => {
    const { terms } = lexiconOf(city);
    expect(
      terms(
        'Hubungi budi@mail.test, 0812-3456-7890 atau +62 812 3456 789, NIK 1374011234560001, RT 05/02 no 17',
      ),
    ).toEqual(['hubungi', 'atau', 'nik', 'rt', '05', '02', 'no', '17']);
  });
});
