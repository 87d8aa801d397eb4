import { kinded } from './kinds.ts';
import type { Answers, FieldKind, Form } from './model.ts';
import { mapAnswers } from './walk.ts';

/** How many of the last characters stay readable, so that two people can be told apart on a screen. */
const shown: Partial<Record<FieldKind, number>> = { nik: 4, kk: 4, phone: 3 };

const masked = (value: unknown, last: number): string => {
  const text = String(value);
  return text.length <= last * 2
    ? '*'.repeat(text.length)
    : '*'.repeat(text.length - last) + text.slice(-last);
};

/**
 * Answers for those who need not know numbers that lead to a person: population number, family card, phone. What the
 * form has no field for is left out.
 */
export const maskAnswers = (form: Form, answers: Answers): Answers =>
  mapAnswers(form, answers, {
    leaf: (leaves, value) => {
      const kept = leaves.map((leaf) => shown[kinded(leaf).kind]).filter((one) => one !== undefined);
      return kept.length === 0 ? value : masked(value, Math.min(...kept));
    },
    stray: () => undefined,
  });
