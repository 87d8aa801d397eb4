import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { keysFrom } from '../kernel/keys.ts';
import { wordsOf } from '../pdf/test/words.ts';
import { numberIn } from '../pdf/write.ts';
import { draftPdf } from './draft.ts';
import { digestOf, issuePaper, type PaperWanted } from './paper.ts';
import { statementOf } from './seal.ts';
import { type IssuedStore, issuedStore } from './store.ts';
import { testSealer } from './test/seal.ts';

let tables: TestTables;
let issued: IssuedStore;
beforeAll(async () => {
  tables = await testTables();
  issued = issuedStore(tables.cases);
});
afterAll(() => tables.stop());

const keys = keysFrom(JSON.stringify({ current: 'k1', k1: 'a root key' }));
const { seal, isGenuine } = testSealer();
const deps = () => ({ issued, seal, keys: async () => keys, publicUrl: 'https://lapau.example' });

const wanted = (id: string, more: Partial<PaperWanted> = {}): PaperWanted => ({
  command: { id, fingerprint: 'f' },
  kind: 'draft',
  name: { id: 'Konsep', en: 'Draft' },
  case: 'ABCDEFGHJ',
  service: 'keterangan-penelitian',
  unit: 'dpmptsp',
  zone: 'Asia/Jakarta',
  by: 's1',
  now: '2026-12-31T17:30:00Z',
  draw: (mark) =>
    draftPdf(
      {
        city: 'Pemerintah Kota Uji',
        unit: 'DPMPTSP',
        title: 'Surat Keterangan Penelitian',
        facts: [{ label: 'Layanan', value: 'Penelitian' }],
        text: 'Isi.',
        printed: 'Dicetak',
      },
      mark,
    ),
  ...more,
});

describe('a paper of Lapau’s own', () => {
  test('says what it is, has a number of the city’s year, and is found by number and by bytes', async () => {
    const { record, pdf } = await issuePaper(deps(), wanted('c1'));
    expect(record.number).toMatch(/^dpmptsp-2027-/);
    expect(numberIn(pdf)).toBe(record.number);
    const said = wordsOf(pdf).join('\n');
    for (const words of ['KONSEP', 'BUKAN DOKUMEN RESMI', record.number]) expect(said).toContain(words);
    expect(await issued.read(record.number)).toEqual(record);
    expect(await issued.byDigest(digestOf(pdf))).toEqual(record);
  });

  test('is signed so that its number, kind, date and bytes cannot be told otherwise', async () => {
    const { record } = await issuePaper(deps(), wanted('c2'));
    const signature = record.seal?.signature ?? '';
    expect(isGenuine(statementOf(record), signature)).toBe(true);
    for (const changed of [
      { ...record, number: `${record.number.slice(0, -1)}2` },
      { ...record, kind: 'receipt' as const },
      { ...record, issuedAt: '2026-01-01T00:00:00Z' },
      { ...record, digest: digestOf(Buffer.from('x')) },
    ])
      expect(isGenuine(statementOf(changed), signature)).toBe(false);
  });

  test('asked for again with the same key it is the same, with the date of its first time', async () => {
    const first = await issuePaper(deps(), wanted('c3'));
    const again = await issuePaper(deps(), wanted('c3', { now: '2026-12-31T17:40:00Z' }));
    expect(Buffer.from(again.pdf).equals(first.pdf)).toBe(true);
    expect(again.record).toEqual(first.record);
  });

  test('is refused where the key was used for other words, and where the case says something else by now', async () => {
    await issuePaper(deps(), wanted('c4'));
    const other = wanted('c4', { command: { id: 'c4', fingerprint: 'g' } });
    await expect(issuePaper(deps(), other)).rejects.toMatchObject({ code: 'keyReused' });
    const draw: PaperWanted['draw'] = (mark) => Buffer.from(`%PDF-1.4 ${mark.number}`);
    await expect(issuePaper(deps(), wanted('c4', { draw }))).rejects.toMatchObject({ code: 'paperChanged' });
  });
});
