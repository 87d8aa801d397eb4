import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coarsePlace, withoutPersons } from './anonymous.ts';

describe('words for a group', () => {
  test.each([
    ['Pak Amir Hamzah buang sampah', 'Pak [nama] buang sampah'],
    ['rumah bu rina bocor', 'rumah bu [nama] bocor'],
    ['BAPAK AMIR di pasar', 'BAPAK [nama] di pasar'],
    ['lahan a.n. Rina Wati dipagar', 'lahan a.n. [nama] dipagar'],
    ['Sudah lapor Pak Lurah dan Bu RT', 'Sudah lapor Pak Lurah dan Bu RT'],
    ['ibu hamil jatuh, Bapak dan Ibu petugas', 'ibu hamil jatuh, Bapak dan Ibu petugas'],
    ['di rumah No. 12A, RT 002/RW 01', 'di [nomor rumah], [nomor rumah]'],
    ['Blok C 4 gelap', '[nomor rumah] gelap'],
    ['Hubungi 081234567890', 'Hubungi [nomor telepon]'],
    ['Tiga lubang, 20 meter dari pasar', 'Tiga lubang, 20 meter dari pasar'],
    ['Nota 12 lembar, norma 3', 'Nota 12 lembar, norma 3'],
  ])('%s', (text, expected) => {
    expect(withoutPersons(text)).toBe(expected);
  });

  test('are the same when they are masked again', () => {
    const parts = fc.constantFrom('Pak', 'Bu', 'Amir', 'rina', 'No.', '12', 'RT', '003', 'a.n.', 'dan', ',');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (words) => {
        const once = withoutPersons(words.join(' '));
        expect(withoutPersons(once)).toBe(once);
      }),
    );
  });
});

test.each([
  ['Jl. Sutan Syahrir 12', 'Jl. Sutan Syahrir'],
  ['Jl. Sutan Syahrir No. 12, RT 2', 'Jl. Sutan Syahrir'],
  ['Jl. 17 Agustus 5', 'Jl. 17 Agustus'],
  ['depan rumah Pak Amir', 'depan rumah Pak [nama]'],
  ['Gg. Mawar', 'Gg. Mawar'],
  ['simpang SMP 3', 'simpang SMP 3'],
  ['Jalan Soekarno 7B, dekat SMP 3', 'Jalan Soekarno, dekat SMP 3'],
])('of the place %s the group reads %s', (place, expected) => {
  expect(coarsePlace(place)).toBe(expected);
});
