import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPersonal, maskPersonal } from './personal.ts';
import type { PersonalKind } from './personal-patterns.ts';

/** One thing each, written so that a machine shall not read it. */
const disguised: readonly (readonly [PersonalKind, string])[] = [
  ...[
    '0812_3456_7890',
    '0812/3456/7890',
    '0812*3456*7890',
    '0812,3456,7890',
    '0812|3456|7890',
    '0812:3456:7890',
    '0812·3456·7890',
    '0812•3456•7890',
    '0812 - - - 3456 7890',
    '0812\n\n\n\n34567890',
    '0812–3456−7890',
    '0812ー3456ー7890',
    '0812→3456→7890',
    '0812 👉 3456 👉 7890',
    '08 12 34 56 78 90',
    '08-12-34-56-78-9',
    '0062812345678',
    '０８１２３４５６７８９０',
    '٠٨١٢٣٤٥٦٧٨٩٠',
    '०८१२३४५६७८९०',
    '𝟎𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎',
    '0️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣0️⃣',
    '⓪⑧①②③④⑤⑥⑦⑧⑨⓪',
    '⓿❽❶❷❸❹❺❻❼❽❾⓿',
    '⁰⁸¹²³⁴⁵⁶⁷⁸⁹⁰',
    '0812\u00ad3456\u00ad7890',
    '0812\u034f3456\u034f7890',
    '0812\ufeff34567890',
    `0812${'\u200b'.repeat(40)}34567890`,
    '0812\u280034567890',
    '08l2 3456 789o',
    'O8I234567890',
    '0_8_1_2_3_4_5_6_7_8_9_0',
    'nol delapan satu dua tiga empat lima enam tujuh delapan',
    'kosong delapan, satu dua, tujuh enam, lima lima',
    'nol salapan duo tigo ampek limo anam tujuah',
    'delapan satu dua 34567890',
    '0752_82123',
  ].map((text) => ['phone', text] as const),
  ...[
    '1374_0201_0190_0001',
    '1374/020101/900001',
    '1374  0201  0190  0001',
    '1374,0201,0190,0001',
    '１３７４０２０１０１９００００１',
  ].map((text) => ['identityNumber', text] as const),
  ...[
    'budi @ gmail.com',
    'budi@gmail .com',
    'budi@ gmail . co . id',
    'budi＠gmail.com',
    'budi@gmail。com',
    'budi at gmail dot com',
    'budi et gmail titik com',
    'budi at gmail.com',
    'bu\u00addi@gmаil.com',
  ].map((text) => ['email', text] as const),
  ...[
    'BA 1234',
    'ba 1234',
    'BA1234',
    'BA 12 XY',
    'b 1234 abc',
    'BA  1234  XY',
    'ВА 1234 ХУ',
    'BA １２３４ XY',
    'ΒΑ 1234 ΧΥ',
  ].map((text) => ['plate', text] as const),
];

/** A word that stays, right before what is found. */
const behind: readonly (readonly [before: string, PersonalKind, string])[] = [
  ['wa', 'phone', '081234567890'],
  ['hp', 'phone', '0812-3456-7890'],
  ['x', 'phone', '081234567890'],
  ['telp', 'phone', '+62 812 3456 7890'],
  ['NIK', 'identityNumber', '1374020101900001'],
  ['antrean 12 13 ', 'identityNumber', '1374 0201 0190 0001'],
  ['ig ', 'handle', 'budi'],
  ['akun IG si ', 'handle', 'budi'],
];

describe('what leads to a person, disguised', () => {
  test.each(disguised)('%s is seen in %s', (kind, text) => {
    const sentence = `Warga melapor ${text} mohon dibantu`;
    expect(findPersonal(sentence).map((f) => [f.kind, f.text])).toEqual([[kind, text]]);
    expect(maskPersonal(sentence)).toMatch(/^Warga melapor \[[a-z ]+\] mohon dibantu$/);
  });

  test.each(behind)('behind “%s” %s is seen: %s', (before, kind, text) => {
    expect(findPersonal(`Ini ${before}${text} ya`).map((f) => [f.kind, f.text])).toEqual([[kind, text]]);
  });

  test('leaves nothing that is found, and no half of a character', () => {
    const pieces = fc.oneof(
      fc.constantFrom(...disguised.map(([, text]) => text), ...behind.map((row) => row[0] + row[2])),
      fc
        .array(fc.constantFrom(...'089０８٠٩①⓪ОВАol_/,:|*· ', '\u200b', '\u00ad', '\u0301', '𝟎', '0️⃣'), {
          maxLength: 24,
        })
        .map((characters) => characters.join('')),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('nol ', 'satu', ' at ', ' dot ', '.com', 'ig ', 'BA ', '13', '\n'),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        for (const { from, to, text: part } of findPersonal(text)) expect(text.slice(from, to)).toBe(part);
        const masked = maskPersonal(text);
        expect(findPersonal(masked)).toEqual([]);
        expect(masked.isWellFormed()).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
