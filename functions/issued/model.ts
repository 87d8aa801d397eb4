import * as z from 'zod/mini';
import { instant, slug } from '../kernel/schema.ts';

/**
 * What a document is. `siak`: issued by the ministry's civil registry and only handed over here; `signed`: an official
 * document of the city under a certified signature; `receipt` and `draft`: Lapau's own, which are no official documents.
 */
export const issuedKinds = ['siak', 'signed', 'receipt', 'draft'] as const;
export type IssuedKind = (typeof issuedKinds)[number];
export const ownKinds = ['receipt', 'draft'] as const satisfies readonly IssuedKind[];
export type OwnKind = (typeof ownKinds)[number];
export const isOwn = (kind: IssuedKind): kind is OwnKind => ownKinds.some((own) => own === kind);

/** How it came: a file or a link of the ministry's system, a file already signed, one signed through BSrE, or our own. */
export const ways = ['siakFile', 'siakLink', 'signedFile', 'bsre', 'printed'] as const;
export type Way = (typeof ways)[number];

export const happenings = ['prepared', 'issued', 'revoked', 'handedOver', 'opened'] as const;

/** SHA-256 in lower-case hexadecimal. */
export const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'digest'));

/** One thing that happened to a document. `by`: a staff id, `reporter` or `system`; never a name. */
const happening = z.object({
  at: instant,
  what: z.enum(happenings),
  by: z.string(),
  note: z.optional(z.string()),
});

/** What the city knows of one document that it issued or passed on. Holds no name, and nothing of what it says. */
export const issued = z.object({
  v: z.literal(1),
  rev: z.int(),
  number: z.string(),
  /** The command that made it: a retry finds the same number. */
  command: z.object({ id: z.string(), fingerprint: z.string() }),
  kind: z.enum(issuedKinds),
  way: z.enum(ways),
  /** What such a document is called, as the catalogue had it then. */
  name: z.object({ id: z.string(), en: z.string() }),
  case: z.string(),
  service: z.nullable(slug),
  unit: slug,
  issuedAt: instant,
  /** `prepared` until its case says that it was issued: counts for nobody. */
  state: z.enum(['prepared', 'issued', 'revoked']),
  /** Prepared to be issued with another one of its case, whichever that will be. */
  withLast: z.optional(z.literal(true)),
  /** Of the file as it is handed over; absent of a link. */
  digest: z.optional(digest),
  bytes: z.optional(z.int()),
  /** Where the ministry hands it over. Whoever has it has the document: for staff and the applicant alone. */
  link: z.optional(z.string()),
  /** What was found of signatures inside the file (functions/products/pdf-signature.ts). */
  evidence: z.optional(z.string()),
  /** The city's signature over `statementOf` it; of our own papers alone. */
  seal: z.optional(z.object({ key: z.string(), signature: z.string() })),
  /** Why it was revoked, in staff's words; for staff and the applicant alone. */
  reason: z.optional(z.string()),
  revokedAt: z.optional(instant),
  /** The command that revoked it: a retry gets the first answer. */
  revokedBy: z.optional(z.string()),
  successor: z.optional(z.string()),
  predecessor: z.optional(z.string()),
  handedOver: z.optional(z.object({ at: instant, to: z.string() })),
  history: z.array(happening),
});
export type Issued = z.output<typeof issued>;
export type Happening = z.output<typeof happening>;

/** So many things are kept of one document; beyond them the oldest but the first go. */
const keptHappenings = 30;

/** The document with one thing more in its history. */
export const noted = (record: Issued, happened: Happening): readonly Happening[] => {
  const all = [...record.history, happened];
  return all.length <= keptHappenings ? all : [...all.slice(0, 1), ...all.slice(2)];
};
