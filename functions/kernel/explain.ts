import type * as z from 'zod/mini';
import type { Language } from './errors.ts';

type Words = readonly [id: string, en: string];

/** What a schema's own message stands for: written as a key in the schema, said in both languages here. */
const said: Readonly<Record<string, Words>> = {
  controlCharacter: [
    'Ada karakter yang tidak dapat dibaca; ketik ulang bagian itu.',
    'There is an unreadable character; type that part again.',
  ],
  oneLine: ['Tulis dalam satu baris.', 'Write it in one line.'],
  phone: [
    'Tulis nomor HP seperti 0812xxxxxxxx atau +62812xxxxxxxx.',
    'Write a mobile number such as 0812xxxxxxxx or +62812xxxxxxxx.',
  ],
  email: [
    'Alamat email belum benar, misalnya nama@contoh.id.',
    'The email address is not right, such as name@example.id.',
  ],
  nik: ['NIK terdiri dari 16 angka.', 'A NIK has 16 digits.'],
  pointer: ['Sebut isian seperti /ibu/nik.', 'Name an answer such as /mother/nik.'],
  tooMany: ['Terlalu banyak sekaligus.', 'Too many at once.'],
  slug: [
    'Pakai huruf kecil, angka dan tanda hubung, misalnya dinas-pu.',
    'Use small letters, digits and hyphens, such as public-works.',
  ],
  areaCode: [
    'Tulis kode wilayah seperti 13.74.01 atau 13.74.01.1001.',
    'Write an area’s code such as 13.74.01 or 13.74.01.1001.',
  ],
  link: [
    'Tulis tautan https ke nama situs, tanpa port dan tanpa nama pengguna.',
    'Write an https link to the name of a site, without port or user.',
  ],
  number3: ['Tulis angka saja, paling banyak tiga.', 'Write digits only, three at most.'],
  pageSize: ['Isi dengan angka 1 sampai 100.', 'Give a number from 1 to 100.'],
  datetime: [
    'Tulis tanggal dan jam dengan zona, misalnya 2026-11-23T08:00:00+07:00.',
    'Write date and time with a zone, such as 2026-11-23T08:00:00+07:00.',
  ],
  date: ['Tulis tanggal seperti 2026-11-23.', 'Write a date such as 2026-11-23.'],
  localTime: [
    'Tulis tanggal dan jam setempat seperti 2026-11-23T08:00.',
    'Write local date and time such as 2026-11-23T08:00.',
  ],
};

const kinds: Readonly<Record<string, Words>> = {
  string: ['teks', 'text'],
  number: ['angka', 'a number'],
  int: ['angka bulat', 'a whole number'],
  boolean: ['ya atau tidak (true, false)', 'true or false'],
  object: ['kelompok isian', 'a group of fields'],
  array: ['daftar', 'a list'],
};

const choose = ([id, en]: Words, language: Language): string => (language === 'id' ? id : en);

const general: Words = ['Isian ini belum benar.', 'This field is not right.'];

const sized = (issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): Words => {
  if (issue.code === 'too_small') {
    const n = String(issue.minimum);
    if (issue.origin === 'string') return [`Tulis sedikitnya ${n} huruf.`, `Write at least ${n} characters.`];
    if (issue.origin === 'array') return [`Isi sedikitnya ${n}.`, `Give at least ${n}.`];
    return [`Paling kecil ${n}.`, `At least ${n}.`];
  }
  const n = String(issue.maximum);
  if (issue.origin === 'string') return [`Paling panjang ${n} huruf.`, `At most ${n} characters.`];
  if (issue.origin === 'array') return [`Paling banyak ${n}.`, `At most ${n}.`];
  return [`Paling besar ${n}.`, `At most ${n}.`];
};

/**
 * One wrong field in words for whoever filled it in: what to write, never what the machine expected.
 * @param issue as zod reports it; its own message is used only when it is a key of `said`
 */
export const explain = (issue: z.core.$ZodIssue, language: Language): string => {
  const known = said[issue.message];
  if (known !== undefined) return choose(known, language);
  switch (issue.code) {
    case 'too_small':
    case 'too_big':
      return choose(sized(issue), language);
    case 'invalid_type': {
      if (issue.input === undefined) return choose(['Wajib diisi.', 'Required.'], language);
      const kind = kinds[issue.expected] ?? general;
      return kind === general
        ? choose(general, language)
        : choose([`Isi dengan ${kind[0]}.`, `Give ${kind[1]}.`], language);
    }
    case 'invalid_value': {
      const values = issue.values.slice(0, 20).map(String).join(', ');
      return choose([`Pilih salah satu: ${values}.`, `Choose one of: ${values}.`], language);
    }
    case 'unrecognized_keys':
      return choose(['Isian ini tidak dikenal.', 'This field is not known.'], language);
    case 'invalid_format':
      return choose(said[issue.format] ?? general, language);
    default:
      return choose(general, language);
  }
};
