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
  /** Rows from this position on are not wanted: the end of a range by due date. */
  readonly before?: string | undefined;
}

export interface Merged {
  readonly rows: readonly Placed[];
  /** Where to go on; undefined at the end. */
  readonly next: string | undefined;
  /** False when the bound on reads came before the page was full. */
  readonly full: boolean;
}

/** Rounds of reads for one page; later rounds read more at once, since the first met rows that the caller may not see. */
const rounds = 20;
const laterRound = 100;
/** Rows per partition beyond an even share: shards are never perfectly even. */
const slack = 5;

/**
 * One page in the order `due#code` over several partitions at once. Every partition is read from the same position;
 * a partition that may hold more ends the round at its last row, so that no row is ever skipped or repeated.
 *
 * A page ends by what the caller may see: it is read one visible row further, and `next` is only given when there is
 * one. Hidden rows therefore leave no trace, neither by a cursor nor by a short page (short of 20 rounds of them).
 */
export const mergedPage = async (read: ReadRows, wanted: Wanted): Promise<Merged> => {
  const { partitions, size, keep, before } = wanted;
  const first = partitions.length === 1 ? size + 1 : Math.ceil((size + 1) / partitions.length) + slack;
  const rows: Placed[] = [];
  const cut = (): Merged => ({ rows: rows.slice(0, size), next: rows[size - 1]?.sort, full: true });
  let after = wanted.after;
  for (let round = 0; round < rounds; round += 1) {
    const from = after;
    const limit = round === 0 ? first : Math.max(first, laterRound);
    const pages = await Promise.all(partitions.map((partition) => read(partition, from, limit)));
    const unfinished = pages.flatMap((page) => (page.length === limit ? [page.at(-1)?.sort ?? ''] : []));
    const horizon = unfinished.length === 0 ? undefined : unfinished.reduce((a, b) => (a < b ? a : b));
    const reached = pages
      .flat()
      .filter(({ sort }) => horizon === undefined || sort <= horizon)
      .sort((a, b) => (a.sort < b.sort ? -1 : 1));
    for (const placed of reached) {
      if (before !== undefined && placed.sort >= before) return { rows, next: undefined, full: true };
      if (!keep(placed.row)) continue;
      rows.push(placed);
      if (rows.length > size) return cut();
    }
    if (horizon === undefined) return { rows, next: undefined, full: true };
    after = horizon;
  }
  return { rows, next: after, full: false };
};
