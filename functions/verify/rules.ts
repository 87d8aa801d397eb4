import { type Issued, isOwn } from '../issued/model.ts';
import { stateOf } from '../issued/state.ts';
import type { Language } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';

export const states = ['issued', 'revoked', 'unknown'] as const;
export const comparisons = ['asIssued', 'altered', 'notCompared'] as const;

export interface Verdict {
  readonly state: (typeof states)[number];
  readonly file: (typeof comparisons)[number];
  /** What the city knows; undefined of what it never issued. */
  readonly document?: Issued;
}

const unknown: Verdict = { state: 'unknown', file: 'notCompared' };

/**
 * What can be said of a number and a file.
 * @param document under this number, or with these bytes
 * @param of its case
 * @param digest of the file that is shown; undefined when none is
 */
export const judge = (
  document: Issued | undefined,
  of: Parameters<typeof stateOf>[1],
  digest: string | undefined,
): Verdict => {
  const state = document === undefined ? 'unknown' : stateOf(document, of);
  if (document === undefined || state === 'unknown' || state === 'prepared') return unknown;
  // Of a link of the ministry there are no bytes to compare with.
  if (digest === undefined || document.digest === undefined) return { state, file: 'notCompared', document };
  return { state, file: document.digest === digest ? 'asIssued' : 'altered', document };
};

const sayings = {
  unknown: {
    id: 'Tidak ada dokumen seperti ini yang pernah diterbitkan lewat layanan ini.',
    en: 'No such document was ever issued by this service.',
  },
  altered: {
    id: 'TIDAK SAMA dengan dokumen yang diterbitkan dengan nomor ini: berkas diubah, atau dipasangi nomor dokumen lain.',
    en: 'NOT the document that was issued under this number: the file was changed, or bears another one’s number.',
  },
  revoked: {
    id: 'Dokumen ini sudah DICABUT dan tidak berlaku.',
    en: 'This document was REVOKED and is not valid.',
  },
  asIssued: {
    id: 'Berkas ini persis seperti yang diterbitkan.',
    en: 'This file is exactly as it was issued.',
  },
  issued: {
    id: 'Dokumen dengan nomor ini diterbitkan. Cocokkan jenis, unit dan tanggalnya, atau periksa berkasnya.',
    en: 'A document was issued under this number. Compare kind, unit and date, or check the file.',
  },
  own: {
    id: 'Ini bukan dokumen resmi.',
    en: 'This is no official document.',
  },
  successor: { id: 'Penggantinya', en: 'Its successor' },
} as const satisfies Record<string, Record<Language, string>>;

/** The verdict in a sentence or two, the worst first. */
export const saysOf = ({ state, file, document }: Verdict, language: Language): string => {
  const say = (what: keyof typeof sayings): string => sayings[what][language];
  if (document === undefined) return say('unknown');
  if (file === 'altered') return say('altered');
  const parts = [
    state === 'revoked' ? say('revoked') : say(file === 'asIssued' ? 'asIssued' : 'issued'),
    ...(document.successor === undefined ? [] : [`${say('successor')}: ${document.successor}.`]),
    ...(isOwn(document.kind) ? [say('own')] : []),
  ];
  return parts.join(' ');
};

/** The calendar day of an instant in the city. */
export const dayOf = (at: Instant, zone: string): string =>
  new Date(at).toLocaleDateString('en-CA', { timeZone: zone });
