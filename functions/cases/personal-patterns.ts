/** How what leads to a person is written in Indonesia, read on the text as `plainOf` gives it. */
export const personalKinds = ['phone', 'identityNumber', 'email', 'plate', 'account', 'handle'] as const;
export type PersonalKind = (typeof personalKinds)[number];

export interface Detector {
  readonly kind: PersonalKind;
  /** With a group named `it` where only a part of the match is meant. */
  readonly pattern: RegExp;
  readonly accept?: (found: string, before: string) => boolean;
}

/** What people put between the digits of a phone number: any sign or blank but the brackets of a mask. */
const between = '[^\\p{L}\\p{N}[\\]]';
const gap = `${between}{0,8}`;
/** Behind the country's code; a comma there makes a list. */
const near62 = '[\\s.()\\-_/\u00b7]{0,4}';
/** Between those of a NIK: no brackets, and not so many. */
const narrow = '[\\s.,_/:|*\\-\u00b7]{0,3}';
/** Not within a longer number, a decimal or a word. */
const start = '(?<![\\p{L}\\d])(?<!\\d[.,])';
/** The same, but right behind a word too: `wa0812…`, `NIK1374…`. */
const glued = '(?<!\\d)(?<!\\d[.,])';
const end = '(?![\\p{L}\\d])';

export const digitsOf = (text: string): string => text.replace(/\D/g, '');

const isDay = (two: number): boolean => (two >= 1 && two <= 31) || (two >= 41 && two <= 71);
const isMonth = (two: number): boolean => two >= 1 && two <= 12;
/** First two digits of a NIK: the provinces as Kemendagri counts them. */
const province = /^(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])/;
/** A date with an hour or another date beside it; two coordinates. */
const hasDate =
  /(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])\D{1,3}(?:0?[1-9]|1[0-2])\D{1,3}(?:19|20)\d\d|(?:19|20)\d\d\D(?:0?[1-9]|1[0-2])\D[0-3]?\d)(?!\d)/;
const isPlace = /^\d{1,3}[.,]\d{3,}[\s,:;/|]+\d{1,3}[.,]\d{3,}/;

const partOf = (digits: string, from: number, to: number): number => Number(digits.slice(from, to));

/** NIK and KK: PPKKCC DDMMYY SSSS, a woman's day + 40, no check digit (`domain` §6). */
const isIdentityNumber = (text: string): boolean => {
  const digits = digitsOf(text);
  const fits = province.test(digits) && isDay(partOf(digits, 6, 8)) && isMonth(partOf(digits, 8, 10));
  return fits && !hasDate.test(text) && !isPlace.test(text);
};

/** NIP of a civil servant: born YYYYMMDD, in service since YYYYMM, sex, number. */
const isServiceNumber = (text: string): boolean => {
  const digits = digitsOf(text);
  const since = partOf(digits, 8, 12);
  return since > 1900 && since < 2100 && isMonth(partOf(digits, 4, 6)) && isMonth(partOf(digits, 12, 14));
};

/** Letters of registration, one or two, as the police give them by region. */
const regions = 'A[ABDEG]|B[ABDEGHKLMNP]|D[ABCDEGHKLMNPRSTW]|E[ABD]|K[BHTU]|P[ABGSTY]|[ABDEFGHKLMNPRSTWZ]';
/** Those of Sumatra, which nobody takes for a word. */
const near = 'B[ABDEGHKLMNP]';
/** A house, a stall, a class: `Blok B 123 A` is an address. */
const building =
  /(?:blok|block|gang|gg|lantai|kelas|kamar|ruang|los|kios|petak|jalur|tipe|type|pipa)\.?\s*$/iu;
/** Words and measures that follow a number more often than they end a plate. */
const notLetters =
  /(?:^|[^a-z])(?:di|ke|yg|rp|an|km|kg|jt|rb|lt|tw|rt|rw|cm|mm|gb|mb|am|pm|va|uu|dan|ada|per|ton|itu|ini|dua|jam|wib|kwh|org|aja|air|bus|pun|kan|dgn|utk|sdh|blm|tdk)$/i;
const endsInWord = (found: string): boolean => notLetters.test(found.replace(/(?<=\d)(?=\p{L})/u, ' '));
const isYear = /(?<!\d)(?:19|20)\d\d$/;

const years = /^(?:19|20)\d\d(?:\D+(?:19|20)\d\d)+$/;
const dated = /^(?:\d{1,2}\D\d{1,2}\D\d{4}|\d{4}\D\d{1,2}\D\d{1,2})(?!\d)/;
const money = /(?:rp|idr|rupiah|usd)\.?\s*$/iu;
const isAccount = (found: string, before: string): boolean =>
  !years.test(found) && !dated.test(found) && !money.test(before);

const digitWord =
  'nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|ciek|duo|tigo|ampek|limo|anam|tujuah|salapan|sambilan';
/** Three words at least, and no counting from one to ten. */
const isSpoken = (found: string): boolean => {
  const words = found.match(new RegExp(digitWord, 'giu')) ?? [];
  return words.length >= 3 && !/^satu[\s,.-]+dua[\s,.-]+tiga[\s,.-]+empat/iu.test(found);
};

