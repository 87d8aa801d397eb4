import * as z from 'zod/mini';
import type { CaseRecord } from '../cases/model.ts';
import { day, instant } from '../kernel/schema.ts';
import { decisions, forms, grounds, letters, ways } from './states.ts';

/**
 * What an information request keeps beside its state, in `data`: what both legal registers ask for, and nothing of who the
 * requester is. Words are texts of the case, by id.
 */
const requestFacts = z.object({
  /** How it is wanted. */
  wants: z.object({ form: z.enum(forms), way: z.enum(ways) }),
  /** Whether what the law asks of a requester is known; sealed elsewhere. */
  identity: z.optional(z.literal(true)),
  /** Code of the complaint that it came out of. */
  from: z.optional(z.string()),
  extendedAt: z.optional(instant),
  decision: z.optional(
    z.object({
      as: z.enum(decisions),
      at: instant,
      /** Given after the limit of then. */
      late: z.optional(z.literal(true)),
      letters: z.optional(z.array(z.enum(letters))),
      /** Reference of the consequence test (article 19). */
      test: z.optional(z.string()),
      /** The body that holds what the city does not. */
      holder: z.optional(z.string()),
      /** The item of the public list that answers it. */
      item: z.optional(z.string()),
      text: z.optional(z.string()),
    }),
  ),
  given: z.optional(z.object({ on: day, form: z.enum(forms), way: z.enum(ways) })),
  /** Rupiah. */
  cost: z.optional(z.object({ rupiah: z.int(), paid: z.optional(z.object({ rupiah: z.int(), on: day })) })),
  objection: z.optional(z.object({ ground: z.enum(grounds), at: instant, text: z.optional(z.string()) })),
  /** What the superior answered, and until when it may be taken to the Information Commission. */
  answer: z.optional(
    z.object({
      as: z.enum(['upheld', 'overturned']),
      at: instant,
      by: z.string(),
      text: z.optional(z.string()),
    }),
  ),
  /** Until when a dispute may be filed, after an answer or the superior's silence. */
  disputeBy: z.optional(instant),
  reaction: z.optional(z.enum(['satisfied', 'dispute'])),
});
export type RequestFacts = z.output<typeof requestFacts>;

export const factsOf = ({ data }: Pick<CaseRecord, 'data'>): RequestFacts => requestFacts.parse(data);
