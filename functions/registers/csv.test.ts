import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvOf } from './csv.ts';
import type { Cell } from './model.ts';

const columns = [
  { id: 'a', names: { id: 'Nomor', en: 'Number' } },
  { id: 'b', names: { id: 'Nama, lengkap', en: 'Full name' } },
];
const written = (rows: readonly Readonly<Record<string, Cell>>[], mark = false): string =>
  Buffer.from(csvOf(columns, rows, { language: 'id', mark })).toString('utf8');

/** A reader of RFC 4180 of its own, letter by letter, so that the writer is not compared with itself. */
const read = (text: string): readonly (readonly string[])[] => {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const letter = text.charAt(i);
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text.charAt(i + 1) === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ',') {
      record.push(cell);
      cell = '';
    } else if (letter === '\r' && text.charAt(i + 1) === '\n') {
      records.push([...record, cell]);
      record = [];
      cell = '';
      i += 1;
    } else cell += letter;
  }
  return records;
};

describe('a comma-separated file', () => {
  test('has titles in the language asked for, a record a row, CR LF after each', () => {
    expect(written([{ a: 1, b: 'Siti' }])).toBe('Nomor,"Nama, lengkap"\r\n1,Siti\r\n');
    expect(written([])).toBe('Nomor,"Nama, lengkap"\r\n');
  });

  test('begins with a byte order mark when asked', () => {
    expect([...csvOf(columns, [], { language: 'en', mark: true }).subarray(0, 3)]).toEqual([
      0xef, 0xbb, 0xbf,
    ]);
  });

  test('gives back whatever words were put in, but for the guard in front of formulas', () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\ufffd'));
    fc.assert(
      fc.property(fc.array(fc.tuple(words, words), { maxLength: 8 }), (rows) => {
        const [, ...back] = read(written(rows.map(([a, b]) => ({ a, b }))));
        const unguarded = (cell: string): string => cell.replaceAll("'", '');
        expect(back.map((record) => record.map(unguarded))).toEqual(rows.map((row) => row.map(unguarded)));
      }),
    );
  });

  test.each([
    '=1+2',
    '=HYPERLINK("http://x","y")',
    '+62 812 3456 7890',
    '-1',
    '@SUM(A1)',
    '  =1',
    '＝1',
  ])('shows %j as text and computes nothing', (text) => {
    expect(read(written([{ a: text, b: null }]))[1]).toEqual([`'${text}`, '']);
  });

  test.each([
    ['Jalan A;=1+2', "Jalan A;'=1+2"],
    ['a; -2', "a;' -2"],
    ['a\n=1+1', "a\n'=1+1"],
    ['a\t@SUM(A1)', "a\t'@SUM(A1)"],
    ['a\n\n  =1', "a\n\n'  =1"],
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['a;"=1"', 'a;\'"=1"'],
    ['buka 08:00-15:00; Sabtu tutup', 'buka 08:00-15:00; Sabtu tutup'],
  ])('guards %j against spreadsheets that part cells at semicolons', (text, shown) => {
    expect(read(written([{ a: text, b: null }]))[1]).toEqual([shown, '']);
  });

  test('leaves our own numbers alone', () => {
    expect(written([{ a: -5, b: 0 }])).toContain('\r\n-5,0\r\n');
  });
});
