/** What leads to a person in a text, and what stands in its place. Names are for a human to see. */
export const personalKinds = ['phone', 'identityNumber', 'email', 'plate', 'account', 'handle'] as const;
export type PersonalKind = (typeof personalKinds)[number];

const masks: Readonly<Record<PersonalKind, string>> = {
  phone: '[nomor telepon]',
  identityNumber: '[nomor identitas]',
  email: '[alamat email]',
  plate: '[pelat nomor]',
  account: '[nomor rekening atau pelanggan]',
  handle: '[akun media sosial]',
};

/** A place in a text, in UTF-16 units: `text.slice(from, to)`. */
export interface Finding {
  readonly kind: PersonalKind;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

interface Detector {
  readonly kind: PersonalKind;
  /** With a group named `it` where only a part of the match is meant. */
  readonly pattern: RegExp;
  readonly accept?: (found: string, before: string) => boolean;
}

/** What people put between digits: blanks, dots, dashes, brackets, characters without width. */
const gap = '[\\s.()\\-\\u2010-\\u2015\\u200b-\\u200d\\u2060]{0,3}';
/** Not within a longer number, a decimal or a word. */
const start = '(?<![\\p{L}\\d])(?<!\\d[.,])';
const end = '(?![\\p{L}\\d])';

const digitsOf = (text: string): string => text.replace(/\D/g, '');

const isDay = (two: number): boolean => (two >= 1 && two <= 31) || (two >= 41 && two <= 71);
const isMonth = (two: number): boolean => two >= 1 && two <= 12;

/** NIK and KK: PPKKCC DDMMYY SSSS, a woman's day + 40, no check digit (`domain` §6). */
const isIdentityNumber = (text: string): boolean => {
  const digits = digitsOf(text);
  const part = (from: number, to: number): number => Number(digits.slice(from, to));
  if (digits.length === 16)
    return part(0, 2) >= 11 && part(0, 2) <= 97 && isDay(part(6, 8)) && isMonth(part(8, 10));
  // NIP of a civil servant: born YYYYMMDD, in service since YYYYMM, sex, number.
  const [born, since] = [part(0, 4), part(8, 12)];
  return (
    digits.length === 18 && born > 1900 && born < 2100 && since > 1900 && since < 2100 && isMonth(part(4, 6))
  );
};

/** Letters of registration, one or two, as the police give them by region. */
const regions = 'A[ABDEG]|B[ABDEGHKLMNP]|D[ABCDEGHKLMNPRSTW]|E[ABD]|K[BHTU]|P[ABGSTY]|[ABDEFGHKLMNPRSTWZ]';
/** A house, a stall, a class: `Blok B 123 A` is an address. */
const building =
  /(?:blok|block|gang|gg|lantai|kelas|kamar|ruang|los|kios|petak|jalur|tipe|type|pipa)\.?\s*$/iu;

const years = /^(?:19|20)\d\d(?:\D+(?:19|20)\d\d)+$/;
const dated = /^(?:\d{1,2}\D\d{1,2}\D\d{4}|\d{4}\D\d{1,2}\D\d{1,2})(?!\d)/;
const money = /(?:rp|idr|rupiah|usd)\.?\s*$/iu;
const isAccount = (found: string, before: string): boolean =>
  !years.test(found) && !dated.test(found) && !money.test(before);

/** In order: what an earlier one took is not looked at again. */
const detectors: readonly Detector[] = [
  {
    kind: 'email',
    pattern:
      /(?<![\p{L}\d._%+-])[\p{L}\d][\p{L}\d._%+-]{0,63}(?:@|\s?[([]\s?at\s?[)\]]\s?)[\p{L}\d-]{1,63}(?:(?:\.|\s?[([]\s?(?:dot|titik)\s?[)\]]\s?)[\p{L}\d-]{2,63}){1,4}/giu,
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
    kind: 'identityNumber',
    pattern: new RegExp(`${start}\\d(?:[ .\\-]?\\d){15}(?:(?:[ .\\-]?\\d){2})?${end}`, 'gu'),
    accept: isIdentityNumber,
  },
  // NPWP: 99.999.999.9-999.999.
  {
    kind: 'identityNumber',
    pattern: new RegExp(`${start}\\d{2}\\.\\d{3}\\.\\d{3}\\.\\d[.\\-]\\d{3}\\.\\d{3}${end}`, 'gu'),
  },
  // Mobile: 08…, 62 8…, with the letter O for the zero; ten to thirteen digits by the national form.
  {
    kind: 'phone',
    pattern: new RegExp(
      `(?<![\\p{L}\\d])(?<!\\d[.,])(?:\\(?\\+?\\(?62\\)?${gap}(?:\\(?0\\)?${gap})?|[0oO]\\s?)8[1-35-9]${gap}\\d(?:${gap}\\d){6,9}(?!\\d)`,
      'gu',
    ),
  },
  // Digit by digit.
  { kind: 'phone', pattern: /(?<!\d[ .-])(?<![\p{L}\d])0[ .-]8(?:[ .-]\d){8,11}(?![ .-]?\d)/gu },
  // Fixed lines, with their area code.
  {
    kind: 'phone',
    pattern: new RegExp(
      `${start}(?:\\(?\\+?62[ \\-]?\\(?[2-79]\\d{1,2}|\\(?0(?:21|22|24|31|61|[2-79]\\d\\d))\\)?[ .\\-]{0,3}\\d(?:[ \\-]?\\d){4,7}(?!\\d)`,
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
      `(?<![\\p{L}\\d])(?:${regions})[ .\\-]{0,2}\\d{3,4}[ .\\-]{0,2}[A-Z]{1,3}${end}`,
      'gu',
    ),
    accept: (_, before) => !building.test(before),
  },
  // In small letters, or short ones: only where two letters name the region.
  {
    kind: 'plate',
    pattern: /(?<![\p{L}\d])(?:b[abdeghklmnp]|a[abdeg])[ .-]?\d{3,4}[ .-]?[a-z]{2}(?![\p{L}\d])/gu,
    accept: (found) => !/(?:di|ke|yg|rp|an|km|kg|jt|rb|lt|tw)$/.test(found),
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

/** How much of the text before a find is looked at. */
const lookback = 16;

/**
 * Phone numbers, NIK, KK, NIP and NPWP, email addresses, vehicle plates, account and customer numbers and accounts of
 * social media as people write them in Indonesia; in the order of the text, never overlapping. Prices, dates, times,
 * RT/RW, coordinates, letter numbers and tracking codes are let go. Pure.
 */
export const findPersonal = (text: string): readonly Finding[] => {
  const findings: Finding[] = [];
  for (const { kind, pattern, accept } of detectors) {
    for (const match of text.matchAll(pattern)) {
      const it = match.groups?.['it'];
      const from = match.index + (it === undefined ? 0 : match[0].lastIndexOf(it));
      const found = (it ?? match[0]).replace(/[\s.(-]+$/u, '');
      const to = from + found.length;
      if (findings.some((other) => from < other.to && other.from < to)) continue;
      if (accept !== undefined && !accept(found, text.slice(Math.max(0, from - lookback), from))) continue;
      findings.push({ kind, from, to, text: found });
    }
  }
  return findings.sort((a, b) => a.from - b.from);
};

/** Every find of one look replaced by what it is. */
const maskOnce = (text: string, findings: readonly Finding[]): string => {
  let masked = '';
  let at = 0;
  for (const { kind, from, to } of findings) {
    masked += text.slice(at, from) + masks[kind];
    at = to;
  }
  return masked + text.slice(at);
};

/** Taking out one find may bring two digits nearer to each other; each round takes digits away, so few are needed. */
const rounds = 8;

/**
 * The text with everything that was found replaced by what it is (`[nomor telepon]`). Masking what is masked changes
 * nothing.
 */
export const maskPersonal = (text: string): string => {
  let masked = text;
  for (let round = 0; round < rounds; round += 1) {
    const findings = findPersonal(masked);
    if (findings.length === 0) return masked;
    masked = maskOnce(masked, findings);
  }
  return masked;
};
