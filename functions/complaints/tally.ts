import type { Found, Vocabulary } from './vocabulary.ts';

export interface Keyword {
  readonly text: string;
  /** Place of its category among all of them. */
  readonly category: number;
  /** The numbers of its words. */
  readonly ids: readonly number[];
  /** Speaks against its category. */
  readonly against: boolean;
  weight: number;
}

/** Keywords by their words: one step a word, so that a hundred phrases on `jalan` cost one look. */
export interface Step {
  ends?: Keyword[];
  next?: Map<number, Step>;
}

/** The keywords of all categories as they are matched. */
export interface Index {
  /** How many categories there are; the others speak of them by their place. */
  readonly size: number;
  readonly words: Vocabulary;
  readonly keywords: Step;
  /** What a word says by the company that it keeps: for its number, pairs of category and value. */
  readonly company: readonly (readonly (readonly [category: number, value: number])[])[];
}

/** Words that may stand between two words of a phrase, fillers not counted. */
const maxGap = 2;
/** What stands behind these says where, not what: `di depan pasar`, `dekat jembatan`. */
const whereabouts = new Set(
  'depan dekat samping belakang sebelah seberang sekitar simpang arah menuju muka seputaran persimpangan'.split(
    ' ',
  ),
);
/** What a word that says where still counts. */
const whereFactor = 0.5;
/** A keyword said again adds this much of itself. */
const repeat = 0.2;
/** What is left of a category's score for each keyword against it. */
const againstLoss = 0.6;
interface Hit {
  readonly keyword: Keyword;
  readonly places: readonly number[];
}

/** Every keyword that stands in the text in its order, with the places of its words. */
const hitsOf = (root: Step, text: readonly Found[]): Hit[] => {
  const hits: Hit[] = [];
  const walk = (step: Step, places: readonly number[], last: number): void => {
    for (const keyword of step.ends ?? []) hits.push({ keyword, places });
    if (step.next === undefined) return;
    const from = text[last]?.at ?? 0;
    // The nearest place of each next word only: `lampu … mati … mati` is one phrase, not two.
    const tried = new Set<number>();
    for (let place = last + 1; place < text.length; place += 1) {
      const found = text[place];
      if (found === undefined || found.at - from > maxGap + 1) return;
      const next = tried.has(found.id) ? undefined : step.next.get(found.id);
      if (next === undefined) continue;
      tried.add(found.id);
      walk(next, [...places, place], place);
    }
  };
  text.forEach(({ id }, place) => {
    const step = root.next?.get(id);
    if (step !== undefined) walk(step, [place], place);
  });
  return hits;
};

/** How much each word counts: less where it says only where. */
const emphasis = (text: readonly Found[]): number[] => {
  const factors = text.map(() => 1);
  text.forEach(({ word, at }, index) => {
    if (whereabouts.has(word) && text[index + 1]?.at === at + 1) factors[index + 1] = whereFactor;
  });
  return factors;
};

/**
 * Adds up what speaks for each category: keywords, longest first, whose words then do not count again for it; then
 * the company that every other word keeps.
 */
export const tally = (index: Index, text: readonly Found[]) => {
  const scores = new Float64Array(index.size);
  const factors = emphasis(text);
  const hits = hitsOf(index.keywords, text).sort((a, b) => b.keyword.ids.length - a.keyword.ids.length);
  /** One byte for each category and word: whether a keyword of the category holds the word. */
  const taken = new Uint8Array(scores.length * text.length);
  const said = new Map<Keyword, number>();
  const against = new Set<Keyword>();
  for (const { keyword, places } of hits) {
    if (keyword.against) {
      against.add(keyword);
      continue;
    }
    const row = keyword.category * text.length;
    let fresh = 0;
    let factor = 0;
    for (const place of places) {
      if (taken[row + place] === 0) fresh += 1;
      taken[row + place] = 1;
      factor += factors[place] ?? 1;
    }
    if (fresh === 0) continue;
    const value = (keyword.weight * factor * fresh) / places.length ** 2;
    const before = said.get(keyword);
    said.set(keyword, before === undefined ? value : before + value * repeat);
  }
  for (const [{ category }, value] of said) scores[category] = (scores[category] ?? 0) + value;
  const counted = new Set<number>();
  text.forEach(({ id }, place) => {
    if (counted.has(id)) return;
    counted.add(id);
    for (const [category, value] of index.company[id] ?? []) {
      if (taken[category * text.length + place] === 1) continue;
      scores[category] = (scores[category] ?? 0) + value * (factors[place] ?? 1);
    }
  });
  for (const { category } of against) scores[category] = (scores[category] ?? 0) * againstLoss;
  return { scores, said };
};
