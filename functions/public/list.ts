import { monthBefore, monthOf, type PublicCopy } from '../publication/copy.ts';
import type { PublicStore } from '../publication/store.ts';

export interface Wanted {
  /** Exclusive place to go on from: `<at>#<code>`, or a month from which to begin. */
  readonly after: string | undefined;
  readonly size: number;
  readonly keep: (copy: PublicCopy) => boolean;
}

export interface Listed {
  readonly copies: readonly PublicCopy[];
  readonly next: string | undefined;
  readonly full: boolean;
}

/** Reads of one answer, and rows of a later read: what a filter drops costs reads, up to here. */
const reads = 12;
const rows = 100;
/** Rows of the first read beyond a page: the one after it, and a few places of what was taken down. */
const slack = 6;

/** Newest first over the months, as many reads as it takes and no more than the bound. */
export const newestFirst = async (
  store: Pick<PublicStore, 'months' | 'ofMonth'>,
  { after, size, keep }: Wanted,
): Promise<Listed> => {
  const copies: PublicCopy[] = [];
  const months = await store.months(after === undefined ? undefined : monthOf(after));
  let left = reads;
  let reached = after;
  for (const month of months) {
    let before =
      after !== undefined && after.length > month.length && monthOf(after) === month ? after : undefined;
    for (let more = true; more; ) {
      if (left === 0) return { copies, next: reached ?? month, full: false };
      left -= 1;
      const limit = left === reads - 1 ? Math.min(rows, size + slack) : rows;
      const page = await store.ofMonth(month, before, limit);
      for (const { sort, copy } of page) {
        if (copy === undefined) continue;
        if (keep(copy)) {
          if (copies.length === size) return { copies, next: placeOf(copies.at(-1)), full: true };
          copies.push(copy);
        }
        // A place that is still public: what was taken down leaves no trace in a cursor.
        reached = sort;
      }
      before = page.at(-1)?.sort;
      more = page.length === limit;
    }
    reached = monthBefore(month);
  }
  return { copies, next: undefined, full: true };
};

const placeOf = (copy: PublicCopy | undefined): string | undefined =>
  copy === undefined ? undefined : `${copy.at}#${copy.code}`;
