import { askedOf, knownOf } from './asked.ts';
import { answerOf, isObject } from './condition.ts';
import { isLeaf, kinded } from './kinds.ts';
import type { Answer, Answers, Field, Fields, Form } from './model.ts';
import { within } from './pointer.ts';
import { answerAt, meantFields, withAnswer } from './reuse.ts';
import { shapeFault } from './values.ts';

/** What a newer form did to one answer, or asks that the older one did not. */
export interface Carried {
  /** JSON pointer of the answer: in the old form of what went, in the new one of what is asked. */
  readonly pointer: string;
  readonly change: 'removed' | 'noLongerFits' | 'moved' | 'added' | 'nowRequired';
  /** Where an answer that moved is now. */
  readonly to?: string;
}

/**
 * Takes a draft over to a newer version of its form. An answer is kept where the field of its name can still hold it, moves
 * where a field of another name has its meaning, and otherwise goes, which is said; so is what is asked anew.
 * @param answers kept under the old form, perhaps half written
 * @param today calendar day in the city's zone
 */
export const carryOver = (
  old: Form,
  next: Form,
  answers: Answers,
  today: string,
): { readonly answers: Answers; readonly changes: readonly Carried[] } => {
  const lost: Carried[] = [];
  const kept = carriedGroup(old, next, answers, '', lost);
  const { answers: moved, changes } = moveByMeaning(old, next, answers, kept, lost);
  return { answers: moved, changes: [...changes, ...news(old, next, answers, moved, today, '')] };
};

const carriedGroup = (
  old: Fields,
  next: Fields,
  answers: Readonly<Record<string, unknown>>,
  pointer: string,
  lost: Carried[],
): Answers => {
  const [was, is] = [knownOf(old), knownOf(next)];
  const kept = Object.entries(answers).flatMap(([name, value]): [string, Answer][] => {
    const at = within(pointer, name);
    const fields = is.get(name);
    if (fields === undefined) {
      lost.push({ pointer: at, change: 'removed' });
      return [];
    }
    const carried = carriedValue(was.get(name) ?? [], fields, value, at, lost);
    if (carried === undefined) lost.push({ pointer: at, change: 'noLongerFits' });
    return carried === undefined ? [] : [[name, carried]];
  });
  return Object.fromEntries(kept);
};

const carriedValue = (
  was: readonly Field[],
  is: readonly Field[],
  value: unknown,
  pointer: string,
  lost: Carried[],
): Answer | undefined => {
  for (const field of is) {
    const of = kinded(field);
    const before = was.find((one) => kinded(one).kind === of.kind);
    if (of.kind === 'group' && before?.type === 'object' && isObject(value)) {
      return carriedGroup(before, of.field, value, pointer, lost);
    }
    if (of.kind === 'repeated' && before !== undefined && Array.isArray(value)) {
      const entries = (before as typeof of.field).items;
      value.slice(of.field.maxItems).forEach((_, i) => {
        lost.push({ pointer: within(pointer, of.field.maxItems + i), change: 'noLongerFits' });
      });
      return value
        .slice(0, of.field.maxItems)
        .map((entry: unknown, i) =>
          carriedGroup(entries, of.field.items, isObject(entry) ? entry : {}, within(pointer, i), lost),
        );
    }
    // An upload is known by its id, which looks like any text.
    if (!isLeaf(field) || (of.kind === 'file' && before === undefined)) continue;
    // Half written under the old form, it may stay so under the new one.
    const halfWritten = before !== undefined && isLeaf(before) && shapeFault(before, value) !== undefined;
    if (halfWritten || shapeFault(field, value) === undefined) return value as Answer;
  }
  return undefined;
};

/** An answer whose field went under another name is found again by what it means. */
const moveByMeaning = (
  old: Form,
  next: Form,
  answers: Answers,
  kept: Answers,
  lost: readonly Carried[],
): { readonly answers: Answers; readonly changes: readonly Carried[] } => {
  const meanings = new Map(meantFields(old).map(({ at, meaning }) => [at, meaning]));
  const places = new Map(meantFields(next).map((one) => [one.meaning, one]));
  let all = kept;
  const changes = lost.map((change): Carried => {
    const place = places.get(meanings.get(change.pointer) ?? '');
    const value = answerAt(answers, change.pointer);
    if (place === undefined || value === undefined || answerAt(all, place.at) !== undefined) return change;
    if (shapeFault(place.leaf, value) !== undefined) return change;
    all = withAnswer(all, place.at, value as Answer);
    return { pointer: change.pointer, change: 'moved', to: place.at };
  });
  return { answers: all, changes };
};

/** What the new form asks, or insists on, that the old one did not; of groups, in them. */
const news = (
  old: Fields,
  next: Fields,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  today: string,
  pointer: string,
): Carried[] => {
  const [known, was, is] = [knownOf(old), askedOf(old, before, today), askedOf(next, after, today)];
  return [...is.fields].flatMap(([name, field]): Carried[] => {
    const at = within(pointer, name);
    const same = known.get(name);
    const value = answerOf(after, name);
    const group = same?.find((one) => one.type === 'object');
    if (field.type === 'object' && group?.type === 'object') {
      const [inOld, inNew] = [answerOf(before, name), value].map((one) => (isObject(one) ? one : {}));
      return news(group, field, inOld ?? {}, inNew ?? {}, today, at);
    }
    if (value !== undefined) return [];
    if (same === undefined) return [{ pointer: at, change: 'added' }];
    return is.required.has(name) && !was.required.has(name) ? [{ pointer: at, change: 'nowRequired' }] : [];
  });
};
