import type { AnswerProblemCode } from './answer-problems.ts';
import { dayRange, isDay } from './dates.ts';
import { kinded } from './kinds.ts';
import { matches } from './match.ts';
import type { Answers, Around, Leaf, LeafOf } from './model.ts';

/** What is wrong with one answer, and what would do. */
export interface Fault {
  readonly problem: AnswerProblemCode;
  readonly limit?: string | number;
}
const wrong = (problem: AnswerProblemCode, limit?: string | number): Fault =>
  limit === undefined ? { problem } : { problem, limit };

/** Control characters, and those that turn the direction of what stands around them: a name would read as another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
const unreadable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;
/** Joiners and marks that nobody sees: of these alone no answer consists. */
const invisible = /\p{Cf}/gu;
/** Region, day of birth (women + 40), month, year, serial; there is no check digit. */
const nik = /^\d{6}([04][1-9]|[1256]\d|[37][01])(0[1-9]|1[0-2])\d{2}\d{4}$/;
const kk = /^\d{16}$/;
const areaCode = /^\d{2}\.\d{2}\.\d{2}(\.\d{4})?$/;
const fileIdLimit = 500;
const phone = /^(\+62|62|0)[2-9]\d{6,12}$/;
const email = /^[a-zA-Z0-9._%+-]{1,64}@[a-zA-Z0-9-]{1,63}(\.[a-zA-Z0-9-]{1,63}){0,4}\.[a-zA-Z]{2,24}$/;

const textFault = (field: LeafOf<'text'>, value: string): Fault | undefined => {
  const length = [...value.replace(invisible, '').trim()].length;
  const least = Math.max(1, field.minLength ?? 1);
  if (unreadable.test(value)) return wrong('controlCharacter');
  if (field['x-lines'] !== true && /[\r\n\u2028\u2029]/.test(value)) return wrong('controlCharacter');
  if ([...value].length > field.maxLength) return wrong('tooLong', field.maxLength);
  if (length < least) return wrong('tooShort', least);
  return field.pattern !== undefined && !matches(field.pattern, value) ? wrong('pattern') : undefined;
};

const numberFault = (
  { minimum, maximum }: { readonly minimum?: number | undefined; readonly maximum?: number | undefined },
  value: number,
): Fault | undefined => {
  if (minimum !== undefined && value < minimum) return wrong('tooSmall', minimum);
  return maximum !== undefined && value > maximum ? wrong('tooLarge', maximum) : undefined;
};

const choicesFault = (field: LeafOf<'choices'>, values: readonly unknown[]): Fault | undefined => {
  const known = new Set<unknown>(field.items.oneOf.map((one) => one.const));
  if (values.some((value) => !known.has(value))) return wrong('notAChoice');
  if (new Set(values).size < values.length) return wrong('twice');
  if (values.length < (field.minItems ?? 0)) return wrong('tooFew', field.minItems);
  return values.length > (field.maxItems ?? known.size) ? wrong('tooMany', field.maxItems) : undefined;
};

const jsonTypes = {
  string: (value: unknown) => typeof value === 'string',
  integer: (value: unknown) => Number.isSafeInteger(value),
  number: (value: unknown) => Number.isFinite(value),
  boolean: (value: unknown) => typeof value === 'boolean',
  array: (value: unknown) => Array.isArray(value),
} as const;

/** What is wrong with an answer as it stands, whatever the day and the city. */
export const shapeFault = (leaf: Leaf, value: unknown): Fault | undefined => {
  if (!jsonTypes[leaf.type](value)) return wrong('type');
  const text = typeof value === 'string' ? value : '';
  const { kind, field } = kinded(leaf);
  switch (kind) {
    case 'text':
      return textFault(field, text);
    case 'nik':
      return nik.test(text) ? undefined : wrong('nik');
    case 'kk':
      return kk.test(text) ? undefined : wrong('kk');
    case 'phone':
      return phone.test(text) ? undefined : wrong('phone');
    case 'email':
      return text.length <= 254 && email.test(text) ? undefined : wrong('email');
    case 'area':
      return areaCode.test(text) ? undefined : wrong('area');
    case 'file':
      return text.length > 0 && text.length <= fileIdLimit ? undefined : wrong('unknownFile');
    case 'date':
      return isDay(text) ? undefined : wrong('day');
    case 'choice':
      return field.oneOf.some((one) => one.const === text) ? undefined : wrong('notAChoice');
    case 'choices':
      return choicesFault(field, value as readonly unknown[]);
    case 'integer':
    case 'number':
      return numberFault(field, value as number);
    case 'money':
      return numberFault({ minimum: 0, ...field }, value as number);
    case 'declaration':
      return value === true ? undefined : wrong('notAccepted');
    default:
      return undefined;
  }
};

/**
 * What is wrong with an answer of the right shape by the day, the city and what was uploaded.
 * @param beside the other answers of its group, for dates that limit each other
 */
export const placedFault = (
  leaf: Leaf,
  value: string,
  beside: Answers,
  around: Around,
): Fault | undefined => {
  const { kind, field } = kinded(leaf);
  switch (kind) {
    case 'date': {
      const { first, last } = dayRange(field['x-date'] ?? {}, beside, around.today);
      if (first !== undefined && value < first) return wrong('tooEarly', first);
      return last !== undefined && value > last ? wrong('tooLate', last) : undefined;
    }
    case 'area': {
      const level = value.length > 8 ? 'kelurahan' : 'kecamatan';
      const fits = field['x-level'] === undefined || field['x-level'] === level;
      return fits && around.areas.has(value) ? undefined : wrong('area');
    }
    case 'file': {
      const is = around.files.get(value);
      if (is === undefined) return wrong('unknownFile');
      return field['x-accepts'].includes(is) ? undefined : wrong('wrongFile');
    }
    default:
      return undefined;
  }
};
