import { type Detector, detectors, type PersonalKind } from './personal-patterns.ts';
import { plainOf } from './plain.ts';

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

/** How much of the text before a find is looked at. */
const lookback = 16;

/** Places in the plain text. What is let go may hide something that begins within it: the search goes on behind its first unit. */
const matchesOf = function* (
  text: string,
  { pattern, accept }: Detector,
): Generator<readonly [number, number]> {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const it = match.groups?.['it'];
    const from = match.index + (it === undefined ? 0 : match[0].lastIndexOf(it));
    const found = (it ?? match[0]).replace(/[\s.(-]+$/u, '');
    if (accept === undefined || accept(found, text.slice(Math.max(0, from - lookback), from)))
      yield [from, from + found.length];
    else pattern.lastIndex = match.index + 1;
  }
};

/**
 * Phone numbers, NIK, KK, NIP and NPWP, email addresses, vehicle plates, account and customer numbers and accounts of
 * social media as people write them in Indonesia, also where they write them so that no machine shall read them; in the
 * order of the text, never overlapping. Prices, dates, times, RT/RW, coordinates, letter numbers and tracking codes are
 * let go. Names are for a human to see. Pure.
 */
export const findPersonal = (text: string): readonly Finding[] => {
  const plain = plainOf(text);
  const findings: Finding[] = [];
  for (const detector of detectors) {
    for (const place of matchesOf(plain.text, detector)) {
      const [from, to] = plain.span(...place);
      if (findings.some((other) => from < other.to && other.from < to)) continue;
      findings.push({ kind: detector.kind, from, to, text: text.slice(from, to) });
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
