import * as z from 'zod/mini';
import { words } from '../../kernel/schema.ts';

export const text = words(2, 5000);
export const note = z.optional(text);
/** Ids of uploads, as the upload answered them. */
export const files = z.optional(
  z.array(z.string().check(z.regex(/^[A-Za-z0-9_-]{16,64}$/))).check(z.maxLength(5)),
);
export const nothing = z.strictObject({});
