/** A JSON object as it came over the wire. */
export type Json = Readonly<Record<string, unknown>>;

const isRecord = (v: unknown): v is Json => typeof v === 'object' && v !== null && !Array.isArray(v);

const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const numeric = (value: unknown, conditions: readonly unknown[]): boolean => {
  if (typeof value !== 'number') return false;
  for (let i = 0; i < conditions.length; i += 2)
    if (compare[String(conditions[i])]?.(value, Number(conditions[i + 1])) !== true) return false;
  return true;
};

const wildcard = (value: unknown, pattern: unknown): boolean =>
  typeof value === 'string' &&
  new RegExp(
    `^${String(pattern)
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  ).test(value);

const many = (operand: unknown): readonly unknown[] => (Array.isArray(operand) ? operand : [operand]);
const isText = (v: unknown): v is string => typeof v === 'string';

/** The operators of event patterns and SNS filter policies that are known here; each judges one value. */
const operators: Readonly<Record<string, (value: unknown, operand: unknown) => boolean>> = {
  prefix: (v, o) => isText(v) && v.startsWith(String(o)),
  suffix: (v, o) => isText(v) && v.endsWith(String(o)),
  'equals-ignore-case': (v, o) => isText(v) && v.toLowerCase() === String(o).toLowerCase(),
  wildcard,
  numeric: (v, o) => numeric(v, many(o)),
  'anything-but': (v, o) =>
    v !== undefined &&
    !many(o).some((not) =>
      isRecord(not) ? Object.entries(not).some(([name, x]) => operators[name]?.(v, x)) : v === not,
    ),
};

const fits = (condition: unknown, values: readonly unknown[], present: boolean): boolean => {
  if (!isRecord(condition)) return values.includes(condition);
  const [entry] = Object.entries(condition);
  if (entry === undefined) return false;
  const [name, operand] = entry;
  if (name === 'exists') return present === (operand === true);
  return values.some((value) => operators[name]?.(value, operand) === true);
};

/**
 * Does the data fit the pattern? Keys are joined by and, the conditions of a key by or, `$or` joins patterns;
 * an array in the data fits if any of its elements does. Lambda's filter criteria and SNS filter policies share
 * these rules.
 */
export const matches = (pattern: Json, data: Json): boolean =>
  Object.entries(pattern).every(([key, wanted]) => {
    if (key === '$or') return Array.isArray(wanted) && wanted.some((p) => isRecord(p) && matches(p, data));
    const value = data[key];
    if (isRecord(wanted)) return matches(wanted, isRecord(value) ? value : {});
    if (!Array.isArray(wanted)) return false;
    const values = Array.isArray(value) ? value : [value];
    return wanted.some((condition) => fits(condition, values, value !== undefined));
  });

/** @returns the first part of a pattern that is not known here, so that it is refused instead of ignored */
export const unknownIn = (pattern: unknown): string | undefined => {
  if (!isRecord(pattern)) return `a pattern must be an object, not ${JSON.stringify(pattern)}`;
  for (const [key, wanted] of Object.entries(pattern)) {
    if (key === '$or') {
      const inner = many(wanted).map(unknownIn).find(isText);
      if (inner !== undefined) return inner;
      continue;
    }
    if (isRecord(wanted)) {
      const inner = unknownIn(wanted);
      if (inner !== undefined) return inner;
      continue;
    }
    if (!Array.isArray(wanted)) return `${key} must be a list`;
    for (const condition of wanted) {
      if (!isRecord(condition)) continue;
      const [name] = Object.keys(condition);
      if (name !== 'exists' && (name === undefined || !Object.hasOwn(operators, name)))
        return `operator ${name ?? '(none)'} of ${key}`;
    }
  }
  return undefined;
};
