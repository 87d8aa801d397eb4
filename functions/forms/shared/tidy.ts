import { askedOf, knownOf } from './asked.ts';
import { isObject } from './condition.ts';
import { kinded } from './kinds.ts';
import type { Answers, Fields, Form, Leaf } from './model.ts';
import { within } from './pointer.ts';
import { mapAnswers } from './walk.ts';

const digits = (text: string): string => text.replace(/[\s.-]/g, '');
/** `0812…`, `62812…` and `+62 812-…` are one number: E.164. */
const e164 = (text: string): string => {
  const bare = text.replace(/[\s().-]/g, '');
  return bare.replace(/^(\+?62|0)(?=[2-9])/, '+62');
};

const tidied = (leaf: Leaf | undefined, value: unknown): unknown => {
  if (typeof value !== 'string' || leaf === undefined) return value;
  const text = value.trim();
  if (text === '') return undefined;
  switch (kinded(leaf).kind) {
    case 'nik':
    case 'kk':
      return digits(text);
    case 'phone':
      return e164(text);
    case 'email':
      return text.toLowerCase();
    default:
      return text;
  }
};

/** Answers as they are kept: without blanks around, empty ones left out, numbers in one spelling. */
export const tidyAnswers = (form: Form, answers: Answers): Answers =>
  mapAnswers(form, answers, {
    leaf: ([leaf], value) => tidied(leaf, value),
    stray: (value) => value,
  });

/** Answers of a group without those that it does not ask, and where these were. */
const pruned = (
  group: Fields,
  answers: Readonly<Record<string, unknown>>,
  today: string,
  pointer: string,
): { readonly answers: Readonly<Record<string, unknown>>; readonly dropped: readonly string[] } => {
  const { fields } = askedOf(group, answers, today);
  const known = knownOf(group);
  const dropped: string[] = [];
  const kept: [string, unknown][] = [];
  for (const [name, value] of Object.entries(answers)) {
    const at = within(pointer, name);
    const field = fields.get(name);
    if (field === undefined && known.has(name)) {
      dropped.push(at);
      continue;
    }
    const of = field === undefined ? undefined : kinded(field);
    if (of?.kind === 'group' && isObject(value)) {
      const inner = pruned(of.field, value, today, at);
      dropped.push(...inner.dropped);
      kept.push([name, inner.answers]);
    } else if (of?.kind === 'repeated' && Array.isArray(value)) {
      const entries = value.map((entry: unknown, i) =>
        isObject(entry)
          ? pruned(of.field.items, entry, today, within(at, i))
          : { answers: entry, dropped: [] },
      );
      dropped.push(...entries.flatMap((entry) => entry.dropped));
      kept.push([name, entries.map((entry) => entry.answers)]);
    } else kept.push([name, value]);
  }
  return { answers: Object.fromEntries(kept), dropped };
};

/**
 * Takes away answers to what is not asked (any more), and says where they were: what a page does when somebody changes an
 * earlier answer. Unknown answers stay, for `checkAnswers` to refuse.
 * @param today calendar day in the city's zone
 */
export const askedOnly = (
  form: Form,
  answers: Answers,
  today: string,
): { readonly answers: Answers; readonly dropped: readonly string[] } => {
  const dropped: string[] = [];
  let kept = answers;
  // An answer that goes may have been what another was asked for; each round takes one away at least.
  for (;;) {
    const round = pruned(form, kept, today, '');
    if (round.dropped.length === 0) return { answers: kept, dropped };
    dropped.push(...round.dropped);
    kept = round.answers as Answers;
  }
};