const topLevels = 'com|net|org|id|co|info|biz|me|io|my|web|desa';
const providers = 'g\\s?mail|yahoo|ymail|rocketmail|hotmail|outlook|icloud|live|proton(?:mail)?';

/** After `ig` something else is said than a name. */
const notNames =
  'dan|atau|juga|yang|yg|di|ke|dari|pada|untuk|utk|ini|itu|saya|kami|mereka|resmi|pemkot|pemko|pemda|pemprov|dinas|kota|kominfo|kelurahan|kecamatan|walikota|wali|live|story|reels|tidak|tdk|belum|sudah|ada|akun|fb|facebook|tiktok|instagram|jarang|lambat|dibalas|diblokir|harus|bisa|tapi|saja|aja|banyak|dengan|dgn|oleh|adalah|palsu|hoaks|bodong|warga|sekolah|kantor|puskesmas|si|nya';

/** In order: what an earlier one took is not looked at again. */
export const detectors: readonly Detector[] = [
  {
    kind: 'email',
    pattern:
      /(?<![\p{L}\d._%+-])[\p{L}\d][\p{L}\d._%+-]{0,63}(?:@|\s?[([]\s?at\s?[)\]]\s?)[\p{L}\d-]{1,63}(?:(?:\.|\s?[([]\s?(?:dot|titik)\s?[)\]]\s?)[\p{L}\d-]{2,63}){1,4}/giu,
  },
  // With blanks or words around the sign and the dots: only where it ends as addresses do.
  {
    kind: 'email',
    pattern: new RegExp(
      `(?<![\\p{L}\\d._%+-])[\\p{L}\\d][\\p{L}\\d._%+-]{0,63}(?:\\s{0,3}[([]?@[)\\]]?\\s{0,3}|\\s{1,3}(?:at|et)\\s{1,3}(?=[\\p{L}\\d-]{1,63}\\s{1,3}(?:dot|titik)\\s|(?:${providers})\\b))[\\p{L}\\d-]{1,63}(?:(?:\\s{0,2}\\.\\s{0,2}|\\s{1,3}(?:dot|titik)\\s{1,3})[\\p{L}\\d-]{2,63}){0,3}(?:\\s{0,2}\\.\\s{0,2}|\\s{1,3}(?:dot|titik)\\s{1,3})(?:${topLevels})${end}`,
      'giu',
    ),
  },
  {
    kind: 'handle',
    pattern:
      /(?:https?:\/\/)?(?:www\.|m\.)?(?:instagram|facebook|fb|tiktok|twitter|x|threads|t|wa|youtube|linkedin)\.(?:com|me|net)\/[^\s)\]]+/giu,
  },
  { kind: 'handle', pattern: /(?<![\p{L}\d@])@[\p{L}_][\p{L}\d_.]{1,29}[\p{L}\d_]/gu },
  {
    kind: 'handle',
    pattern:
      /(?<![\p{L}\d])(?:ig|instagram|tiktok|twitter|telegram|tele|line|fb|facebook)(?:\s?[:=]\s?|\s+(?:nya\s+)?(?=[\p{L}\d]*[\d_.][\p{L}\d_]))(?<it>[\p{L}\d_][\p{L}\d_.]{2,29})/giu,
    accept: (found) => !/^\d+$/.test(found),
  },
  {
    kind: 'handle',
    pattern: new RegExp(
      `(?<![\\p{L}\\d])ig\\s{1,3}(?:(?:nya|si)\\s{1,3})?(?<it>(?!(?:${notNames})(?![\\p{L}\\d_]))[\\p{L}_][\\p{L}\\d_.]{2,29})`,
      'giu',
    ),
  },
  {
    kind: 'identityNumber',
    pattern: new RegExp(`(?<!\\d[/:-])${glued}\\d(?:${narrow}\\d){15}(?!\\d)`, 'gu'),
    accept: isIdentityNumber,
  },
  {
    kind: 'identityNumber',
    pattern: new RegExp(`${glued}(?:19|20)\\d{2}(?:[ .\\-_/]{0,2}\\d){14}(?!\\d)`, 'gu'),
    accept: isServiceNumber,
  },
  // NPWP: 99.999.999.9-999.999.
  {
    kind: 'identityNumber',
    pattern: new RegExp(`${glued}\\d{2}\\.\\d{3}\\.\\d{3}\\.\\d[.\\-]\\d{3}\\.\\d{3}${end}`, 'gu'),
  },
  // Mobile: 08…, 62 8…, with the letter O for the zero; ten to thirteen digits by the national form.
  {
    kind: 'phone',
    pattern: new RegExp(
      `${glued}(?:\\(?(?:\\+|00)?\\(?62\\)?${near62}(?:\\(?0\\)?${near62})?|0[\\s-]?|(?<!\\p{L})[oO]\\s?)8[1-35-9]${gap}\\d(?:${gap}\\d){6,9}(?!\\d)`,
      'gu',
    ),
    accept: (_, before) => !money.test(before),
  },
  // Digit by digit.
  {
    kind: 'phone',
    pattern: new RegExp(
      `(?<!\\d[ .-])(?<![\\p{L}\\d])0${between}{1,3}8(?:${between}{1,3}\\d){8,11}(?!${between}?\\d)`,
      'gu',
    ),
  },
  // Two by two, always with the same sign.
  {
    kind: 'phone',
    pattern:
      /(?<!\d[ .\-_/]?)(?<!\p{L})08(?<sign>[ .\-_/])[1-35-9]\d(?:\k<sign>\d\d){3,5}(?:\k<sign>\d{1,3})?(?!\k<sign>?\d)/gu,
    accept: (found) => digitsOf(found).length >= 11,
  },
  // Word by word.
  {
    kind: 'phone',
    pattern: new RegExp(
      `(?<![\\p{L}\\d])(?:${digitWord}|\\d)(?:[\\s,.\\-]{0,4}(?:${digitWord}|\\d)){7,19}${end}`,
      'giu',
    ),
    accept: isSpoken,
  },
  // Fixed lines, with their area code.
  {
    kind: 'phone',
    pattern: new RegExp(
      `${start}(?:\\(?\\+?62[ \\-]?\\(?[2-79]\\d{1,2}|\\(?0(?:21|22|24|31|61|[2-79]\\d\\d))\\)?[ .\\-_|*\u00b7]{0,3}\\d(?:[ \\-_|*\u00b7]?\\d){4,7}(?!\\d)`,
      'gu',
    ),
    accept: (found) => !dated.test(found),
  },
  // A number that is said to be one, its first zero left out.
  {
    kind: 'phone',
    pattern: new RegExp(
      `(?<![\\p{L}])(?:hp|wa|whatsapp|telp?|tlp|telepon|hubungi|kontak|sms)[^\\d\\n]{0,12}(?<it>8[1-35-9]\\d(?:${gap}\\d){6,9})(?!\\d)`,
      'giu',
    ),
  },
  {
    kind: 'plate',
    pattern: new RegExp(
      `(?<![\\p{L}\\d])(?:${regions})[\\s.\\-]{0,3}\\d{3,4}[\\s.\\-]{0,3}[A-Z]{1,3}${end}`,
      'gu',
    ),
    accept: (_, before) => !building.test(before),
  },
  // Short ones: both groups of letters have to be full.
  {
    kind: 'plate',
    pattern: new RegExp(`(?<![\\p{L}\\d])${near}[\\s.\\-]{0,3}\\d{1,2}[\\s.\\-]{0,3}[A-Z]{2}${end}`, 'gu'),
    accept: (found, before) => !building.test(before) && !endsInWord(found),
  },
  // In small letters: only where two letters name the region, or Jakarta's one has three behind it.
  {
    kind: 'plate',
    pattern:
      /(?<![\p{L}\d])(?:(?:b[abdeghklmnp]|a[abdeg])[\s.-]{0,3}\d{3,4}[\s.-]{0,3}[a-z]{2}|b[\s.-]{0,3}\d{4}[\s.-]{0,3}[a-z]{3})(?![\p{L}\d])/giu,
    accept: (found, before) => !endsInWord(found) && !building.test(before),
  },
  // Without letters behind: no year, and no number of a letter.
  {
    kind: 'plate',
    pattern: new RegExp(`(?<![\\p{L}\\d])${near}[\\s.\\-]{0,3}\\d{4}(?![\\p{L}\\d/]|[.,]\\d|\\s?gr)`, 'giu'),
    accept: (found, before) => !isYear.test(found) && !building.test(before),
  },
  {
    kind: 'plate',
    pattern: new RegExp(
      `(?:plat|pelat|nopol|no\\.? ?pol|bernomor)(?:\\s(?:polisi|nomor|no\\.?|kendaraan|mobil|motor))*[\\s:.]{1,3}(?<it>(?:${regions})[ .\\-]{0,2}\\d{1,4}(?:[ .\\-]{0,2}[A-Z]{1,3}(?![\\p{L}]))?)(?!\\d)`,
      'giu',
    ),
  },
  {
    kind: 'account',
    pattern:
      /(?<![\p{L}])(?:no(?:mor)?\.?\s?)?(?:rek(?:ening)?|norek|atm|bca|bri|bni|bsi|btn|mandiri|nagari|dana|ovo|gopay|shopeepay|virtual account|va|id\s?pel(?:anggan)?|meter(?:an)?|pelanggan)(?![\p{L}])[^\d\n]{0,20}(?<it>\d(?:[ -]?\d){7,19})(?![.,]?\d)/giu,
    accept: isAccount,
  },
  // Without a word before it: a long run, or three and more groups; prices have dots, dates and years are let go.
  { kind: 'account', pattern: new RegExp(`${start}\\d{10,24}${end}(?![.,]\\d)`, 'gu'), accept: isAccount },
  {
    kind: 'account',
    pattern: new RegExp(`${start}\\d{3,6}(?:[ \\-]\\d{1,8}){2,5}${end}(?![.,/]\\d)`, 'gu'),
    accept: (found, before) => digitsOf(found).length >= 10 && isAccount(found, before),
  },
];
