import * as z from 'zod/mini';
import { day } from '../kernel/schema.ts';

/** On what a limit rests. Rules change, so each carries its reference and the days for which it holds. */
export const legal = z.strictObject({
  reference: z.string().check(z.minLength(1), z.maxLength(500)),
  validFrom: day,
  validTo: z.optional(day),
  /** How sure the pack's author is: read in the source, read elsewhere, practice of the city. */
  certainty: z.enum(['source', 'secondary', 'practice']),
});
export type Legal = z.output<typeof legal>;
