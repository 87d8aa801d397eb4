import { createHash } from 'node:crypto';
import type { City } from '../city/schema.ts';
import { stemWith } from '../language/stem.ts';
import { fillersWith, stop, tokensOf } from '../language/words.ts';

/** Longer runs of letters are no words; longer numbers are telephones, NIK and the like, and never indexed. */
const longestWord = 30;
const longestNumber = 5;

/** Addresses, and numbers that people write in groups: they lead to a person and are not what a report is about. */
const personal = [/\S+@\S+/g, /https?:\S+/g, /\+?\d(?:[\s.-]?\d){6,}/g];

/** How a city's people write: what decides the terms of a text and the units that a case belongs to. */
export interface Lexicon {
  /** Changes when anything does that decides terms or marks; the nightly comparison then brings old cases along. */
  readonly id: string;
  /** The distinct terms of a text, in the order of their first use. */
  readonly terms: (text: string) => readonly string[];
}

type Words = Pick<City['categories'], 'spellings' | 'fillers' | 'clitics'>;

/** Terms by the rules of docs/adr/0100: spellings of the pack, no fillers, one stem for the forms of a word. */
export const termsWith = ({ spellings, fillers, clitics }: Words): Lexicon['terms'] => {
  const isFiller = fillersWith(fillers);
  const stem = stemWith(clitics);
  const meant = (token: string): readonly string[] =>
    (Object.hasOwn(spellings, token) ? spellings[token] : undefined)?.split(' ') ?? [token];
  const one = (word: string): readonly string[] => {
    if (isFiller(word) || word.length < 2) return [];
    if (/^\d/.test(word)) return word.length > longestNumber ? [] : [word];
    return word.length > longestWord ? [] : [stem(word)];
  };
  return (text) => {
    const plain = personal.reduce((rest, pattern) => rest.replace(pattern, ' '), text);
    return [
      ...new Set(tokensOf(plain).flatMap((token) => (token === stop ? [] : meant(token).flatMap(one)))),
    ];
  };
};

const known = new WeakMap<City, Lexicon>();

/** The lexicon of the live city, made once for each version of it. */
export const lexiconOf = (city: City): Lexicon => {
  const before = known.get(city);
  if (before !== undefined) return before;
  const { spellings, fillers, clitics } = city.categories;
  const decides = [
    ...[spellings, fillers, clitics],
    city.areas.map(({ code, name, aliases }) => [code, name, aliases]),
    city.units.map(({ id, parent }) => [id, parent]),
  ];
  const lexicon = {
    id: createHash('sha256').update(JSON.stringify(decides)).digest('base64url').slice(0, 8),
    terms: termsWith(city.categories),
  };
  known.set(city, lexicon);
  return lexicon;
};
