import type { Category, Setting } from '../city/schema.ts';
import { type Found, read, type Vocabulary, vocabulary } from './vocabulary.ts';
import { isFiller, stop, tokensOf } from './words.ts';

type Categories = Setting<'categories'>;

export interface Suggestion {
  /** Null when the evidence is below the city's threshold: a wrong unit is worse than none. */
  readonly category: string | null;
  /** 0–1, two decimals. */
  readonly confidence: number;
  /** Keywords that spoke for the first candidate, strongest first; at most five. */
  readonly reasons: readonly string[];
  /** The three best, whether proposed or not. */
  readonly candidates: readonly { readonly category: string; readonly score: number }[];
}

interface Keyword {
  readonly text: string;
  readonly category: number;
  readonly ids: readonly number[];
  readonly weight: number;
  readonly against: boolean;
}

/** Categories made ready for matching; build once for a version of the setting. */
export interface Prepared {
  readonly categories: readonly Category[];
  readonly threshold: number;
  readonly spellings: Categories['spellings'];
  readonly words: Vocabulary;
  /** By the number of the first word. */
  readonly keywords: ReadonlyMap<number, readonly Keyword[]>;
  /** By the number of a word: the categories whose keywords and examples use it, and how much of its use is theirs. */
  readonly company: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

/** Words that may stand between two words of a phrase, fillers not counted. */
const maxGap = 2;
const gapLoss = 1;
/** What stands behind these says where, not what: `di depan pasar`, `dekat jembatan`. */
const whereabouts = new Set(
  'depan dekat samping belakang sebelah seberang sekitar simpang arah menuju muka seputaran persimpangan'.split(
    ' ',
  ),
);
const placeNext = 0.5;
const placeAfter = 1;
/** How a keyword's length counts: a phrase says more than its words. */
const lengthGrowth = 0.5;
/** A keyword said again adds this much of itself. */
const repeat = 0.2;
/** What is left of a category's score for each keyword against it. */
const againstLoss = 0.6;
/** What a word counts for the company that it keeps, where no keyword of the category holds it. */
const companyWeight = 0.7;
const companyPower = 0.5;
const singleRarity = 0.5;
const phraseFloor = 0.4;
/** A word of which less is a category's own says nothing for it. */
const leastShare = 0.02;
/** An example tells more of a word's use than one more keyword. */
const exampleUse = 1;
/** Uses that a word is credited with elsewhere: one example is no rule. */
const doubt = 1;
/** Score at which evidence counts as one half of enough. */
const halfEvidence = 0.5;

const idsOf = (words: Vocabulary, spellings: Categories['spellings'], keyword: string): number[] =>
  tokensOf(keyword)
    .filter((token) => token !== stop)
    .flatMap((token) => (Object.hasOwn(spellings, token) ? (spellings[token] ?? token).split(' ') : [token]))
    .filter((token) => !isFiller(token))
    .map((token) => words.learn(token));

/** Builds the index; some milliseconds for fifty categories. */
export const prepare = (setting: Categories): Prepared => {
  const categories = setting.groups.flatMap((group) => group.categories);
  const words = vocabulary(setting);
  const raw = categories.flatMap((category, index) => [
    ...category.keywords.map((text) => ({ text, category: index, against: false })),
    ...category.against.map((text) => ({ text, category: index, against: true })),
  ]);
  const learned = raw
    .map((keyword) => ({ ...keyword, ids: idsOf(words, setting.spellings, keyword.text) }))
    .filter((keyword) => keyword.ids.length > 0);

  const inCategories = new Map<number, Set<number>>();
  const sharing = new Map<string, Set<number>>();
  for (const { ids, category, against } of learned) {
    if (against) continue;
    for (const id of ids) inCategories.set(id, (inCategories.get(id) ?? new Set()).add(category));
    const key = ids.join(' ');
    sharing.set(key, (sharing.get(key) ?? new Set()).add(category));
  }
  const most = Math.log(1 + categories.length);
  /** 1 for a word of one category, falling towards 0 for a word of all. */
  const rarity = (id: number): number =>
    Math.log(1 + categories.length / (inCategories.get(id)?.size ?? 1)) / most;

  const company = companyOf(categories, learned, words, setting.spellings);
  const shareOf = (id: number, category: number): number => company.get(id)?.get(category) ?? 0;
  const keywords = new Map<number, Keyword[]>();
  for (const { text, category, against, ids } of learned) {
    const shared = sharing.get(ids.join(' '))?.size ?? 1;
    const length = 1 + lengthGrowth * Math.log2(Math.min(ids.length, 4));
    // A phrase is as telling as its rarest word, its own rarity aside.
    const rare =
      ids.length === 1
        ? singleRarity * rarity(ids[0] ?? 0) + (1 - singleRarity) * shareOf(ids[0] ?? 0, category)
        : Math.max(phraseFloor, ...ids.map(rarity));
    const keyword = { text, category, against, ids, weight: (length * rare) / Math.sqrt(shared) };
    const first = ids[0] ?? 0;
    keywords.set(first, [...(keywords.get(first) ?? []), keyword]);
  }
  return { categories, threshold: setting.threshold, spellings: setting.spellings, words, keywords, company };
};

/** Which categories a word keeps company with, by their keywords and examples. */
const companyOf = (
  categories: readonly Category[],
  keywords: readonly { ids: readonly number[]; category: number; against: boolean }[],
  words: Vocabulary,
  spellings: Categories['spellings'],
): Prepared['company'] => {
  const uses = new Map<number, Map<number, number>>();
  const use = (id: number, category: number, times: number): void => {
    const of = uses.get(id) ?? new Map<number, number>();
    uses.set(id, of.set(category, (of.get(category) ?? 0) + times));
  };
  for (const { ids, category, against } of keywords) {
    if (!against) for (const id of ids) use(id, category, 1);
  }
  categories.forEach((category, index) => {
    for (const example of category.examples) {
      for (const id of new Set(idsOf(words, spellings, example))) use(id, index, exampleUse);
    }
  });
  const company = new Map<number, Map<number, number>>();
  for (const [id, of] of uses) {
    const total = doubt + [...of.values()].reduce((sum, times) => sum + times, 0);
    const shares = [...of].map(([category, times]) => [category, times / total] as const);
    company.set(id, new Map(shares.filter(([, share]) => share >= leastShare)));
  }
  return company;
};

interface Hit {
  readonly keyword: Keyword;
  readonly places: readonly number[];
  readonly value: number;
}

/** The places (indexes into `text`) of a keyword that begins at `start`; undefined when it does not stand there. */
const placesOf = (text: readonly Found[], start: number, ids: readonly number[]): number[] | undefined => {
  const places = [start];
  for (const id of ids.slice(1)) {
    const last = places.at(-1) ?? start;
    const from = text[last]?.at ?? 0;
    let next = last + 1;
    while (next < text.length && (text[next]?.at ?? 0) - from <= maxGap + 1 && text[next]?.id !== id)
      next += 1;
    const at = text[next];
    if (at === undefined || at.id !== id || at.at - from > maxGap + 1) return undefined;
    places.push(next);
  }
  return places;
};

/** How much each word counts: less where it says only where. */
const emphasis = (text: readonly Found[]): number[] => {
  const factors = text.map(() => 1);
  text.forEach(({ word, at }, index) => {
    if (!whereabouts.has(word)) return;
    [placeNext, placeAfter].forEach((factor, step) => {
      const next = text[index + 1 + step];
      if (next !== undefined && next.at - at === step + 1) factors[index + 1 + step] = factor;
    });
  });
  return factors;
};

const hitsOf = (prepared: Prepared, text: readonly Found[], factors: readonly number[]): Hit[] => {
  const hits: Hit[] = [];
  text.forEach(({ id }, start) => {
    for (const keyword of prepared.keywords.get(id) ?? []) {
      const places = placesOf(text, start, keyword.ids);
      if (places === undefined) continue;
      const gaps = (text[places.at(-1) ?? start]?.at ?? 0) - (text[start]?.at ?? 0) - (places.length - 1);
      const factor = places.reduce((sum, place) => sum + (factors[place] ?? 1), 0) / places.length;
      hits.push({ keyword, places, value: keyword.weight * factor * gapLoss ** gaps });
    }
  });
  return hits;
};

/** Adds up what speaks for each category; a word within a matched phrase of the same category does not count again. */
const tally = (prepared: Prepared, text: readonly Found[]) => {
  const factors = emphasis(text);
  const hits = hitsOf(prepared, text, factors);
  const taken = new Map<number, Set<number>>();
  const said = new Map<Keyword, number>();
  const penalties = new Map<number, Set<Keyword>>();
  const strongestFirst = [...hits].sort(
    (a, b) => b.keyword.ids.length - a.keyword.ids.length || b.value - a.value,
  );
  for (const { keyword, places, value } of strongestFirst) {
    if (keyword.against) {
      penalties.set(keyword.category, (penalties.get(keyword.category) ?? new Set()).add(keyword));
      continue;
    }
    const used = taken.get(keyword.category) ?? new Set<number>();
    const fresh = places.filter((place) => !used.has(place)).length / places.length;
    if (fresh === 0) continue;
    for (const place of places) used.add(place);
    taken.set(keyword.category, used);
    const before = said.get(keyword);
    said.set(keyword, before === undefined ? value * fresh : before + value * fresh * repeat);
  }
  const scores = prepared.categories.map(() => 0);
  for (const [keyword, value] of said) scores[keyword.category] = (scores[keyword.category] ?? 0) + value;
  const counted = new Set<number>();
  text.forEach(({ id }, place) => {
    if (counted.has(id)) return;
    counted.add(id);
    for (const [category, share] of prepared.company.get(id) ?? []) {
      if (taken.get(category)?.has(place)) continue;
      scores[category] =
        (scores[category] ?? 0) + companyWeight * share ** companyPower * (factors[place] ?? 1);
    }
  });
  for (const [category, against] of penalties) {
    scores[category] = (scores[category] ?? 0) * againstLoss ** against.size;
  }
  return { scores, said };
};

const round = (value: number): number => Math.round(value * 100) / 100;

/**
 * What a complaint is about, by the words of the pack. Pure and bounded (5,000 characters, well under 1 ms).
 * Confidence grows with the evidence for the first candidate and falls with that for the second.
 */
export const suggest = (text: string, prepared: Prepared): Suggestion => {
  const { scores, said } = tally(prepared, read(prepared.words, prepared.spellings, text));
  const ranked = scores
    .map((score, index) => ({ score, index }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index);
  const [first, second] = ranked;
  if (first === undefined) return { category: null, confidence: 0, reasons: [], candidates: [] };
  const lead = first.score - (second?.score ?? 0);
  const confidence = round(Math.sqrt(lead / (first.score + halfEvidence)));
  const reasons = [...said]
    .filter(([keyword]) => keyword.category === first.index)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([keyword]) => keyword.text);
  const idOf = (index: number): string => prepared.categories[index]?.id ?? '';
  return {
    category: confidence >= prepared.threshold ? idOf(first.index) : null,
    confidence,
    reasons,
    candidates: ranked
      .slice(0, 3)
      .map(({ score, index }) => ({ category: idOf(index), score: round(score) })),
  };
};
