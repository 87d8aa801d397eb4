/** A text as it is read rather than as it is encoded, and where each of its UTF-16 units stands in the original. */
export interface Plain {
  readonly text: string;
  /** Span of `text.slice(from, to)` in the original. */
  readonly span: (from: number, to: number) => readonly [from: number, to: number];
}

/** Printable ASCII, tabs and line breaks are what they look like. */
const ordinary = /^[\t\n\r\x20-\x7e]*$/;
/** Takes no room of its own: joiners, soft hyphens, selectors, accents and the frame of a keycap. */
const weightless = /^[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Mn}\p{Me}]$/u;
const mark = /^[\p{Mn}\p{Me}]$/u;
const decimal = /^\p{Nd}$/u;
const dash = /^[\p{Pd}\u2212\u30fc]$/u;
const dot = /^[\u2022\u2027\u2219\u22c5\u25cf\u30fb]$/u;

/** Letters of other scripts that look like Latin ones, each above its own. */
const foreign = 'АВЕКМНОРСТУХІЅЈаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧορ';
const latin = 'ABEKMHOPCTYXISJaeopcyxisjABEZHIKMNOPTYXop';
const lookAlikes = new Map([...foreign].map((letter, at) => [letter, latin.charAt(at)]));

/** First of nine (ten where it begins with the zero) digits in rings that have no plain form in Unicode. */
const rings: readonly (readonly [first: number, digit: number])[] = [
  [0x24f5, 1],
  [0x2776, 1],
  [0x2780, 1],
  [0x278a, 1],
];
const zeros = new Set([0x24ff, 0x1f10b, 0x1f10c]);

const ringed = (point: number): string | undefined => {
  if (zeros.has(point)) return '0';
  const ring = rings.find(([first]) => point >= first && point < first + 9);
  return ring === undefined ? undefined : String(point - ring[0] + ring[1]);
};

/** Digits of every script stand in runs of ten that begin with their zero. */
const digitOf = (point: number): string => {
  let before = 0;
  while (decimal.test(String.fromCodePoint(point - before - 1))) before += 1;
  return String(before % 10);
};

const readAs = (character: string): string =>
  [...character.normalize('NFKC')]
    .map((one) => {
      const point = one.codePointAt(0) ?? 0;
      if (weightless.test(one)) return '';
      if (decimal.test(one)) return point < 0x80 ? one : digitOf(point);
      if (dash.test(one)) return '-';
      if (dot.test(one)) return '\u00b7';
      if (one === '\u3002') return '.';
      // The braille blank is the one blank that no property calls so.
      if (point === 0x2800) return ' ';
      return lookAlikes.get(one) ?? ringed(point) ?? one;
    })
    .join('');

/** `08l2`, `789o`: letters for digits in a run that holds digits and nothing else. Length stays. */
const withDigits = (text: string): string =>
  text.replace(/(?<![\p{L}\d])[\dOoIl]{2,}(?![\p{L}\d])/gu, (run) =>
    /\d/.test(run) ? run.replace(/[Oo]/g, '0').replace(/[Il]/g, '1') : run,
  );

/**
 * What a reader sees: compatibility forms, digits of other scripts, rings and keycaps as plain digits, dashes as
 * hyphens, letters that look Latin as Latin ones; without what takes no room. Pure, linear in the text.
 */
export const plainOf = (original: string): Plain => {
  if (ordinary.test(original)) return { text: withDigits(original), span: (from, to) => [from, to] };
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of original) {
    const next = at + character.length;
    const read = ordinary.test(character) || !weightless.test(character) ? readAs(character) : '';
    // An accent goes with its letter, the frame with the digit in it.
    if (read === '' && mark.test(character) && ends.length > 0) ends[ends.length - 1] = next;
    for (let unit = 0; unit < read.length; unit += 1) {
      starts.push(at);
      ends.push(next);
    }
    text += read;
    at = next;
  }
  return { text: withDigits(text), span: (from, to) => [starts[from] ?? at, ends[to - 1] ?? at] };
};
