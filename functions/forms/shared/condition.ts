import { dayProblem } from './dates.ts';
import type { Answers, Condition, OfFields, Test, ValueTest } from './model.ts';

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An answer of that name; what every object inherits is none. */
export const answerOf = (answers: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(answers, name) ? answers[name] : undefined;

const between = (size: number, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): boolean =>
  size >= min && size <= max;

const isOfFields = (test: object): test is OfFields => 'properties' in test;

const passes = (test: ValueTest, value: unknown, beside: Answers, today: string): boolean => {
  if ('const' in test) return value === test.const;
  if ('enum' in test) return test.enum.some((one) => one === value);
  if ('x-date' in test) {
    return typeof value === 'string' && dayProblem(test['x-date'], value, beside, today) === undefined;
  }
  if ('minItems' in test || 'maxItems' in test) {
    return Array.isArray(value) && between(value.length, test.minItems, test.maxItems);
  }
  if ('minimum' in test || 'maximum' in test) {
    return typeof value === 'number' && between(value, test.minimum, test.maximum);
  }
  return false;
};

const fieldsPass = ({ properties, required }: OfFields, answers: unknown, today: string): boolean => {
  if (!isObject(answers)) return false;
  return (
    required.every((name) => answerOf(answers, name) !== undefined) &&
    Object.entries(properties).every(([name, test]) =>
      testPasses(test, answerOf(answers, name), answers, today),
    )
  );
};

const testPasses = (test: Test, value: unknown, beside: object, today: string): boolean =>
  isOfFields(test) ? fieldsPass(test, value, today) : passes(test, value, beside as Answers, today);

/**
 * Whether a condition holds for answers, which need not be valid.
 * @param today calendar day in the city's zone
 */
export const holds = (condition: Condition, answers: unknown, today: string): boolean => {
  if ('allOf' in condition) return condition.allOf.every((one) => holds(one, answers, today));
  if ('anyOf' in condition) return condition.anyOf.some((one) => holds(one, answers, today));
  if ('not' in condition) return !holds(condition.not, answers, today);
  return fieldsPass(condition, answers, today);
};
