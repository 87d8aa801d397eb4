import type * as z from 'zod/mini';
import { within } from './pointer.ts';

export const formProblems = [
  'notAForm',
  'notACondition',
  'unknownKeyword',
  'badKeyword',
  'unknownKind',
  'badName',
  'tooDeep',
  'tooLarge',
  'tooManyFields',
  'tooManyRules',
  'noFields',
  /** The same name means two fields that may be asked together. */
  'duplicateField',
  'duplicateChoice',
  'duplicateMeaning',
  /** A name in `required`, a condition or a date limit that no field has. */
  'unknownField',
  /** A test that no answer of the field can pass, or that does not go with its kind. */
  'idleTest',
  'requiredDiffers',
  'limitsCross',
  'badPattern',
  'hostilePattern',
] as const;
export type FormProblemCode = (typeof formProblems)[number];

/** One thing wrong with a form: where in its schema, and what about it. */
export interface FormProblem {
  /** JSON pointer into the form. */
  readonly pointer: string;
  readonly problem: FormProblemCode;
  readonly detail?: string;
}

/** What one of the shapes says of a part of a form. */
export const shapeProblems = (shape: z.ZodMiniType, value: unknown, pointer: string): FormProblem[] => {
  const read = shape.safeParse(value);
  if (read.success) return [];
  return read.error.issues.flatMap((issue): FormProblem[] => {
    const at = issue.path.reduce<string>((to, part) => within(to, String(part)), pointer);
    if (issue.code !== 'unrecognized_keys') return [{ pointer: at, problem: 'badKeyword' }];
    return issue.keys.map((key) => ({ pointer: within(at, key), problem: 'unknownKeyword' }));
  });
};
