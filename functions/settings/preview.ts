import { rowSubject, visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { subjectOf } from '../cases/engine.ts';
import { shards, triageIndex, unitIndex } from '../cases/keys.ts';
import type { CaseRecord } from '../cases/model.ts';
import { type CaseStore, listRows } from '../cases/store.ts';
import type { CaseKind } from '../cases/workflow.ts';
import { movesDues } from '../city/recomputing.ts';
import type { City, SettingKind } from '../city/schema.ts';
import type { Table } from '../kernel/table.ts';
import {
  type MovedDue,
  type MovedProposal,
  type MovedStep,
  movedDues,
  movedProposals,
  movedSteps,
  movesProposals,
} from './rules.ts';

/** A preview looks at no more than this many cases of each sort, the most urgent first, and says so. */
const lookLimit = 200;
/** Rows read of one triage shard, of which there are eight alike, and of one unit, which may hold most of them. */
const shardLimit = lookLimit / shards;
const unitLimit = lookLimit / 2;
/** Requests under way at once. */
const together = 8;

export interface PreviewDeps {
  readonly table: Table;
  readonly cases: Pick<CaseStore, 'read'>;
  readonly kinds: Readonly<Record<string, CaseKind>>;
}

export interface Preview {
  readonly looked: number;
  readonly stopped: boolean;
  readonly proposals: readonly MovedProposal[];
  readonly dues: readonly MovedDue[];
  /** Of a changed ladder: cases that it would act on at another moment. */
  readonly steps: readonly MovedStep[];
}

const inChunks = async <A, B>(all: readonly A[], each: (one: A) => Promise<B>): Promise<B[]> => {
  const done: B[] = [];
  for (let i = 0; i < all.length; i += together) {
    done.push(...(await Promise.all(all.slice(i, i + together).map(each))));
  }
  return done;
};

interface Partition {
  readonly key: string;
  readonly limit: number;
}

const triage: readonly Partition[] = Array.from({ length: shards }, (_, shard) => ({
  key: triageIndex(shard),
  limit: shardLimit,
}));
const roots = (city: City): readonly Partition[] =>
  city.units.flatMap((unit) =>
    unit.parent === undefined ? [{ key: unitIndex(unit.id), limit: unitLimit }] : [],
  );

/** Open cases of some partitions, most urgent first, at most `lookLimit`, and whether there are more. */
const openRows = async (table: Table, partitions: readonly Partition[]) => {
  const pages = await inChunks(partitions, ({ key, limit }) =>
    listRows(table, 'gsi1', key, undefined, limit),
  );
  const rows = pages.flat().sort((a, b) => (a.sort < b.sort ? -1 : 1));
  return {
    rows: rows.slice(0, lookLimit).map(({ row }) => row),
    stopped: rows.length > lookLimit || pages.some((page, i) => page.length === partitions[i]?.limit),
  };
};

/**
 * What would move if `draft` were live: proposals of cases in triage, deadlines of open cases. Bounded, read-only,
 * and silent about cases that the caller may not know.
 */
export const preview = async (
  deps: PreviewDeps,
  actor: StaffActor,
  kind: SettingKind,
  live: City,
  draft: City,
): Promise<Preview> => {
  const partitions = [
    ...(movesProposals(kind) || movesDues(kind) ? triage : []),
    ...(movesDues(kind) ? roots(live) : []),
  ];
  const { rows, stopped } = await openRows(deps.table, partitions);
  const known = rows.filter((row) => visibleTo(rowSubject(row), actor, live.substitutes));
  const records = movesDues(kind) ? await inChunks(known, ({ code }) => deps.cases.read(code)) : [];
  // A row may lag behind its case: what counts is the case as it is.
  const open = records.filter(
    (record): record is CaseRecord =>
      record !== undefined &&
      record.closedAt === undefined &&
      visibleTo(subjectOf(record), actor, live.substitutes),
  );
  const inTriage = known.filter((row) => row.unit === null);
  return {
    looked: known.length,
    stopped,
    proposals: movesProposals(kind) ? movedProposals(inTriage, live, draft, deps.kinds) : [],
    dues: movedDues(open, draft),
    steps: kind === 'ladder' ? movedSteps(open, live, draft) : [],
  };
};
