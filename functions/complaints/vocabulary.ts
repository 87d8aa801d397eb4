import type { Setting } from '../city/schema.ts';
import { cliticsWith, type IsFiller, oneSlip, rootsOf, stop, tokensOf, voicesOf } from '../language/words.ts';

type Spelling = Pick<Setting<'categories'>, 'spellings' | 'shifts' | 'clitics'>;

/** The words that keywords use, each a number, and the ways by which what people write leads to one of them. */
export interface Vocabulary {
  /** Number of a word as people write it; undefined when it leads to no keyword. */
  readonly find: (word: string) => readonly number[] | undefined;
  /** Number of a keyword's own word, giving it one when new. */
  readonly learn: (word: string) => number;
  /** The word of a number, as a keyword first wrote it. */
  readonly name: (id: number) => string;
  readonly size: () => number;
}

/** Shorter words have too many neighbours for a slip to be told from another word. */
const shortestSlip = 6;
/** A shift needs this much of the word besides. */
const shortestRest = 3;
/** A text of many unknown words is no complaint; it must not cost more than one. */
const maxRemembered = 4000;

const shiftsOf = (shifts: Spelling['shifts']) => {
  const starts = shifts.filter((shift) => shift.at === 'start');
  const ends = shifts.filter((shift) => shift.at === 'end');
  const apply = (word: string, rules: Spelling['shifts'], at: 'start' | 'end'): string[] =>
    rules
      .filter(({ from }) => word.length >= from.length + shortestRest)
      .filter(({ from }) => (at === 'start' ? word.startsWith(from) : word.endsWith(from)))
      .map(({ from, to }) =>
        at === 'start' ? to + word.slice(from.length) : word.slice(0, -from.length) + to,
      );
  return (word: string): string[] => {
    const begun = apply(word, starts, 'start');
    return [...apply(word, ends, 'end'), ...begun, ...begun.flatMap((form) => apply(form, ends, 'end'))];
  };
};

export const vocabulary = ({ spellings, shifts, clitics: regional }: Spelling): Vocabulary => {
  const own = new Map<string, number>();
  /** Other voices of the own words: `diangkut` in a keyword is met by `mengangkut` in a text. */
  const voices = new Map<string, number>();
  const words: string[] = [];
  const byShape = new Map<string, number[]>();
  const remembered = new Map<string, readonly number[] | null>();
  const shifted = shiftsOf(shifts);
  const clitics = cliticsWith(regional);

  const known = (word: string): number | undefined => own.get(word) ?? voices.get(word);

  const inflected = (word: string): number | undefined => {
    for (const form of voicesOf(word, clitics)) {
      const id = known(form);
      if (id !== undefined) return id;
    }
    for (const form of rootsOf(word, clitics)) {
      const id = own.get(form);
      if (id !== undefined) return id;
    }
    return undefined;
  };

  const slipped = (word: string): number | undefined => {
    if (word.length < shortestSlip) return undefined;
    for (const length of [word.length, word.length - 1, word.length + 1]) {
      const near = byShape.get(`${word[0]}${length}`)?.find((id) => oneSlip(word, words[id] ?? ''));
      if (near !== undefined) return near;
    }
    return undefined;
  };

  const one = (word: string): number | undefined => {
    const id = known(word) ?? inflected(word);
    if (id !== undefined) return id;
    for (const form of shifted(word)) {
      const other = known(form) ?? inflected(form);
      if (other !== undefined) return other;
    }
    return slipped(word);
  };

  const find = (word: string): readonly number[] | undefined => {
    const before = remembered.get(word);
    if (before !== undefined) return before ?? undefined;
    const meant = Object.hasOwn(spellings, word) ? spellings[word]?.split(' ') : undefined;
    const ids = (meant ?? [word]).map(one).filter((id) => id !== undefined);
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(word, ids.length === 0 ? null : ids);
    return ids.length === 0 ? undefined : ids;
  };

  const learn = (word: string): number => {
    const before = own.get(word);
    if (before !== undefined) return before;
    // Two voices of one word are one word: `diangkut` and `mengangkut` in different keywords.
    const id =
      voices.get(word) ??
      voicesOf(word, clitics)
        .map(known)
        .find((n) => n !== undefined) ??
      words.length;
    own.set(word, id);
    if (id === words.length) words.push(word);
    for (const voice of voicesOf(word, clitics)) {
      if (voice.length >= 4 && known(voice) === undefined) voices.set(voice, id);
    }
    const shape = `${word[0]}${word.length}`;
    const alike = byShape.get(shape);
    if (alike === undefined) byShape.set(shape, [id]);
    else alike.push(id);
    return id;
  };

  return { find, learn, name: (id) => words[id] ?? '', size: () => words.length };
};

/** A word of a text: its number (−1 when it leads to no keyword) and its place; a sentence end leaves a wide gap. */
export interface Found {
  readonly id: number;
  readonly at: number;
  readonly word: string;
}

const sentenceGap = 3;

/** The words of a text that matter, with their places; fillers take none. */
export const read = (
  words: Vocabulary,
  spellings: Spelling['spellings'],
  isFiller: IsFiller,
  text: string,
): Found[] => {
  const result: Found[] = [];
  let at = 0;
  for (const token of tokensOf(text)) {
    if (token === stop) {
      at += sentenceGap;
      continue;
    }
    const meant = Object.hasOwn(spellings, token) ? spellings[token] : undefined;
    if (isFiller(meant ?? token)) continue;
    const ids = words.find(token) ?? [-1];
    for (const id of ids) {
      if (result.at(-1)?.id === id && id >= 0) continue;
      result.push({ id, at, word: meant ?? token });
      at += 1;
    }
  }
  return result;
};
