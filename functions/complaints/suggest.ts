import type { Category, Setting } from '../city/schema.ts';
import { fillersWith, type IsFiller, stop, tokensOf } from '../language/words.ts';
import { type Index, type Keyword, type Step, tally } from './tally.ts';
import { type Found, read, vocabulary } from './vocabulary.ts';

type Categories = Setting<'categories'>;

/** Categories made ready for matching; build once for a version of the setting. */
export interface Prepared extends Index {
  readonly categories: readonly Category[];
  readonly threshold: number;
  readonly spellings: Categories['spellings'];
  readonly isFiller: IsFiller;
}

export interface Suggestion {
  /** Null when the confidence is below the city's threshold: a wrong unit is worse than none. */
  readonly category: string | null;
  /** 0–1, two decimals. */
  readonly confidence: number;
  /** Keywords and words of the pack that spoke for the first candidate, strongest first; at most five. */
  readonly reasons: readonly string[];
  /** The three best, whether proposed or not. */
  readonly candidates: readonly { readonly category: string; readonly score: number }[];
}

/** A lead of this much over no evidence at all is half of certainty. */
const halfEvidence = 0.5;
/** A phrase of n words weighs 1 + this × log2 n of one word. */
const lengthGrowth = 0.5;
/** How much of a single word's weight is its rarity among the categories; the rest is how much of its use is theirs. */
const singleRarity = 0.5;
/** A phrase of words that every category has still weighs this much of a rare one. */
const phraseFloor = 0.4;
/** What a word counts at most for the company that it keeps. */
const companyWeight = 0.7;
/** A word that says less than this is no reason to name. */
const leastReason = 0.3;
/** Uses that a word is credited with elsewhere: one example is no rule. */
const doubt = 1;

/** What is plain already (most keywords are) needs no reading as a text does. */
const plain = /^[a-z0-9 ]+$/;

const wordsOf = (
  { spellings, isFiller }: Pick<Prepared, 'spellings' | 'isFiller'>,
  text: string,
): string[] => {
  const words: string[] = [];
  for (const token of plain.test(text) ? text.split(' ') : tokensOf(text)) {
    const meant = Object.hasOwn(spellings, token) ? spellings[token] : undefined;
    if (meant !== undefined) words.push(...meant.split(' ').filter((word) => !isFiller(word)));
    else if (!/^\d{3,}$/.test(token) && token !== '' && token !== stop && !isFiller(token)) words.push(token);
  }
  return words;
};

/** What one category makes of a word, in keywords and examples. */
interface Use {
  readonly category: number;
  times: number;
  inKeyword: boolean;
}

/** Builds the index, once for a version of the setting: some ten milliseconds for six thousand keywords. */
export const prepare = (setting: Categories): Prepared => {
  const { spellings, threshold } = setting;
  const isFiller = fillersWith(setting.fillers);
  const spoken = { spellings, isFiller };
  const categories = setting.groups.flatMap((group) => group.categories);
  const words = vocabulary(setting);
  const keywords: Step = {};
  const steps: Step[] = [];
  /** By the number of the word; the categories come one after the other, so the last entry is the present one. */
  const uses: Use[][] = [];
  const use = (id: number, category: number, inKeyword: boolean): void => {
    uses[id] ??= [];
    const row = uses[id];
    const last = row.at(-1);
    if (last?.category !== category) row.push({ category, times: 1, inKeyword });
    else {
      last.times += 1;
      last.inKeyword ||= inKeyword;
    }
  };
  const learn = (text: string, category: number, against: boolean): void => {
    const ids = wordsOf(spoken, text).map(words.learn);
    if (ids.length === 0) return;
    let step = keywords;
    for (const id of ids) {
      if (!against) use(id, category, true);
      step.next ??= new Map();
      let next = step.next.get(id);
      if (next === undefined) {
        next = {};
        step.next.set(id, next);
      }
      step = next;
    }
    if (step.ends === undefined) {
      step.ends = [];
      steps.push(step);
    }
    step.ends.push({ text, category, against, ids, weight: 0 });
  };
  categories.forEach((category, index) => {
    for (const text of category.keywords) learn(text, index, false);
    for (const text of category.against) learn(text, index, true);
    for (const text of category.examples) {
      for (const id of new Set(wordsOf(spoken, text).map(words.learn))) use(id, index, false);
    }
  });
  const heard = Array.from({ length: words.size() }, (_, id) => wordOf(uses[id] ?? [], categories.length));
  for (const { ends = [] } of steps) {
    // The same words in several categories say less for each of them.
    const sharing = new Set(ends.filter((end) => !end.against).map((end) => end.category)).size;
    for (const end of ends) end.weight = weigh(end, heard) / Math.sqrt(Math.max(1, sharing));
  }
  const company = heard.map(({ shares }) =>
    shares.map(([category, share]) => [category, companyWeight * Math.sqrt(share)] as const),
  );
  return { categories, size: categories.length, threshold, ...spoken, words, keywords, company };
};

