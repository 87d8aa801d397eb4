import * as z from 'zod/mini';
import { fileKinds } from './model.ts';

/** A file as a timeline shows it; the file itself is asked for by an operation of its own. */
export const shownFile = z.object({
  id: z.string(),
  /** `pending` while nobody looked at it, `missing` when it never came. */
  state: z.enum(['pending', 'ready', 'refused', 'missing']),
  kind: z.nullable(z.enum(fileKinds)),
  /** Why it is not served. */
  reason: z.nullable(z.string()),
});
export type ShownFile = z.output<typeof shownFile>;
