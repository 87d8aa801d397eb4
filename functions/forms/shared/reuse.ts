import { answerOf, isObject } from './condition.ts';
import { isLeaf, kinded } from './kinds.ts';
import type { Answer, Answers, Form, Leaf } from './model.ts';
import { partsOf } from './pointer.ts';
import { askedOnly } from './tidy.ts';
import { shapeFault } from './values.ts';
import { fieldsIn } from './walk.ts';

interface Meant {
  readonly meaning: string;
  readonly leaf: Leaf;
  /** JSON pointer of the answer. */
  readonly at: string;
}

/** Fields whose answers mean something beyond their form. Entries of a list are nobody's in particular. */
export const meantFields = (form: Form): Meant[] =>
  [...fieldsIn(form)].flatMap(({ field, answer }) => {
    // An upload belongs to the case for which it was made.
    if (!isLeaf(field) || kinded(field).kind === 'file' || answer.includes('/*/')) return [];
    const meaning = 'x-meaning' in field ? field['x-meaning'] : undefined;
    return meaning === undefined ? [] : [{ meaning, leaf: field, at: answer }];
  });

export const answerAt = (answers: Answers, pointer: string): unknown =>
  partsOf(pointer).reduce<unknown>(
    (value, part) => (isObject(value) ? answerOf(value, part) : undefined),
    answers,
  );

/** Answers with one more; groups on the way are made. */
export const withAnswer = (answers: Answers, pointer: string, value: Answer): Answers => {
  const put = (into: unknown, [part, ...rest]: readonly string[]): Answers => {
    const object = isObject(into) ? (into as Answers) : {};
    if (part === undefined) return object;
    return { ...object, [part]: rest.length === 0 ? value : put(answerOf(object, part), rest) };
  };
  return put(answers, partsOf(pointer));
};

/** What answers say beyond their form: `applicant.nik` → what was answered, where it has the right shape. */
export const meaningsOf = (form: Form, answers: Answers): ReadonlyMap<string, Answer> =>
  new Map(
    meantFields(form).flatMap(({ meaning, leaf, at }) => {
      const value = answerAt(answers, at);
      return value === undefined || shapeFault(leaf, value) !== undefined ? [] : [[meaning, value as Answer]];
    }),
  );

/**
 * Answers filled in from what was answered before, for somebody who agreed to that: by meaning, only where nothing is
 * answered yet, the old answer fits, and the field is asked.
 * @param meant of earlier answers, see `meaningsOf`; of several the caller puts the newest last
 * @returns the answers with what was filled in, and where that is
 */
export const reuse = (
  form: Form,
  answers: Answers,
  meant: ReadonlyMap<string, Answer>,
  today: string,
): { readonly answers: Answers; readonly filled: readonly string[] } => {
  let all = answers;
  const filled: string[] = [];
  for (const { meaning, leaf, at } of meantFields(form)) {
    const value = meant.get(meaning);
    if (value === undefined || answerAt(all, at) !== undefined) continue;
    if (shapeFault(leaf, value) !== undefined) continue;
    all = withAnswer(all, at, value);
    filled.push(at);
  }
  const { answers: asked, dropped } = askedOnly(form, all, today);
  const gone = (at: string): boolean => dropped.some((one) => at === one || at.startsWith(`${one}/`));
  return { answers: asked, filled: filled.filter((at) => !gone(at)) };
};
