import type { CaseRecord } from '../cases/model.ts';
import type { City } from '../city/schema.ts';
import { change, contributionOf, contributionVersion, noFigures } from './contribution.ts';
import { type Contribution, type FigureStore, type Move, partsLimit } from './store.ts';

/** Cases of one transaction: fewer conflicts than the 100 parts would allow, still one write for a usual batch. */
const casesAtOnce = 25;
/** A group whose cases others keep writing is given up after this many tries; the stream or the next night repeats it. */
const rounds = 8;

export interface ProjectDeps {
  readonly store: FigureStore;
  readonly city: () => Promise<City>;
}

export interface Projected {
  /** Cases whose contribution was written, counters included. */
  readonly written: number;
  /** Cases that the table already knew as well or better. */
  readonly unchanged: number;
}

/** Brings the figures of these cases up to date. The entry for the stream, the nightly comparison and a rebuild. */
export type ProjectCases = (records: readonly CaseRecord[]) => Promise<Projected>;

/**
 * Exactly-once figures: a case's contribution record and the counters that it changes are written in one
 * transaction, on condition that the record is the one from which the change was computed. Records may come in any
 * order, any number of times and from several instances at once; the newest of each case wins, and a run that stops
 * anywhere is repeated whole. A record equal to the known `seq` is computed again, so that changed rules, holidays
 * or zone reach old cases when the nightly comparison passes them.
 * @throws Error when a case does not come to rest, Problem busy when the table asks to come back later
 */
export const projector =
  ({ store, city }: ProjectDeps): ProjectCases =>
  async (records) => {
    const live = await city();
    const newest = newestOf(records);
    let written = 0;
    for (let i = 0; i < newest.length; i += casesAtOnce) {
      let left: readonly CaseRecord[] = newest.slice(i, i + casesAtOnce);
      for (let round = 0; left.length > 0; round += 1) {
        if (round === rounds) throw new Error(`the figures of ${left.length} cases keep changing`);
        const known = await store.contributions(left.map((record) => record.code));
        const moves = left.flatMap((record) => moveOf(record, known.get(record.code), live));
        const again: CaseRecord[] = [];
        for (const group of inTransactions(moves)) {
          if (await store.write(group)) written += group.length;
          else again.push(...left.filter((record) => group.some((move) => move.code === record.code)));
        }
        left = again;
      }
    }
    return { written, unchanged: newest.length - written };
  };

/** One record per case, in order of first appearance. */
const newestOf = (records: readonly CaseRecord[]): readonly CaseRecord[] => {
  const newest = new Map<string, CaseRecord>();
  for (const record of records) {
    const other = newest.get(record.code);
    if (other === undefined || record.seq > other.seq) newest.set(record.code, record);
  }
  return [...newest.values()];
};

/** Nothing when the table knows this state of the case, a later one, or one by later rules. */
const moveOf = (record: CaseRecord, was: Contribution | undefined, city: City): readonly Move[] => {
  if (was !== undefined && (was.seq > record.seq || was.v > contributionVersion)) return [];
  const figures = contributionOf(record, city);
  const changed = change(was?.figures ?? noFigures, figures);
  const same = was?.seq === record.seq && was.v === contributionVersion && Object.keys(changed).length === 0;
  return same ? [] : [{ code: record.code, seq: record.seq, figures, was, change: changed }];
};

/** Groups that fit one transaction each: a part per case and one per counter that the group touches. */
const inTransactions = (moves: readonly Move[]): readonly (readonly Move[])[] => {
  const groups: Move[][] = [];
  let counters = new Set<string>();
  let group: Move[] = [];
  for (const move of moves) {
    const together = new Set([...counters, ...Object.keys(move.change)]);
    if (group.length > 0 && group.length + 1 + together.size > partsLimit) {
      groups.push(group);
      group = [];
      counters = new Set(Object.keys(move.change));
    } else counters = together;
    group.push(move);
  }
  if (group.length > 0) groups.push(group);
  return groups;
};
