import * as z from 'zod/mini';
import type { ErrorCode } from '../kernel/errors.ts';
import { day, slug } from '../kernel/schema.ts';
import type { Instant } from '../kernel/time.ts';
import type { CaseRecord } from './model.ts';
import { isSecret } from './publication.ts';

export const referenceKinds = ['letter', 'lapor', 'other'] as const;

/** What is known of a case that lies with a body outside; kept in its `data` for as long as it lies there. */
export const outside = z.object({
  body: slug,
  /** Id of the coordinator's words with which it was passed on. */
  words: z.optional(z.string()),
  /** Under which letter or LAPOR! number. */
  kind: z.optional(z.enum(referenceKinds)),
  number: z.optional(z.string()),
  /** Local day by which the body is asked to answer. */
  answerBy: z.optional(day),
  /** Version of the newest link; older ones are void. */
  link: z.optional(z.int()),
  answered: z.optional(z.literal(true)),
  /** Under which number the body answered. */
  reply: z.optional(z.string()),
});
export type Outside = z.output<typeof outside>;

/** Undefined for a case that does not lie outside, or not any more. */
export const outsideOf = ({ data }: Pick<CaseRecord, 'data'>): Outside | undefined =>
  data['outside'] === undefined ? undefined : outside.parse(data['outside']);

/** What the link of a body outside is bound to. */
export interface OutsideLink {
  readonly body: string;
  readonly version: number;
  readonly until: Instant;
}

/** Why a link opens nothing any more: the same for who reads and for who answers. */
export const linkRefusal = (
  record: Pick<CaseRecord, 'data' | 'flags' | 'about'>,
  { body, version, until }: OutsideLink,
  now: Instant,
): ErrorCode | undefined => {
  // Turned secret since: whoever holds the link need not learn that either.
  if (isSecret(record)) return 'linkInvalid';
  const lies = outsideOf(record);
  if (lies === undefined) return 'wrongState';
  if (lies.body !== body || lies.link !== version) return 'linkReplaced';
  return until < now ? 'linkOver' : undefined;
};
