import { expect, test } from 'vitest';
import { wordsOf } from '../pdf/test/words.ts';
import { paperOf } from './paper.ts';

const head = {
  names: { id: 'Register permohonan informasi', en: 'Register of information requests' },
  columns: [
    { id: 'number', names: { id: 'Nomor', en: 'Number' } },
    { id: 'information', names: { id: 'Informasi', en: 'Information' }, share: 4 },
  ],
};
const print = (rows: Parameters<typeof paperOf>[0], more: object = {}) =>
  paperOf(rows, {
    head,
    city: { id: 'Kota Uji', en: 'Test Town' },
    period: { from: '2026-11-01', to: '2026-11-30' },
    language: 'id',
    at: '2026-11-22T03:00:00Z',
    printedAt: '2026-11-22 10:00',
    part: 1,
    before: 0,
    ...more,
  });

test('a register is printed on A4 across, each row once, the titles on each page, its rows numbered', () => {
  const rows = Array.from({ length: 90 }, (_, i) => ({ number: `PPID-${i}`, information: null }));
  const pdf = print(rows, { part: 2, before: 2000 });
  const said = wordsOf(pdf);
  expect(Buffer.from(pdf).toString('latin1')).toContain('/MediaBox [0 0 842 595]');
  for (const { number } of rows) expect(said.filter((word) => word === number)).toHaveLength(1);
  const pages = said.filter((word) => word === 'Nomor').length;
  expect(pages).toBeGreaterThan(1);
  expect(said).toContain(`Bagian 2 · Halaman ${pages}/${pages}`);
  expect(said).toEqual(
    expect.arrayContaining(['2001', '2090', 'Kota Uji', 'Periode 2026-11-01 – 2026-11-30']),
  );
});

test('an empty register says so', () => {
  expect(wordsOf(print([]))).toContain('Tidak ada catatan.');
});

test('two thousand rows are printed in bearable time', () => {
  const long =
    'Salinan dokumen pelaksanaan anggaran dinas pekerjaan umum tahun berjalan beserta perubahannya';
  const rows = Array.from({ length: 2000 }, (_, i) => ({ number: `PPID-${i}`, information: long }));
  const from = performance.now();
  print(rows);
  expect(performance.now() - from).toBeLessThan(4000);
});
