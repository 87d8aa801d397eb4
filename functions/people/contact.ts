import * as z from 'zod/mini';
import { words } from '../kernel/schema.ts';

/** How somebody without an account wants to be reached; what is not given is not asked for again. */
export const contact = z.strictObject({
  name: z.optional(words(2, 120)),
  phone: z.optional(z.string().check(z.regex(/^(\+62|62|0)8\d{7,12}$/, 'phone'))),
  email: z.optional(z.email().check(z.maxLength(254))),
});
