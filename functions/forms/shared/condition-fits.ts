import { knownOf } from './asked.ts';
import { kinded } from './kinds.ts';
import type { Condition, Field, FieldKind, Fields, OfFields, Test, ValueTest } from './model.ts';
import { within } from './pointer.ts';
import type { FormProblem } from './problems.ts';

const numbers: readonly FieldKind[] = ['integer', 'number', 'money'];

/** Kinds of fields whose answers a test may pass. Free text is in nobody's hand: no condition hangs on it. */
const kindsFor = (test: ValueTest): readonly FieldKind[] => {
  if ('minItems' in test || 'maxItems' in test) return ['repeated', 'choices'];
  if ('x-date' in test) return ['date'];
  if (!('const' in test || 'enum' in test)) return numbers;
  const value = 'const' in test ? test.const : test.enum[0];
  if (typeof value === 'number') return numbers;
  return typeof value === 'boolean' ? ['yesNo', 'declaration'] : ['choice', 'area'];
};

const valuesOf = (test: ValueTest): readonly unknown[] =>
  'const' in test ? [test.const] : 'enum' in test ? test.enum : [];

/** What keeps every answer of a field from passing a test. */
const idle = (test: ValueTest, field: Field): string | undefined => {
  const of = kinded(field);
  if (!kindsFor(test).includes(of.kind)) return of.kind;
  if (of.kind !== 'choice') return undefined;
  const choices = new Set<unknown>(of.field.oneOf.map((one) => one.const));
  const missing = valuesOf(test).find((value) => !choices.has(value));
  return missing === undefined ? undefined : String(missing);
};

const testFits = (test: Test, fields: readonly Field[], pointer: string): FormProblem[] => {
  if ('properties' in test) {
    const groups = fields.filter((field) => field.type === 'object');
    return groups.length === 0
      ? [{ pointer, problem: 'idleTest' }]
      : ofFieldsFits(test, mergedFields(groups), pointer);
  }
  const reasons = fields.map((field) => idle(test, field));
  const [first] = reasons;
  // A name that two branches ask differently passes by either of them.
  return first === undefined || reasons.includes(undefined)
    ? []
    : [{ pointer, problem: 'idleTest', detail: first }];
};

type Known = ReadonlyMap<string, readonly Field[]>;
const mergedFields = (groups: readonly Fields[]): Known =>
  new Map(groups.flatMap((group) => [...knownOf(group)]));

const ofFieldsFits = ({ properties }: OfFields, known: Known, pointer: string): FormProblem[] =>
  Object.entries(properties).flatMap(([name, test]) => {
    const at = within(within(pointer, 'properties'), name);
    const fields = known.get(name);
    return fields === undefined ? [{ pointer: at, problem: 'unknownField' }] : testFits(test, fields, at);
  });

/**
 * Whether the fields that a condition names exist, and can answer what it asks for.
 * @param condition of the right shape
 * @param known the fields of the group that it looks at, by name
 */
export const conditionFits = (condition: Condition, known: Known, pointer = ''): FormProblem[] => {
  if ('properties' in condition) return ofFieldsFits(condition, known, pointer);
  if ('not' in condition) return conditionFits(condition.not, known, within(pointer, 'not'));
  const [join, joined] =
    'allOf' in condition ? (['allOf', condition.allOf] as const) : (['anyOf', condition.anyOf] as const);
  return joined.flatMap((one, i) => conditionFits(one, known, within(within(pointer, join), i)));
};
