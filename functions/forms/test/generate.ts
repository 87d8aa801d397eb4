import fc from 'fast-check';
import { askedOf } from '../shared/asked.ts';
import { dayRange } from '../shared/dates.ts';
import { kinded } from '../shared/kinds.ts';
import type { Answer, Answers, Around, Field, Fields, Form } from '../shared/model.ts';
import { type Node, readPattern } from '../shared/pattern.ts';

/** Answers that a form accepts, for any form that checks out. */
export const answersOf = (form: Form, around: Around): fc.Arbitrary<Answers> => groupAnswers(form, around);

const letters = 'abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-'.split('');
const solid = 'abcdefghijkl0123456789'.split('');

/** Text of `min` to `max` characters that does not begin or end with a blank. */
const textOf = (min: number, max: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...solid),
      fc.string({
        unit: fc.constantFrom(...letters),
        minLength: Math.max(0, min - 2),
        maxLength: Math.max(0, Math.min(max - 2, min + 20)),
      }),
      fc.constantFrom(...solid),
    )
    .map(([first, middle, last]) => (max === 1 ? first : first + middle + last));

const pick = (low: number, high: number): fc.Arbitrary<string> =>
  fc.integer({ min: low, max: high }).map((code) => String.fromCodePoint(code));

/** What fits a pattern, by its own parts. */
export const fitting = (node: Node): fc.Arbitrary<string> => {
  if ('set' in node) {
    const { ranges, not } = node.set;
    if (!not) return fc.oneof(...ranges.map(([low, high]) => pick(low, high)));
    return fc
      .constantFrom(...'abcXYZ059 -_/é'.split(''))
      .filter((one) => !ranges.some(([low, high]) => low <= one.charCodeAt(0) && one.charCodeAt(0) <= high));
  }
  if ('seq' in node) return fc.tuple(...node.seq.map(fitting)).map((parts) => parts.join(''));
  if ('alt' in node) return fc.oneof(...node.alt.map(fitting));
  const maxLength = Math.min(node.max, node.min + 5);
  return fc.array(fitting(node.repeat), { minLength: node.min, maxLength }).map((parts) => parts.join(''));
};

const digits = (count: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: count, maxLength: count });
const two = (min: number, max: number): fc.Arbitrary<string> =>
  fc.integer({ min, max }).map((n) => String(n).padStart(2, '0'));

const nik = fc
  .tuple(digits(6), two(1, 31), fc.boolean(), two(1, 12), two(0, 99), digits(4))
  .map(
    ([region, day, woman, month, year, serial]) =>
      `${region}${String(Number(day) + (woman ? 40 : 0)).padStart(2, '0')}${month}${year}${serial}`,
  );

const dayMs = 86_400_000;
const dayBetween = (first: string, last: string): fc.Arbitrary<string> =>
  fc
    .integer({ min: Date.parse(first) / dayMs, max: Date.parse(last) / dayMs })
    .map((day) => new Date(day * dayMs).toISOString().slice(0, 10));

const oneOf = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** Undefined for a field that cannot be answered now: dates that leave no day. */
const answerOf = (field: Field, beside: Answers, around: Around): fc.Arbitrary<Answer> | undefined => {
  const { kind, field: of } = kinded(field);
  switch (kind) {
    case 'text': {
      if (of.pattern === undefined) return textOf(of.minLength ?? 1, of.maxLength);
      const read = readPattern(of.pattern);
      if ('problem' in read) throw new Error(of.pattern);
      return fitting(read.node).filter((text) => text.trim() !== '' && text.length <= of.maxLength);
    }
    case 'nik':
      return nik;
    case 'kk':
      return digits(16);
    case 'phone':
      return fc.tuple(oneOf(['0', '62', '+62']), digits(9)).map(([start, rest]) => `${start}8${rest}`);
    case 'email':
      return textOf(1, 1).map((name) => `${name}@contoh.id`);
    case 'area': {
      const lengths = { kecamatan: 8, kelurahan: 13 } as const;
      const level = of['x-level'];
      return oneOf([...around.areas].filter((code) => level === undefined || code.length === lengths[level]));
    }
    case 'date': {
      const { first = '1950-01-01', last = '2049-12-31' } = dayRange(
        of['x-date'] ?? {},
        beside,
        around.today,
      );
      return first > last ? undefined : dayBetween(first, last);
    }
    case 'file':
      return oneOf([...around.files].filter(([, is]) => of['x-accepts'].includes(is)).map(([id]) => id));
    case 'choice':
      return oneOf(of.oneOf.map((one) => one.const));
    case 'choices': {
      const values = of.items.oneOf.map((one) => one.const);
      const minLength = of.minItems ?? 0;
      return fc.subarray(values, {
        minLength,
        maxLength: Math.min(values.length, of.maxItems ?? values.length),
      });
    }
    case 'integer':
      return fc.integer({ min: of.minimum ?? -1000, max: of.maximum ?? (of.minimum ?? 0) + 1000 });
    case 'money':
      return fc.integer({ min: of.minimum ?? 0, max: of.maximum ?? (of.minimum ?? 0) + 1000 });
    case 'number': {
      const min = of.minimum ?? -1000;
      return fc.double({ min, max: of.maximum ?? min + 1000, noNaN: true });
    }
    case 'yesNo':
      return fc.boolean();
    case 'declaration':
      return fc.constant(true);
    case 'group':
      return groupAnswers(of, around);
    case 'repeated': {
      const minLength = of.minItems ?? 0;
      return fc.array(groupAnswers(of.items, around), {
        minLength,
        maxLength: Math.min(of.maxItems, minLength + 2),
      });
    }
  }
};

/** Dates that are limited by another come after it. */
const leansOn = (field: Field): boolean => JSON.stringify(field).includes('"field":');

const groupAnswers = (group: Fields, around: Around): fc.Arbitrary<Answers> => {
  const step = (answers: Answers, decided: ReadonlySet<string>): fc.Arbitrary<Answers> => {
    const { fields, required } = askedOf(group, answers, around.today);
    const stray = Object.keys(answers).find((name) => !fields.has(name));
    if (stray !== undefined) {
      const { [stray]: _, ...rest } = answers;
      return step(rest, decided);
    }
    const open = [...fields]
      .filter(([name]) => !(Object.hasOwn(answers, name) || (decided.has(name) && !required.has(name))))
      .sort(([, a], [, b]) => Number(leansOn(a)) - Number(leansOn(b)));
    const [next] = open;
    if (next === undefined) return fc.constant(answers);
    const [name, field] = next;
    const after = new Set([...decided, name]);
    const value = answerOf(field, answers, around);
    if (value === undefined) return step(answers, after);
    return fc
      .tuple(value, required.has(name) ? fc.constant(true) : fc.boolean())
      .chain(([one, given]) => step(given ? { ...answers, [name]: one } : answers, after));
  };
  return step({}, new Set());
};
