import { isObject } from './condition.ts';
import { within } from './pointer.ts';
import { type FormProblem, shapeProblems } from './problems.ts';
import { conditionShapes, limits } from './shapes.ts';

type Part = Readonly<Record<string, unknown>>;

/** Keyword → the shape of the test that it belongs to. */
const tests: Readonly<Record<string, keyof typeof conditionShapes>> = {
  const: 'const',
  enum: 'enum',
  minimum: 'range',
  maximum: 'range',
  minItems: 'count',
  maxItems: 'count',
  'x-date': 'date',
};

const others = (value: Part, allowed: readonly string[], pointer: string): FormProblem[] =>
  Object.keys(value)
    .filter((key) => !allowed.includes(key))
    .map((key) => ({ pointer: within(pointer, key), problem: 'unknownKeyword' }));

/** What is wrong with a condition, whatever form it is for. */
export const checkCondition = (value: unknown, pointer = '', depth = 0): FormProblem[] => {
  if (!isObject(value)) return [{ pointer, problem: 'notACondition' }];
  if (depth > limits.depth) return [{ pointer, problem: 'tooDeep' }];
  if (Object.hasOwn(value, 'properties')) {
    return [...others(value, ['properties', 'required'], pointer), ...checkFields(value, pointer, depth)];
  }
  if (Object.hasOwn(value, 'not')) {
    return [
      ...others(value, ['not'], pointer),
      ...checkCondition(value['not'], within(pointer, 'not'), depth + 1),
    ];
  }
  for (const join of ['allOf', 'anyOf']) {
    if (!Object.hasOwn(value, join)) continue;
    const [joined, at] = [value[join], within(pointer, join)];
    const wrong = others(value, [join], pointer);
    if (!Array.isArray(joined) || joined.length === 0 || joined.length > limits.rules) {
      return [...wrong, { pointer: at, problem: 'badKeyword' }];
    }
    return [...wrong, ...joined.flatMap((one, i) => checkCondition(one, within(at, i), depth + 1))];
  }
  return [{ pointer, problem: 'notACondition' }];
};

/** `properties` of tests, all of them required: JSON Schema takes the test of an absent field for passed. */
const checkFields = ({ properties, required }: Part, pointer: string, depth: number): FormProblem[] => {
  const at = within(pointer, 'properties');
  const entries = isObject(properties) ? Object.entries(properties) : [];
  if (entries.length === 0 || entries.length > limits.rules) return [{ pointer: at, problem: 'badKeyword' }];
  const named = new Set<unknown>(Array.isArray(required) ? required : []);
  const exact = named.size === entries.length && entries.every(([name]) => named.has(name));
  return [
    ...(exact ? [] : [{ pointer, problem: 'requiredDiffers' } as const]),
    ...entries.flatMap(([name, test]) => checkTest(test, within(at, name), depth + 1)),
  ];
};

const checkTest = (test: unknown, pointer: string, depth: number): FormProblem[] => {
  if (!isObject(test)) return [{ pointer, problem: 'notACondition' }];
  if (Object.hasOwn(test, 'properties')) return checkCondition(test, pointer, depth);
  const keyword = Object.keys(test).find((key) => Object.hasOwn(tests, key));
  const shape = keyword === undefined ? undefined : tests[keyword];
  if (shape === undefined) return [{ pointer, problem: 'notACondition' }];
  return shapeProblems(conditionShapes[shape], test, pointer);
};
