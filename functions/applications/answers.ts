import { isObject } from '../forms/shared/condition.ts';
import type { Answer, Answers } from '../forms/shared/model.ts';
import { partsOf, within } from '../forms/shared/pointer.ts';

const own = (value: unknown, part: string): unknown => {
  if (Array.isArray(value)) return /^\d{1,3}$/.test(part) ? value[Number(part)] : undefined;
  return isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
};

/** The answer at a JSON pointer, in lists too; undefined where there is none. */
export const answerAt = (answers: Answers, pointer: string): unknown =>
  partsOf(pointer).reduce<unknown>(own, answers);

const put = (into: unknown, [part, ...rest]: readonly string[], value: Answer): Answer => {
  if (part === undefined) return value;
  if (Array.isArray(into)) {
    return (into as Answer[]).map((entry, i) => (String(i) === part ? put(entry, rest, value) : entry));
  }
  const object = isObject(into) ? (into as Answers) : {};
  return { ...object, [part]: put(own(object, part), rest, value) };
};

/** Answers with one given anew; an entry of a list only where the list has it. */
export const withAnswer = (answers: Answers, pointer: string, value: Answer): Answers =>
  put(answers, partsOf(pointer), value) as Answers;

/** Every text among answers, and where it stands. */
export function* textsIn(answers: unknown, pointer = ''): Generator<readonly [at: string, text: string]> {
  if (typeof answers === 'string') yield [pointer, answers];
  else if (Array.isArray(answers)) {
    for (const [i, entry] of answers.entries()) yield* textsIn(entry, within(pointer, i));
  } else if (isObject(answers)) {
    for (const [name, value] of Object.entries(answers)) yield* textsIn(value, within(pointer, name));
  }
}

/** Answers with texts replaced where `become` says so. */
export const withTexts = (answers: Answers, become: ReadonlyMap<string, string>): Answers => {
  const changed = (value: Answer): Answer => {
    if (typeof value === 'string') return become.get(value) ?? value;
    if (Array.isArray(value)) return (value as Answer[]).map(changed);
    return isObject(value)
      ? Object.fromEntries(Object.entries(value as Answers).map(([name, one]) => [name, changed(one)]))
      : value;
  };
  return changed(answers) as Answers;
};
