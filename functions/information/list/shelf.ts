import type { City } from '../../city/schema.ts';
import { lexiconOf } from '../../postings/terms.ts';
import { type Indexed, indexed, type Match, matching } from './matching.ts';
import type { ListStore } from './store.ts';

/** What is public, as the list and offers read it. */
export interface OnShelf {
  readonly indexed: readonly Indexed[];
  readonly match: (words: string, most: number) => readonly Match[];
}
export type Shelf = (city: City) => Promise<OnShelf>;

/** The list changes a few times a week; what was withdrawn is gone from it within this many milliseconds. */
const freshFor = 60_000;

/** Reads the whole list at most once a minute in one process, and the words of its items once. */
export const shelf = (items: Pick<ListStore, 'all'>, clock: () => number): Shelf => {
  let kept: { readonly at: number; readonly words: string; readonly list: readonly Indexed[] } | undefined;
  return async (city) => {
    const { id: words, terms } = lexiconOf(city);
    const at = clock();
    if (kept === undefined || kept.words !== words || at < kept.at || at - kept.at >= freshFor) {
      const published = (await items.all()).filter(({ state }) => state === 'published');
      kept = { at, words, list: indexed(published, terms) };
    }
    const { list } = kept;
    return { indexed: list, match: (text, most) => matching(list, terms(text), most) };
  };
};
