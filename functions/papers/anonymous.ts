import { maskPersonal } from '../cases/personal.ts';

/** Words that people put before a name, as they write them: at the start of a sentence, within it, in capitals. */
const titles =
  'bapak bpk pak ibu bu sdr sdri saudara saudari mas mbak bang abang kakak uda uni mak om tante pakde bude haji hj ustadz ustad buya'
    .split(' ')
    .flatMap((word) => [word, `${word.charAt(0).toUpperCase()}${word.slice(1)}`, word.toUpperCase()])
    .join('|');
/** What follows such a word and names nobody: an office, or the sentence goes on. */
const nobody =
  'lurah camat rt rw kepala kadis wali walikota bupati guru dokter polisi petugas satpam hamil tua muda rumah kantin kos ' +
  'bapak ibu dan di ke yang itu ini saya kami kita saja juga sudah ada tidak agar mohon tolong punya';
const isNobody = new Set(nobody.split(' '));

/** A title with the word after it, and up to two more that are written with a capital. */
const named = new RegExp(
  `(?<![\\p{L}\\d])(?<title>(?:${titles})\\.?)\\s+(?<name>\\p{L}[\\p{L}'’]*)(?:\\s+\\p{Lu}[\\p{L}'’]*){0,2}`,
  'gu',
);
/** A name in capitals behind "a.n." or "atas nama". */
const onBehalf = /(?<![\p{L}\d])(a\.?\s?n\.?|atas nama)\s+\p{Lu}[\p{L}'’]*(?:\s+\p{Lu}[\p{L}'’]*){0,2}/gu;

/** `No. 12`, `nomor 3B`, `Blok C 4`, `RT 002/RW 01`: the door, and the few houses around it. */
const door =
  /(?<![\p{L}\d])(?:rumah\s+)?(?:no(?:mor|\.)?|blok|kav(?:\.|l?ing)?|r\.?[tw]\.?)(?!\p{L})\s*[.:]?\s*(?:[a-z]{1,2}\s?[-/.]?\s?)?\d{1,4}[a-z]?(?:\s*[/-]\s*(?:r\.?w\.?\s*)?\d{1,4})?(?![\p{L}\d])/giu;
/** A number behind the name of a street; not one that is a part of it (`Jl. 17 Agustus`). */
const bare =
  /(?<=(?<!\p{L})(?:jl|jln|jalan|gg|gang)(?!\p{L})[^,;\n]*\p{L}{3,}\s+)\d{1,3}\s?[a-z]?(?![\p{L}\d])/giu;

/**
 * Words of a report for a place where many read: without numbers that lead to a person, doors, and names behind a title.
 * A name that nothing announces stays: a human has to look at it.
 */
export const withoutPersons = (text: string): string =>
  maskPersonal(text)
    .replace(door, '[nomor rumah]')
    .replace(onBehalf, '$1 [nama]')
    .replace(named, (all, title: string, name: string) =>
      isNobody.has(name.toLowerCase()) ? all : `${title} [nama]`,
    );

/** An address or a landmark without the door. */
export const coarsePlace = (place: string): string =>
  withoutPersons(place)
    .replace(bare, '')
    .replaceAll('[nomor rumah]', '')
    .replace(/[\s,]+(?=,|$)/g, '')
    .trim();
