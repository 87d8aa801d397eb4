import * as z from 'zod/mini';
import { words } from '../../kernel/schema.ts';

/** Words that a person writes with an action. */
export const text = words(2, 5000);
export const note = z.optional(text);
/** Ids of uploads, as the upload answered them; the operation takes the seal off. */
export const files = z.optional(
  z.array(z.string().check(z.minLength(22), z.maxLength(300))).check(z.maxLength(5)),
);
/** An action that says everything by being taken. */
export const nothing = z.strictObject({});
