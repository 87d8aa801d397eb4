import { createHash } from 'node:crypto';
import type { Zone } from '../city/schema.ts';
import { problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Instant } from '../kernel/time.ts';
import type { Issued, OwnKind } from './model.ts';
import { numbersFor } from './number.ts';
import { type Sealer, statementOf } from './seal.ts';
import type { IssuedStore } from './store.ts';

export interface PaperDeps {
  readonly issued: Pick<IssuedStore, 'create'>;
  readonly seal: Sealer;
  readonly keys: () => Promise<Keys>;
  /** Without a final slash. */
  readonly publicUrl: string;
}

/** What a paper says of itself. */
export interface Mark {
  readonly number: string;
  /** Leads to what the city says of the number; in the QR code. */
  readonly url: string;
  readonly at: Instant;
}

export interface PaperWanted {
  readonly command: { readonly id: string; readonly fingerprint: string };
  readonly kind: OwnKind;
  readonly name: Issued['name'];
  readonly case: string;
  readonly service: string | null;
  readonly unit: string;
  readonly zone: Zone;
  /** Staff id or `reporter`. */
  readonly by: string;
  readonly now: Instant;
  /** The same bytes for the same mark. */
  readonly draw: (mark: Mark) => Uint8Array;
}

export const digestOf = (file: Uint8Array): string => createHash('sha256').update(file).digest('hex');

/** The address in a document's QR code. */
export const verifyUrl = (publicUrl: string, number: string): string => `${publicUrl}/v/${number}`;

export const yearOf = (at: Instant, zone: Zone): string =>
  new Date(at).toLocaleDateString('en-CA', { timeZone: zone, year: 'numeric' });

/**
 * Issues a paper of Lapau's own: numbers it, draws it, signs its digest and notes it, so that whoever is shown it can
 * ask whether the city made it and whether a byte was changed. Nothing of what it says is kept. A repeated command gets
 * the paper of its first time.
 * @throws Problem keyReused; paperChanged when the case says something else by now; busy
 */
export const issuePaper = async (
  { issued, seal, keys, publicUrl }: PaperDeps,
  wanted: PaperWanted,
): Promise<{ readonly record: Issued; readonly pdf: Uint8Array }> => {
  const { command, kind, now, zone, draw } = wanted;
  const drawn = (number: string, at: Instant): Uint8Array =>
    draw({ number, url: verifyUrl(publicUrl, number), at });
  const key = (await keys()).first('code');
  for (const number of numbersFor(key, wanted.unit, yearOf(now, zone), command.id)) {
    const pdf = drawn(number, now);
    const unsealed = {
      number,
      kind,
      unit: wanted.unit,
      issuedAt: now,
      digest: digestOf(pdf),
    };
    const record: Issued = {
      v: 1,
      rev: 1,
      command,
      way: 'printed',
      name: wanted.name,
      case: wanted.case,
      service: wanted.service,
      state: 'issued',
      bytes: pdf.length,
      seal: await seal(statementOf(unsealed)),
      history: [{ at: now, what: 'issued', by: wanted.by }],
      ...unsealed,
    };
    const created = await issued.create(record, false);
    if (created.done) return { record, pdf };
    // Bytes with a number of their own in them are those of another document only by a broken hash.
    if (created.holder === undefined) throw new Error('two papers with the same bytes');
    if (created.holder.command.id !== command.id) continue;
    if (created.holder.command.fingerprint !== command.fingerprint) throw problem('keyReused');
    const again = drawn(number, created.holder.issuedAt);
    if (digestOf(again) !== created.holder.digest) throw problem('paperChanged');
    return { record: created.holder, pdf: again };
  }
  throw problem('busy', { retryAfter: 1 });
};