interface Word {
  /** 1 in the keywords of one category, falling towards 0 for a word of all. */
  readonly rarity: number;
  /** How much of its use is each category's own. */
  readonly shares: readonly (readonly [category: number, share: number])[];
}

const wordOf = (uses: readonly Use[], categories: number): Word => {
  const having = Math.max(1, uses.filter((use) => use.inKeyword).length);
  const total = uses.reduce((sum, { times }) => sum + times, doubt);
  return {
    rarity: Math.log(1 + categories / having) / Math.log(1 + categories),
    shares: uses.map(({ category, times }) => [category, times / total] as const),
  };
};

const weigh = ({ ids, category }: Keyword, heard: readonly Word[]): number => {
  const rarest = Math.max(...ids.map((id) => heard[id]?.rarity ?? 0));
  if (ids.length > 1) {
    return (1 + lengthGrowth * Math.log2(Math.min(ids.length, 4))) * Math.max(phraseFloor, rarest);
  }
  const share = heard[ids[0] ?? 0]?.shares.find(([of]) => of === category)?.[1] ?? 0;
  return singleRarity * rarest + (1 - singleRarity) * share;
};

/** Words of the text that keep company with a category, in the pack's spelling: never the reporter's own. */
const companions = (prepared: Prepared, text: readonly Found[], category: number) =>
  [...new Set(text.map(({ id }) => id))]
    .map((id) => ({
      name: prepared.words.name(id),
      value: prepared.company[id]?.find(([of]) => of === category)?.[1] ?? 0,
    }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value);

const round = (value: number): number => Math.round(value * 100) / 100;

/**
 * What a complaint is about, by the words of the pack. Pure and bounded (the first 5,000 characters). Confidence is
 * the first candidate's lead over the second, measured against its own evidence.
 */
export const suggest = (text: string, prepared: Prepared): Suggestion => {
  const found = read(prepared.words, prepared.spellings, prepared.isFiller, text);
  const { scores, said } = tally(prepared, found);
  const ranked = [...scores.entries()]
    .filter(([, score]) => score > 0)
    .sort(([i, a], [j, b]) => b - a || i - j)
    .slice(0, 3);
  const [[first, top] = [-1, 0], [, second] = [-1, 0]] = ranked;
  if (first < 0) return { category: null, confidence: 0, reasons: [], candidates: [] };
  const confidence = round(Math.sqrt((top - second) / (top + halfEvidence)));
  const reasons = [...said]
    .filter(([keyword]) => keyword.category === first)
    .sort(([, a], [, b]) => b - a)
    .map(([keyword]) => keyword.text);
  for (const { name, value } of companions(prepared, found, first)) {
    if (value < leastReason && reasons.length > 0) break;
    if (!reasons.some((reason) => reason.includes(name))) reasons.push(name);
  }
  const idOf = (index: number): string => prepared.categories[index]?.id ?? '';
  return {
    category: confidence >= prepared.threshold ? idOf(first) : null,
    confidence,
    reasons: reasons.slice(0, 5),
    candidates: ranked.map(([index, score]) => ({ category: idOf(index), score: round(score) })),
  };
};
