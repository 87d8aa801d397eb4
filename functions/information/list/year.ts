import type { CaseRecord } from '../../cases/model.ts';
import type { CaseStore } from '../../cases/store.ts';
import type { City } from '../../city/schema.ts';
import type { Clock } from '../../kernel/time.ts';
import { type Books, entriesAtOnce } from '../books.ts';
import { type Statistics, statisticsOf } from '../statistics.ts';
import type { ListStore } from './store.ts';

interface YearDeps {
  readonly books: Pick<Books, 'entries'>;
  readonly store: Pick<CaseStore, 'readMany'>;
  readonly items: Pick<ListStore, 'all'>;
  readonly city: () => Promise<City>;
  readonly now: Clock;
}

/** Pages of the register that a year may have: 10,000 requests, a hundred times what a city of this size gets. */
const mostPages = 50;
/** Cases of one call to the table. */
const readAtOnce = 100;

/** A year of the register, read case by case: nothing is counted apart that could differ from it. */
export const yearOf = async (
  { books, store, items, city, now }: YearDeps,
  year: number,
): Promise<Statistics> => {
  const records: CaseRecord[] = [];
  let after = 0;
  for (let page = 0; page < mostPages; page += 1) {
    const entries = await books.entries('requests', year, after);
    for (let i = 0; i < entries.length; i += readAtOnce) {
      const some = await store.readMany(entries.slice(i, i + readAtOnce).map(({ code }) => code));
      records.push(...some.values());
    }
    if (entries.length < entriesAtOnce) break;
    after = entries.at(-1)?.n ?? 0;
  }
  return statisticsOf(await city(), year, records, await items.all(), now());
};
