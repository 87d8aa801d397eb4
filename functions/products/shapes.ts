import * as z from 'zod/mini';
import type { StaffActor } from '../cases/actor.ts';
import { digest, happenings, type Issued, issuedKinds, ways } from '../issued/model.ts';
import { verifyUrl } from '../issued/paper.ts';
import type { Language } from '../kernel/errors.ts';
import { instant } from '../kernel/schema.ts';

/** A document as its applicant sees it. */
export const shownProduct = z.object({
  number: z.string(),
  kind: z.enum(issuedKinds),
  way: z.enum(ways),
  name: z.string(),
  state: z.enum(['prepared', 'issued', 'revoked']),
  issuedAt: instant,
  unit: z.string(),
  digest: z.nullable(digest),
  bytes: z.nullable(z.int()),
  /** Where anybody checks it. */
  verify: z.string(),
  revokedAt: z.nullable(instant),
  reason: z.nullable(z.string()),
  successor: z.nullable(z.string()),
  predecessor: z.nullable(z.string()),
  handedOver: z.nullable(z.object({ at: instant, to: z.string() })),
});

/** And as staff see it. */
export const staffProduct = z.extend(shownProduct, {
  /** What was found of signatures inside the file. */
  evidence: z.nullable(z.string()),
  history: z.array(
    z.object({ at: instant, what: z.enum(happenings), own: z.boolean(), note: z.nullable(z.string()) }),
  ),
});

export const fetched = z.object({
  /** A link of minutes to the file, or the ministry's own page. */
  url: z.string(),
  /** Seconds; null of the ministry's page. */
  expiresIn: z.nullable(z.int()),
});

type Shown = z.output<typeof shownProduct>;

export const showProduct = (
  record: Issued,
  state: Issued['state'],
  publicUrl: string,
  language: Language,
): Shown => ({
  number: record.number,
  kind: record.kind,
  way: record.way,
  name: record.name[language],
  state,
  issuedAt: record.issuedAt,
  unit: record.unit,
  digest: record.digest ?? null,
  bytes: record.bytes ?? null,
  verify: verifyUrl(publicUrl, record.number),
  revokedAt: record.revokedAt ?? null,
  reason: record.reason ?? null,
  successor: record.successor ?? null,
  predecessor: record.predecessor ?? null,
  handedOver: record.handedOver ?? null,
});

export const showStaffProduct = (
  record: Issued,
  state: Issued['state'],
  publicUrl: string,
  language: Language,
  actor: StaffActor,
): z.output<typeof staffProduct> => ({
  ...showProduct(record, state, publicUrl, language),
  evidence: record.evidence ?? null,
  history: record.history.map(({ at, what, by, note }) => ({
    at,
    what,
    own: by === actor.id,
    note: note ?? null,
  })),
});
