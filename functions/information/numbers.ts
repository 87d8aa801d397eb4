import { today } from '../cases/common/facts.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { City } from '../city/schema.ts';
import type { Book, Books, Numbered } from './books.ts';
import { factsOf } from './facts.ts';
import { enterObjection } from './take.ts';

export interface NumberDeps {
  readonly books: Pick<Books, 'find' | 'enter'>;
  readonly city: () => Promise<City>;
}

/** Numbers of a request and of its objection; those that a cut-off filing or objection has not come to get are given now. */
export const numbersOf = async (deps: NumberDeps, record: CaseRecord) => {
  const { objection } = factsOf(record);
  const year = Number(today(await deps.city(), record.recordedAt).slice(0, 4));
  const findOrEnter = async (book: Book, enter: () => Promise<Numbered>) =>
    (await deps.books.find(book, record.code)) ?? (await enter());
  const [number, objectionNumber] = await Promise.all([
    findOrEnter('requests', () => deps.books.enter('requests', year, record.code, record.recordedAt)),
    objection === undefined
      ? undefined
      : findOrEnter('objections', () => enterObjection(deps, record.code, objection.at)),
  ]);
  return { number, objectionNumber };
};
