import * as z from 'zod/mini';
import type { CaseRecord } from '../../cases/model.ts';
import type { City } from '../../city/schema.ts';
import { change, contributionOf, contributionVersion } from '../../figures/contribution.ts';
import type { Item } from '../../kernel/table.ts';

const contribution = z.object({
  v: z.int(),
  seq: z.int(),
  figures: z.record(z.string(), z.record(z.string(), z.number())),
});

/**
 * Whether the figures' record of a case differs from what the case makes today: an event that never came to
 * `project`, or rules, holidays and clocks that changed since. Both lie side by side in the walk, so no read is spent.
 */
export const isStale = (record: CaseRecord, item: Item | undefined, city: City): boolean => {
  if (item === undefined) return true;
  const known = contribution.parse(item);
  // Made by a newer deployment, or from a newer state than the walk has seen.
  if (known.v > contributionVersion || known.seq > record.seq) return false;
  if (known.v < contributionVersion || known.seq < record.seq) return true;
  return Object.keys(change(known.figures, contributionOf(record, city))).length > 0;
};
