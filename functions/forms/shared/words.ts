import type { AnswerProblem, AnswerProblemCode } from './answer-problems.ts';

type Words = readonly [id: string, en: string];

/** `#` stands for the limit. */
const said: Readonly<Record<AnswerProblemCode, Words>> = {
  unknown: ['Isian ini tidak ada di formulir.', 'The form has no such field.'],
  notAsked: [
    'Isian ini tidak diminta untuk jawaban lain yang diberikan; kosongkan.',
    'This is not asked for with the other answers given; leave it empty.',
  ],
  required: ['Wajib diisi.', 'Required.'],
  type: ['Isian ini belum benar bentuknya.', 'This is not the right sort of answer.'],
  tooShort: ['Tulis sedikitnya # huruf.', 'Write at least # characters.'],
  tooLong: ['Paling panjang # huruf.', 'At most # characters.'],
  pattern: ['Tulisannya belum sesuai petunjuk isian ini.', 'It is not written as this field asks.'],
  controlCharacter: [
    'Ada baris baru atau karakter yang tidak dapat dibaca; ketik ulang.',
    'There is a line break or an unreadable character; type it again.',
  ],
  nik: [
    'NIK terdiri dari 16 angka; periksa lagi pada KTP.',
    'A NIK has 16 digits; look at the identity card again.',
  ],
  kk: ['Nomor KK terdiri dari 16 angka.', 'The number of a family card has 16 digits.'],
  phone: [
    'Tulis nomor telepon seperti 0812xxxxxxxx atau +62812xxxxxxxx.',
    'Write a phone number such as 0812xxxxxxxx or +62812xxxxxxxx.',
  ],
  email: [
    'Alamat email belum benar, misalnya nama@contoh.id.',
    'The email address is not right, such as name@example.id.',
  ],
  area: ['Pilih wilayah di kota ini.', 'Choose an area of this city.'],
  day: [
    'Tulis tanggal yang ada di kalender, seperti 2026-11-23.',
    'Write a date of the calendar, such as 2026-11-23.',
  ],
  tooEarly: ['Tanggal paling awal #.', 'The earliest date is #.'],
  tooLate: ['Tanggal paling akhir #.', 'The latest date is #.'],
  tooSmall: ['Paling kecil #.', 'At least #.'],
  tooLarge: ['Paling besar #.', 'At most #.'],
  tooFew: ['Isi sedikitnya #.', 'Give at least #.'],
  tooMany: ['Paling banyak #.', 'At most #.'],
  twice: ['Ada pilihan yang sama dua kali.', 'A choice is made twice.'],
  notAChoice: ['Pilih salah satu dari daftar.', 'Choose from the list.'],
  notAccepted: ['Pernyataan ini harus disetujui.', 'This statement has to be accepted.'],
  unknownFile: ['Berkas ini tidak ditemukan; unggah lagi.', 'This file is not found; upload it again.'],
  wrongFile: ['Jenis berkas ini tidak diterima di sini.', 'This sort of file is not taken here.'],
  tooMuch: ['Semua jawaban bersama terlalu panjang.', 'All answers together are too long.'],
};

/** What is wrong with an answer, for whoever gave it. */
export const sayAnswerProblem = (
  { problem, limit }: Pick<AnswerProblem, 'problem' | 'limit'>,
  language: 'id' | 'en',
): string => {
  const [id, en] = said[problem];
  return (language === 'id' ? id : en).replace('#', String(limit ?? ''));
};
