import type { CaseRow } from '../cases/model.ts';

/** A row and where it stands in its partition's order. */
export interface Placed {
  readonly sort: string;
  readonly row: CaseRow;
}

export type ReadRows = (
  partition: string,
  after: string | undefined,
  limit: number,
) => Promise<readonly Placed[]>;

export interface Wanted {
  readonly partitions: readonly string[];
  /** Exclusive position in the common order of all partitions. */
  readonly after: string | undefined;
  readonly size: number;
  /** Visibility and filters. What is dropped here costs reads, never a hole in the order. */
  readonly keep: (row: CaseRow) => boolean;
  /** Rows from this position on are not wanted: the end of a range of dates. */
  readonly before?: string | undefined;
  /** The reader goes down: positions fall, and `before` is a lower end. */
  readonly newestFirst?: boolean;
}

export interface Merged {
  readonly rows: readonly Placed[];
  /** Where to go on; undefined at the end. */
  readonly next: string | undefined;
  /** False when the bound on reads came before the page was full. */
  readonly full: boolean;
}

/**
 * Rows read for one page, over all partitions: some 1 MB. Later rounds read more at once, since the first met rows
 * that the caller may not see or did not ask for.
 */
const rowsLimit = 2000;
const laterRound = 400;
/** Rows per partition beyond an even share: shards are never perfectly even. */
const slack = 5;

/**
 * One page in the order `due#code` over several partitions at once. Every partition is read from the same position;
 * a partition that may hold more ends the round at its last row, so that no row is ever skipped or repeated.
 *
 * A page ends by what the caller may see: it is read one visible row further, and `next` is only given when there is
 * one. Hidden rows therefore leave no trace, neither by a cursor nor by a short page (short of `rowsLimit` of them).
 */
export const mergedPage = async (read: ReadRows, wanted: Wanted): Promise<Merged> => {
  const { partitions, size, keep, before, newestFirst = false } = wanted;
  const earlier = (a: string, b: string): boolean => (newestFirst ? a > b : a < b);
  const isOver = (sort: string): boolean => before !== undefined && !earlier(sort, before);
  // One of two may hold the whole page: the UTC months of one local month lie one after the other.
  const share = partitions.length <= 2 ? size + 1 : Math.ceil((size + 1) / partitions.length) + slack;
  const more = Math.max(share, Math.ceil(laterRound / partitions.length));
  const rows: Placed[] = [];
  let after = wanted.after;
  let spent = 0;
  for (let limit = share; spent < rowsLimit; limit = more) {
    const from = after;
    spent += limit * partitions.length;
    const pages = await Promise.all(partitions.map((partition) => read(partition, from, limit)));
    const unfinished = pages.flatMap((page) => (page.length === limit ? [page.at(-1)?.sort ?? ''] : []));
    const horizon =
      unfinished.length === 0 ? undefined : unfinished.reduce((a, b) => (earlier(a, b) ? a : b));
    const reached = pages
      .flat()
      .filter(({ sort }) => horizon === undefined || !earlier(horizon, sort))
      .sort((a, b) => (earlier(a.sort, b.sort) ? -1 : 1));
    for (const placed of reached) {
      if (isOver(placed.sort)) return { rows, next: undefined, full: true };
      if (!keep(placed.row)) continue;
      rows.push(placed);
      if (rows.length > size) return { rows: rows.slice(0, size), next: rows[size - 1]?.sort, full: true };
    }
    if (horizon === undefined) return { rows, next: undefined, full: true };
    after = horizon;
  }
  return { rows: rows.slice(0, size), next: after, full: false };
};
