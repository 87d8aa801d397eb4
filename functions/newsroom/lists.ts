import { cardState } from '../announcing/state.ts';
import type { AnnouncementStore } from '../announcing/store.ts';
import type { Instant } from '../kernel/time.ts';

/** Announcements that one answer reads. */
const limit = 300;

/** Lists of the desk, before anybody's rights; `full` when nothing was left out. */
export const deskLists = (store: Pick<AnnouncementStore, 'work' | 'endingAfter' | 'ofMonth'>) => {
  /** What is being written, and what waits for its moment. */
  const atWork = async (now: Instant) => {
    const [work, scheduled] = await Promise.all([
      store.work(limit),
      store.endingAfter('scheduled', now, limit),
    ]);
    const written = new Set(work.map(({ id }) => id));
    const cards = [
      ...work.map((card) => ({ ...card, state: card.stage })),
      ...scheduled
        .filter(({ id }) => !written.has(id))
        .map((card) => ({ ...card, state: cardState(card, now) })),
    ];
    return { cards, full: work.length < limit && scheduled.length < limit };
  };

  /** Everything that a month published, whatever became of it. */
  const ofMonth = async (month: string, now: Instant) => {
    const found = await store.ofMonth(month, `${month}~`, limit);
    return {
      cards: found.map(({ card }) => ({ ...card, state: cardState(card, now) })),
      full: found.length < limit,
    };
  };

  return { atWork, ofMonth };
};
