import { closedIndex, shards, triageIndex, unitIndex } from '../cases/keys.ts';
import type { CaseRow } from '../cases/model.ts';
import { listRows } from '../cases/store.ts';
import { rootOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { problem } from '../kernel/errors.ts';
import type { Table } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';
import { type Asked, isAsked } from './model.ts';

/** What one export may hold; of more, somebody asks for a shorter period. */
export const rowsLimit = 100_000;
/** Rows of the index in one read: far below the megabyte at which the table would cut a page short. */
const pageSize = 200;

/** A case as a register first sees it: enough to put it in its place. */
export interface Filed {
  readonly code: string;
  /** `<filed at>#<code>`: by when it was filed, which nothing that happens to it moves. */
  readonly place: string;
}

/** `yyyy-mm` of each month from one instant to another, UTC as the index keeps them. */
const monthsBetween = (from: Instant, to: Instant): readonly string[] => {
  const [year = 0, month = 1] = from.split('-').map(Number);
  const months: string[] = [];
  for (let i = 0; ; i += 1) {
    const name = new Date(Date.UTC(year, month - 1 + i, 1)).toISOString().slice(0, 7);
    if (name > to.slice(0, 7)) return months;
    months.push(name);
  }
};

const isSecretRow = ({ flags, about }: CaseRow): boolean => /[co]/.test(flags) || about !== undefined;

/**
 * Every case that was filed in the period and lies with the units asked for, in the order of filing. Secret cases are in
 * no register. Cases are found by what is open and by the months in which they ended: one that ends during the walk may
 * be met twice and is taken once.
 * @param wants which of them the register is about: a kind, a service
 * @param now ends the walk through months of closed cases
 * @throws Problem tooManyRows
 */
export const casesFiled = async (
  table: Table,
  city: Pick<City, 'units'>,
  asked: Pick<Asked, 'from' | 'until' | 'units'>,
  wants: (row: CaseRow) => boolean,
  now: Instant,
): Promise<readonly Filed[]> => {
  const roots = new Set(city.units.filter(({ id }) => isAsked(asked, id)).map(({ id }) => rootOf(city, id)));
  const months = monthsBetween(asked.from, now);
  const partitions = [...roots, ...(asked.units === 'all' ? ['triage'] : [])].flatMap((root) => [
    ...(root === 'triage' ? Array.from({ length: shards }, (_, i) => triageIndex(i)) : [unitIndex(root)]),
    ...months.map((month) => closedIndex(root, month)),
  ]);
  const found = new Map<string, Filed>();
  for (const partition of partitions) {
    let after: string | undefined;
    for (;;) {
      const page = await listRows(table, 'gsi1', partition, after, pageSize);
      for (const { row } of page) {
        const { code, filedAt, unit } = row;
        const ours = unit === null ? asked.units === 'all' : isAsked(asked, unit);
        const inTime = filedAt >= asked.from && filedAt < asked.until;
        if (!ours || !inTime || isSecretRow(row) || !wants(row)) continue;
        found.set(code, { code, place: `${filedAt}#${code}` });
        if (found.size > rowsLimit) throw problem('tooManyRows');
      }
      after = page.at(-1)?.sort;
      if (page.length < pageSize) break;
    }
  }
  return [...found.values()].sort((a, b) => (a.place < b.place ? -1 : 1));
};
