import type { Card } from '../announcing/model.ts';
import { monthOf } from '../announcing/places.ts';
import { isCurrent } from '../announcing/state.ts';
import type { AnnouncementStore, Listed as Placed } from '../announcing/store.ts';
import { fromSeconds, type Instant, toSeconds } from '../kernel/time.ts';

export interface Wanted<C extends Card> {
  readonly now: Instant;
  /** Exclusive place to go on from, `<at>#<id>`; the newest otherwise. */
  readonly after: string | undefined;
  readonly size: number;
  readonly keep: (card: C) => boolean;
  /** How a month is read: its cards, or those with their words. */
  readonly read: (month: string, before: string, limit: number) => Promise<readonly Placed<C>[]>;
}

export interface Listed<C> {
  readonly cards: readonly C[];
  readonly next: string | undefined;
  readonly full: boolean;
}

/** Reads of one answer, and cards of a read: what a filter drops costs reads, up to here. */
const reads = 12;
const rows = 100;
/** Cards of the first read beyond a page: the one after it, and a few that are over. */
const slack = 6;

/** The last moment of the month before. */
const endOfMonthBefore = (month: string): Instant => fromSeconds(toSeconds(`${month}-01T00:00:00Z`) - 1);

/**
 * What is current, newest first over the months; what is scheduled lies behind the place where reading begins. As many
 * reads as it takes and no more than the bound.
 */
export const newestFirst = async <C extends Card>(
  store: Pick<AnnouncementStore, 'months'>,
  { now, after, size, keep, read }: Wanted<C>,
): Promise<Listed<C>> => {
  // `~` is after `#`: what is published at this very moment is there.
  const first = after ?? `${now}~`;
  const cards: C[] = [];
  let left = reads;
  for (const month of await store.months(monthOf(first))) {
    let before = month === monthOf(first) ? first : `${month}~`;
    for (let more = true; more; ) {
      if (left === 0) return { cards, next: before, full: false };
      const limit = left === reads ? Math.min(rows, size + slack) : rows;
      left -= 1;
      const page = await read(month, before, limit);
      for (const { sort, card } of page) {
        if (isCurrent(card, now) && keep(card)) {
          if (cards.length === size) return { cards, next: before, full: true };
          cards.push(card);
        }
        before = sort;
      }
      more = page.length === limit;
    }
    if (left === 0) return { cards, next: `${endOfMonthBefore(month)}~`, full: false };
  }
  return { cards, next: undefined, full: true };
};
