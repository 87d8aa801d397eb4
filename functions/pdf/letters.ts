import { type Face, widths } from './metrics.ts';

/** What Windows-1252 has where Latin-1 has control characters, from 0x80 on; a blank where it has nothing. */
const high = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const codes: ReadonlyMap<string, number> = new Map(
  [...high].flatMap((letter, i) => (letter === ' ' ? [] : [[letter, 0x80 + i] as const])),
);
/** Letters that no decomposition brings to Latin ones. */
const alike: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '\t': '  ',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '―': '—',
  '′': "'",
  '″': '"',
  ʼ: "'",
  ʿ: "'",
  '→': '->',
  '≤': '<=',
  '≥': '>=',
  '≈': '~',
  '●': '•',
  '▪': '•',
  '✓': 'v',
  '✔': 'v',
  đ: 'd',
  ł: 'l',
  ı: 'i',
};
/** Stands for what cannot be printed: seen, and never taken for a letter. */
const unknown = '¤';

const codeOf = (letter: string): number | undefined => {
  const point = letter.codePointAt(0) ?? 0;
  return (point >= 0x20 && point < 0x7f) || (point >= 0xa1 && point <= 0xff && point !== 0xad)
    ? point
    : codes.get(letter);
};

/** Marks on a letter, joiners, selectors of a picture's form: nothing of their own. */
const silent = /^[\p{M}\p{Cf}\p{Cc}\p{Emoji_Modifier}]+$/u;

/**
 * The text in the letters that the paper's fonts have (Windows-1252): the same where it has them, else without its
 * marks, else `¤`. A run that has none (another script, pictures) becomes a single `¤`.
 */
export const printable = (text: string): string => {
  let out = '';
  for (const letter of text.normalize('NFC')) {
    if (letter === '\n' || codeOf(letter) !== undefined) {
      out += letter;
      continue;
    }
    const known = alike[letter] ?? letter.normalize('NFKD').replace(/\p{M}/gu, '');
    if (known !== '' && [...known].every((one) => codeOf(one) !== undefined)) out += known;
    else if (!silent.test(letter) && !out.endsWith(unknown)) out += unknown;
  }
  return out;
};

/** As a string of a content stream. */
export const hexOf = (text: string): string =>
  `<${[...printable(text)].map((letter) => (codeOf(letter) ?? 0x20).toString(16).padStart(2, '0')).join('')}>`;

/** Width in points. @param text already printable, or what becomes of it */
export const widthOf = (text: string, face: Face, size: number): number => {
  let sum = 0;
  for (const letter of printable(text)) sum += widths[face][(codeOf(letter) ?? 0x20) - 0x20] ?? 0;
  return (sum * size) / 1000;
};

/** A word that is longer than the line, cut where it is full. */
const cut = (word: string, face: Face, size: number, width: number): readonly string[] => {
  const parts: string[] = [];
  let part = '';
  for (const letter of word) {
    if (part !== '' && widthOf(part + letter, face, size) > width) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part];
};

/** Lines no wider than `width` points; a line break in the text is one on the paper. */
export const wrapped = (text: string, face: Face, size: number, width: number): readonly string[] =>
  printable(text)
    .split('\n')
    .flatMap((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(/ +/).flatMap((w) => cut(w, face, size, width))) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (line !== '' && widthOf(longer, face, size) > width) {
          lines.push(line);
          line = word;
        } else line = longer;
      }
      return [...lines, line];
    });
