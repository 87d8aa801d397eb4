import { type Integrity, integrityOf } from './cms.ts';

/**
 * What a PDF's signature says of its file. `none`: there is no signature. `part`: what follows the last signature is
 * more than data for checking it later. Otherwise the last one covers the file, and its integrity was looked at as far
 * as `functions/products/cms.ts` reads it.
 */
export type Signature =
  | { readonly covers: 'none' | 'part' }
  | { readonly covers: 'whole'; readonly integrity: Integrity; readonly laterData: boolean };

interface Range {
  readonly before: number;
  readonly after: number;
  readonly end: number;
}

/** More signatures than any office puts under one letter. */
const mostSignatures = 50;

/** `/ByteRange [0 840 960 240]` that leaves out one string of hexadecimal digits and nothing else (ISO 32000-1 §12.8.1). */
const rangesOf = (file: Buffer, text: string): readonly Range[] =>
  [...text.matchAll(/\/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]/g)]
    .slice(0, mostSignatures)
    .map(([, ...numbers]) => numbers.map(Number))
    .flatMap(([from = -1, before = 0, after = 0, length = 0]) => {
      const end = after + length;
      const isSane = from === 0 && before > 0 && before < after && end <= file.length;
      return isSane && /^<[0-9A-Fa-f\s]+>$/.test(text.slice(before, after)) ? [{ before, after, end }] : [];
    });

/**
 * Certificates and revocation lists may be added after a signature (ISO 32000-2 §12.8.4.3); pages may not. Recognised by
 * its name alone, so that this says less than a reader that follows every reference.
 */
const isLaterData = (added: string): boolean =>
  /\/DSS\b/.test(added) && !/\/(Annots?|Contents|Font|XObject|Widget|Page)\b/.test(added);

/** Really a signature's dictionary, in the file as it stands. */
const hasSignature = (text: string): boolean =>
  /\/SubFilter\s*\/(adbe\.pkcs7\.(detached|sha1)|ETSI\.(CAdES\.detached|RFC3161))/.test(text);

/**
 * Looks for the signature that covers a PDF. Checked: that it is there, that its range leaves out nothing but itself,
 * that nothing but data for checking follows it, and, where it is detached CMS, that the digest and the signature fit.
 * NOT checked: who signed, the chain to BSrE's root, revocation, time stamps, and what earlier signatures cover.
 */
export const signatureOf = (pdf: Uint8Array): Signature => {
  const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const text = file.toString('latin1');
  const last = hasSignature(text)
    ? rangesOf(file, text).reduce<Range | undefined>(
        (far, one) => (far && far.end > one.end ? far : one),
        undefined,
      )
    : undefined;
  if (last === undefined) return { covers: 'none' };
  const added = text.slice(last.end);
  const laterData = added.trim() !== '';
  if (laterData && !isLaterData(added)) return { covers: 'part' };
  const contents = Buffer.from(text.slice(last.before + 1, last.after - 1).replace(/\s/g, ''), 'hex');
  const signed = [file.subarray(0, last.before), file.subarray(last.after, last.end)];
  return { covers: 'whole', integrity: integrityOf(contents, signed), laterData };
};
