import type { CaseRecord, CaseRow } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import type { City } from '../city/schema.ts';
import type { Table } from '../kernel/table.ts';
import type { Clock } from '../kernel/time.ts';
import { casesFiled, type Filed } from './filed.ts';
import type { Asked, Cells, Entry, Opened } from './model.ts';

/** Cases that are read at once: what one call to the table takes. */
const readAtOnce = 100;

export interface CaseRows {
  readonly table: Table;
  readonly store: Pick<CaseStore, 'readMany'>;
  readonly city: () => Promise<City>;
  readonly now: Clock;
}

/**
 * Opens a register whose rows are cases, one each, in the order of filing.
 * @param cellsOf rows of at most a hundred cases, in their order: what it reads besides, it reads of all of them at once
 * @throws Problem tooManyRows
 */
export const openCases = async (
  { table, store, city, now }: CaseRows,
  asked: Asked,
  after: string | undefined,
  wants: (row: CaseRow) => boolean,
  cellsOf: (records: readonly CaseRecord[], city: City) => readonly Cells[] | Promise<readonly Cells[]>,
): Promise<Opened> => {
  const live = await city();
  const filed = await casesFiled(table, live, asked, wants, now());
  const left = after === undefined ? filed : filed.filter(({ place }) => place > after);

  async function* rows(): AsyncGenerator<Entry, void> {
    for (let i = 0; i < left.length; i += readAtOnce) {
      const some = left.slice(i, i + readAtOnce);
      const records = await store.readMany(some.map(({ code }) => code));
      const there = some.flatMap((one: Filed) => {
        const record = records.get(one.code);
        return record === undefined ? [] : [{ place: one.place, record }];
      });
      const cells = await cellsOf(
        there.map(({ record }) => record),
        live,
      );
      for (const [n, { place }] of there.entries()) {
        const own = cells[n];
        if (own !== undefined) yield { place, cells: own };
      }
    }
  }

  return { total: filed.length, rows: rows() };
};
