import { kinded } from './kinds.ts';
import { patternProblem } from './match.ts';
import type { DateLimits, Field, Leaf } from './model.ts';
import type { FormProblem } from './problems.ts';

const cross = (pointer: string, low: number | undefined, high: number | undefined): FormProblem[] =>
  low !== undefined && high !== undefined && low > high ? [{ pointer, problem: 'limitsCross' }] : [];

const twice = (choices: readonly { readonly const: string }[], pointer: string): FormProblem[] =>
  new Set(choices.map((one) => one.const)).size === choices.length
    ? []
    : [{ pointer: `${pointer}/oneOf`, problem: 'duplicateChoice' }];

/** Limits that name another date of the group. */
const dateProblems = (
  dates: DateLimits,
  known: ReadonlyMap<string, readonly Field[]>,
  pointer: string,
): FormProblem[] => [
  ...cross(pointer, dates.minAge, dates.maxAge),
  ...(['notBefore', 'notAfter'] as const).flatMap((key): FormProblem[] => {
    const moment = dates[key];
    if (typeof moment !== 'object' || !('field' in moment)) return [];
    const found = known.get(moment.field)?.some((field) => kinded(field).kind === 'date') ?? false;
    return found ? [] : [{ pointer: `${pointer}/${key}`, problem: 'unknownField', detail: moment.field }];
  }),
];

/** What the keywords of one field say of each other. */
export const leafProblems = (
  leaf: Leaf,
  known: ReadonlyMap<string, readonly Field[]>,
  pointer: string,
): FormProblem[] => {
  const { kind, field } = kinded(leaf);
  switch (kind) {
    case 'text': {
      const problem = field.pattern === undefined ? undefined : patternProblem(field.pattern);
      return [
        ...cross(pointer, field.minLength, field.maxLength),
        ...(problem === undefined ? [] : [{ pointer: `${pointer}/pattern`, problem }]),
      ];
    }
    case 'integer':
    case 'number':
    case 'money':
      return cross(pointer, field.minimum, field.maximum);
    case 'choice':
      return twice(field.oneOf, pointer);
    case 'choices':
      return [
        ...twice(field.items.oneOf, `${pointer}/items`),
        ...cross(pointer, field.minItems, Math.min(field.maxItems ?? 1000, field.items.oneOf.length)),
      ];
    case 'date':
      return field['x-date'] === undefined ? [] : dateProblems(field['x-date'], known, `${pointer}/x-date`);
    default:
      return [];
  }
};
