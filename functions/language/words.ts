/**
 * Indonesian as people type it, without a dictionary: what a word could be an inflection of. The caller keeps only
 * what is in its vocabulary, so a wrong guess here costs nothing.
 */

/** Longest text that is looked at; the rest of a longer one adds nothing to what it is about. */
export const maxCharacters = 5000;

const fillers = new Set(
  `yang dan di ke dari ini itu nya pak bu bapak ibu buk bg bang kak mohon tolong saya kami kita aku dengan
  untuk pada oleh juga lagi sudah telah saja lah kah pun dong sih nih tuh ya iya kok deh kan min admin yth assalamualaikum
  wr wb terimakasih makasih trims selamat pagi siang sore sangat sekali agar supaya akan sedang masih karena jadi adalah
  para sang si`.split(/\s+/),
);

/** Whether a word says nothing about the matter; between the words of a phrase it does not count as a gap. */
export type IsFiller = (word: string) => boolean;

/** @param more words of the region's speech, from the pack */
export const fillersWith = (more: readonly string[]): IsFiller => {
  const regional = new Set(more);
  return (word) => fillers.has(word) || regional.has(word);
};

/** What may stand behind a word that is no part of it: possessives. */
const possessives = ['nya', 'ku', 'mu'];

/** @param more endings of the region's speech, from the pack */
export const cliticsWith = (more: readonly string[]): RegExp =>
  new RegExp(`(${[...possessives, ...more].join('|')})$`);

const indonesian = cliticsWith([]);

/** A sentence end: nothing on its other side belongs to the same phrase. */
export const stop = '.';

/**
 * Small letters a–z and digits, accents and apostrophes dropped, `parahhhh` → `parah`, `lubang2` → `lubang`;
 * sentence ends as `stop`. At most `maxCharacters` are read.
 */
export const tokensOf = (text: string): string[] => {
  const plain = text
    .slice(0, maxCharacters)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'\u2019\u2018`]/g, '')
    .replace(/([a-z])\1{2,}/g, '$1')
    // Thanks are no matter, but `uang terima kasih` is.
    .replace(/(?<!uang )terima kasih/g, ' ');
  const tokens: string[] = [];
  for (const [token] of plain.matchAll(/[a-z]+2?(?![a-z0-9])|[a-z]+|\d+|[.!?;\n]+/g)) {
    const first = token.charCodeAt(0);
    if (first >= 97) tokens.push(token.endsWith('2') ? token.slice(0, -1) : token);
    else if (first >= 48 && first <= 57) tokens.push(token);
    else if (tokens.at(-1) !== stop) tokens.push(stop);
  }
  return tokens;
};

const strip = (word: string, ending: RegExp): string => {
  const stem = word.replace(ending, '');
  return stem.length >= 3 ? stem : word;
};

/** meN- and its careless spoken form (`ngangkut`, `nyampah`), with the consonant that the prefix swallowed. */
const active = (word: string): string[] => {
  const of = (rest: string, ...swallowed: string[]): string[] =>
    rest.length < 2 ? [] : [rest, ...swallowed.map((letter) => letter + rest)];
  const m = /^(?:me)?(ny|ng|n|m)(.+)$/.exec(word);
  const [, nasal = '', rest = ''] = m ?? [];
  const bare = word.startsWith('me') && !/^me(ny|ng)/.test(word) ? of(word.slice(2)) : [];
  switch (nasal) {
    case 'ny':
      return [...of(rest, 's').slice(1), ...bare];
    case 'ng':
      return [...of(rest, 'k'), ...(rest.startsWith('e') ? of(rest.slice(1)) : []), ...bare];
    case 'n':
      return [...of(rest, 't'), ...bare];
    case 'm':
      return [...(word.startsWith('mem') || !word.startsWith('me') ? of(rest, 'p') : []), ...bare];
    default:
      return bare;
  }
};

/** Without particles and possessives: `jalannya`, `dimanakah`. */
const bareOf = (word: string, clitics: RegExp): string => strip(strip(word, /(lah|kah|pun|tah)$/), clitics);

/**
 * The same word in another voice or with an ending: `diangkut`, `mengangkut`, `ngangkut`, `angkutnya` → `angkut`.
 * Never the word itself.
 */
export const voicesOf = (word: string, clitics = indonesian): string[] => {
  if (word.length < 4) return [];
  const forms = new Set<string>();
  const base = bareOf(word, clitics);
  for (const form of new Set([base, strip(base, /kan$/), strip(base, /i$/)])) {
    forms.add(form);
    if (form.startsWith('di') && form.length > 4) forms.add(form.slice(2));
    for (const root of active(form)) if (root.length >= 3) forms.add(root);
  }
  forms.delete(word);
  return [...forms];
};

const prefixes = 'ber ter per pel bel pem pen peng peny pe be te ke se di'.split(' ');

/** What the word could be derived from, nearest first: `pembuangan` → `buang`, `berlubang` → `lubang`. */
export const rootsOf = (word: string, clitics = indonesian): string[] => {
  if (word.length < 5) return [];
  const forms = new Set<string>();
  for (const voice of [word, ...voicesOf(word, clitics)]) {
    for (const form of new Set([voice, strip(voice, /an$/), strip(voice, /kan$/), strip(voice, /i$/)])) {
      forms.add(form);
      for (const prefix of prefixes) {
        const rest = form.slice(prefix.length);
        if (!form.startsWith(prefix) || rest.length < 3) continue;
        // `te-` stands before r only (`terendam`); elsewhere it is part of the word (`tetangga`).
        if (prefix === 'te' && !rest.startsWith('r')) continue;
        forms.add(rest);
        if (prefix === 'pem') forms.add(`p${rest}`);
        else if (prefix === 'pen') forms.add(`t${rest}`);
        else if (prefix === 'peng') forms.add(`k${rest}`);
        else if (prefix === 'peny') forms.add(`s${rest}`);
      }
    }
  }
  forms.delete(word);
  return [...forms];
};

/** Whether one insertion, deletion, replacement or swap of neighbours turns `a` into `b`. */
export const oneSlip = (a: string, b: string): boolean => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  if (a.length === b.length) {
    if (a.slice(i + 1) === b.slice(i + 1)) return true;
    return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
  }
  return a.length > b.length ? a.slice(i + 1) === b.slice(i) : a.slice(i) === b.slice(i + 1);
};
