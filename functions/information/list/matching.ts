import type { ListItem } from './model.ts';

/** A public item as it is matched: the terms of its title and of all its words, in both languages. */
export interface Indexed {
  readonly item: ListItem;
  readonly title: readonly ReadonlySet<string>[];
  readonly words: ReadonlySet<string>;
}

export interface Match {
  readonly item: ListItem;
  /** Share of the rarer words of the question that the item speaks of, 0–1. */
  readonly score: number;
  /** So near that whoever asks should look at it first. */
  readonly strong: boolean;
}

type Terms = (text: string) => readonly string[];

export const indexed = (items: readonly ListItem[], terms: Terms): readonly Indexed[] =>
  items.map((item) => {
    const { title, summary } = item.body;
    return {
      item,
      title: [new Set(terms(title.id)), new Set(terms(title.en))],
      words: new Set([title.id, title.en, summary.id, summary.en].flatMap(terms)),
    };
  });

/** One shared word says little: an item is near by two at least, or by the one that its title has. */
const leastShared = 2;
/** Share of a title's words, in one of its languages, that make it what was asked for. */
const strongShare = 0.6;

/**
 * Public items that may answer a question already, the nearest first. A word counts by how few items have it (inverse
 * document frequency), so that `anggaran`, which half of the list says, leads nowhere by itself. Pure.
 */
export const matching = (
  list: readonly Indexed[],
  question: readonly string[],
  most: number,
): readonly Match[] => {
  const asked = new Set(question);
  const count = new Map<string, number>();
  for (const { words } of list)
    for (const word of words) if (asked.has(word)) count.set(word, (count.get(word) ?? 0) + 1);
  const weight = (word: string): number => Math.log(1 + list.length / (count.get(word) ?? list.length));
  const whole = [...asked].filter((word) => count.has(word)).reduce((sum, word) => sum + weight(word), 0);
  return list
    .flatMap(({ item, title, words }): readonly Match[] => {
      const shared = [...asked].filter((word) => words.has(word));
      const ofTitle = title.map(
        (one) => [...one].filter((word) => asked.has(word)).length / Math.max(1, one.size),
      );
      const share = Math.max(...ofTitle);
      if (shared.length < leastShared && share < 1) return [];
      const score = shared.reduce((sum, word) => sum + weight(word), 0) / whole;
      return [{ item, score, strong: share >= strongShare && shared.length >= leastShared }];
    })
    .sort(
      (a, b) => Number(b.strong) - Number(a.strong) || b.score - a.score || (a.item.id < b.item.id ? -1 : 1),
    )
    .slice(0, most);
};
