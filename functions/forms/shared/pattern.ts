/**
 * Patterns of a form: a small subset of regular expressions with a matcher of its own (match.ts), so that no pattern can
 * make an answer hang.
 *
 * `^…$` around characters, classes `[a-z0-9-]`, `.`, `\d \w \s`, groups `(…|…)`, and `? {n} {n,m}` after any of these.
 * What repeats without end (`* + {n,}`) is one character or class, twice at most: a browser may be given the pattern too, and
 * repeats in or after each other are what its matcher hangs on.
 */
export interface CharSet {
  /** Code points, both ends inclusive. */
  readonly ranges: readonly (readonly [low: number, high: number])[];
  readonly not: boolean;
}
export type Node =
  | { readonly set: CharSet }
  | { readonly seq: readonly Node[] }
  | { readonly alt: readonly Node[] }
  | { readonly repeat: Node; readonly min: number; readonly max: number };

export type PatternProblem = 'badPattern' | 'hostilePattern';
export type Pattern = { readonly node: Node } | { readonly problem: PatternProblem };

const countLimit = 200;
const depthLimit = 8;
/** Repeats that leave more than so many lengths open, and how many of those a pattern may have. */
const openLengths = 20;
const openRepeats = 2;
const digit = [48, 57] as const;
const word = [digit, [65, 90], [95, 95], [97, 122]] as const;
const blank = [
  [9, 13],
  [32, 32],
  [160, 160],
] as const;
const lineEnds = [
  [10, 10],
  [13, 13],
  [0x2028, 0x2029],
] as const;
const classes: Readonly<Record<string, CharSet>> = {
  d: { ranges: [digit], not: false },
  w: { ranges: word, not: false },
  s: { ranges: blank, not: false },
};
const special = '\\^$.|?*+()[]{}';

/**
 * Reads a pattern.
 * @returns `hostilePattern` for what could make some matcher hang (unbounded repeats of more than one character,
 *   back references, looking around), `badPattern` for what is not of the subset at all
 */
export const readPattern = (pattern: string): Pattern => {
  const letters = [...pattern];
  let at = 0;
  let problem: PatternProblem | undefined;
  let open = 0;

  const fail = (what: PatternProblem): undefined => {
    problem ??= what;
    return undefined;
  };
  const take = (letter: string): boolean => {
    if (letters[at] !== letter) return false;
    at += 1;
    return true;
  };
  const single = (letter: string): CharSet => {
    const code = letter.codePointAt(0) ?? 0;
    return { ranges: [[code, code]], not: false };
  };

  const escaped = (): CharSet | undefined => {
    const letter = letters[at];
    at += 1;
    if (letter === undefined) return fail('badPattern');
    const named = classes[letter];
    if (named !== undefined && Object.hasOwn(classes, letter)) return named;
    if (special.includes(letter) || letter === '-' || letter === '/') return single(letter);
    return fail(/[1-9kbB]/.test(letter) ? 'hostilePattern' : 'badPattern');
  };

  /** One member of `[…]`: a character, a range, or the ranges of an escape. */
  const member = (): CharSet['ranges'] | undefined => {
    const low = letters[at];
    at += 1;
    if (low === undefined || low === '[') return fail('badPattern');
    const first = low === '\\' ? escaped() : single(low);
    if (first === undefined || letters[at] !== '-' || letters[at + 1] === ']') return first?.ranges;
    at += 1;
    const high = letters[at];
    at += 1;
    const last = high === '\\' ? escaped() : high === undefined || high === '[' ? undefined : single(high);
    const [from, to] = [first.ranges[0]?.[0], last?.ranges[0]?.[1]];
    const chars = first.ranges.length === 1 && last?.ranges.length === 1;
    return from === undefined || to === undefined || !chars || to < from ? fail('badPattern') : [[from, to]];
  };

  const charClass = (): Node | undefined => {
    const not = take('^');
    const ranges: (readonly [number, number])[] = [];
    while (!take(']')) {
      const more = member();
      if (more === undefined) return fail('badPattern');
      ranges.push(...more);
    }
    return ranges.length === 0 ? fail('badPattern') : { set: { ranges, not } };
  };

  const atom = (depth: number): Node | undefined => {
    const letter = letters[at] ?? '';
    at += 1;
    if (letter === '[') return charClass();
    if (letter === '.') return { set: { ranges: lineEnds, not: true } };
    if (letter === '\\') {
      const set = escaped();
      return set === undefined ? undefined : { set };
    }
    if (letter === '(') {
      if (take('?') && !take(':')) return fail('hostilePattern');
      const inner = alternatives(depth + 1);
      return inner !== undefined && take(')') ? inner : fail('badPattern');
    }
    return special.includes(letter) ? fail('badPattern') : { set: single(letter) };
  };

  const counts = (): readonly [number, number] | undefined => {
    if (take('?')) return [0, 1];
    if (take('*')) return [0, Number.POSITIVE_INFINITY];
    if (take('+')) return [1, Number.POSITIVE_INFINITY];
    if (!take('{')) return [1, 1];
    const end = letters.indexOf('}', at);
    const read = /^(\d{1,4})(,(\d{1,4})?)?$/.exec(letters.slice(at, Math.max(at, end)).join(''));
    if (read === null) return fail('badPattern');
    at = end + 1;
    const min = Number(read[1]);
    const max =
      read[2] === undefined ? min : read[3] === undefined ? Number.POSITIVE_INFINITY : Number(read[3]);
    if (min > countLimit || (max !== Number.POSITIVE_INFINITY && max > countLimit))
      return fail('hostilePattern');
    return max < min || max === 0 ? fail('badPattern') : [min, max];
  };

  const term = (depth: number): Node | undefined => {
    const node = atom(depth);
    const count = node === undefined ? undefined : counts();
    if (node === undefined || count === undefined) return undefined;
    const [min, max] = count;
    if (min === 1 && max === 1) return node;
    // Lazy and possessive repeats change nothing for a whole match; a repeat of a repeat does.
    if ('?*+{'.includes(letters[at] ?? ' ')) return fail('badPattern');
    if (max === Number.POSITIVE_INFINITY && !('set' in node)) return fail('hostilePattern');
    if (max - min > openLengths) open += 1;
    if (open > openRepeats) return fail('hostilePattern');
    return { repeat: node, min, max };
  };

  const sequence = (depth: number): Node | undefined => {
    const seq: Node[] = [];
    while (at < letters.length && letters[at] !== '|' && letters[at] !== ')' && letters[at] !== '$') {
      const node = term(depth);
      if (node === undefined) return undefined;
      seq.push(node);
    }
    return { seq };
  };

  const alternatives = (depth: number): Node | undefined => {
    if (depth > depthLimit) return fail('hostilePattern');
    const alt: Node[] = [];
    do {
      const node = sequence(depth);
      if (node === undefined) return undefined;
      alt.push(node);
    } while (take('|'));
    return alt.length === 1 ? alt[0] : { alt };
  };

  if (!take('^')) return { problem: 'badPattern' };
  const node = alternatives(0);
  const whole = node !== undefined && take('$') && at === letters.length;
  if (!whole) return { problem: problem ?? 'badPattern' };
  // `^a|b$` binds its anchors to one side each in JSON Schema.
  return 'alt' in node ? { problem: 'badPattern' } : { node };
};
