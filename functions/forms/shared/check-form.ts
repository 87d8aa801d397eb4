import { checkCondition } from './check-condition.ts';
import { isObject } from './condition.ts';
import { senseProblems } from './form-sense.ts';
import { kindOfSchema } from './kinds.ts';
import type { Form } from './model.ts';
import { within } from './pointer.ts';
import { type FormProblem, shapeProblems } from './problems.ts';
import {
  branchShape,
  formShape,
  groupShape,
  leafShapes,
  limits,
  repeatedShape,
  ruleShape,
} from './shapes.ts';

type Part = Readonly<Record<string, unknown>>;

/** Small enough to be a column and part of a pointer, and never a word of JavaScript's own objects. */
const fieldName = /^(?!constructor$)[a-z][a-zA-Z0-9]{0,31}$/;

/**
 * What is wrong with a form: keywords that nobody interprets, patterns that could hang a matcher, names and conditions
 * that lead nowhere, and whatever is larger than a form may be. What its parts say of each other is looked at once the
 * shape of each is right.
 * @param value any JSON
 */
export const checkForm = (value: unknown): FormProblem[] => {
  if (!isObject(value) || value['type'] !== 'object') return [{ pointer: '', problem: 'notAForm' }];
  if (JSON.stringify(value).length > limits.form) return [{ pointer: '', problem: 'tooLarge' }];
  const shape = [...shapeProblems(formShape, value, ''), ...checkParts(value, '', 0)];
  return shape.length > 0 ? shape : senseProblems(value as unknown as Form);
};

const checkField = (value: unknown, pointer: string, depth: number): FormProblem[] => {
  const kind = isObject(value) ? kindOfSchema(value) : undefined;
  if (!isObject(value) || kind === undefined) return [{ pointer, problem: 'unknownKind' }];
  if (kind === 'group') return checkGroup(value, pointer, depth);
  if (kind !== 'repeated') return shapeProblems(leafShapes[kind], value, pointer);
  const { items } = value;
  return [
    ...shapeProblems(repeatedShape, value, pointer),
    ...(isObject(items) ? checkGroup(items, within(pointer, 'items'), depth + 1) : []),
  ];
};

const checkGroup = (value: Part, pointer: string, depth: number): FormProblem[] => [
  ...shapeProblems(groupShape, value, pointer),
  ...checkParts(value, pointer, depth),
];

/** The fields and rules of a form, a group or a branch. */
const checkParts = (value: Part, pointer: string, depth: number): FormProblem[] => {
  if (depth > limits.depth) return [{ pointer, problem: 'tooDeep' }];
  const { properties, allOf } = value;
  const fields = isObject(properties) ? Object.entries(properties) : [];
  const rules: readonly unknown[] = Array.isArray(allOf) ? allOf : [];
  if (rules.length > limits.rules) return [{ pointer: within(pointer, 'allOf'), problem: 'tooManyRules' }];
  return [
    ...fields.flatMap(([name, field]) => {
      const at = within(within(pointer, 'properties'), name);
      return fieldName.test(name)
        ? checkField(field, at, depth + 1)
        : [{ pointer: at, problem: 'badName' as const }];
    }),
    ...rules.flatMap((rule, i) => checkRule(rule, within(within(pointer, 'allOf'), i), depth + 1)),
  ];
};

const checkRule = (value: unknown, pointer: string, depth: number): FormProblem[] => {
  const shape = shapeProblems(ruleShape, value, pointer);
  if (!isObject(value) || shape.length > 0) return shape;
  return [
    ...checkCondition(value['if'], within(pointer, 'if')),
    ...['then', 'else'].flatMap((key) => {
      const branch = value[key];
      if (branch === undefined) return [];
      const at = within(pointer, key);
      const wrong = shapeProblems(branchShape, branch, at);
      return [...wrong, ...(isObject(branch) ? checkParts(branch, at, depth) : [])];
    }),
  ];
};
