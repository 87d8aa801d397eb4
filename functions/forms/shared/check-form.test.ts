import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { birth } from '../test/birth.ts';
import { randomForm } from '../test/random-form.ts';
import { checkForm } from './check-form.ts';

const title = { 'x-title': { id: 'Isian', en: 'Field' } };
const text = { ...title, type: 'string', maxLength: 9 };
const yes = { ...title, type: 'boolean' };
const pick = {
  ...title,
  type: 'string',
  oneOf: [
    { const: 'a', ...title },
    { const: 'b', ...title },
  ],
};
const form = (properties: object, more: object = {}) => ({
  type: 'object',
  unevaluatedProperties: false,
  properties,
  ...more,
});
const rule = (test: object, then: object = {}, more: object = {}) => ({
  allOf: [{ if: { properties: test, required: Object.keys(test) }, then, ...more }],
});
const problems = (value: unknown) => checkForm(value).map(({ pointer, problem }) => `${pointer} ${problem}`);

/** A form in `depth` groups within each other. */
const nested = (depth: number): object =>
  depth === 0 ? text : { ...title, ...form({ inner: nested(depth - 1) }) };

describe('a form is refused for', () => {
  it.each<[string, unknown, string[]]>([
    ['being none', 'x', [' notAForm']],
    ['being a list', [], [' notAForm']],
    ['nothing to fill in', form({}), ['/properties noFields']],
    [
      'answers to anything',
      { type: 'object', properties: { a: text } },
      ['/unevaluatedProperties badKeyword'],
    ],
    ['a keyword that nobody reads', form({ a: text }, { $ref: 'https://x' }), ['/$ref unknownKeyword']],
    [
      'a keyword of a field that nobody reads',
      form({ a: { ...text, default: 'x' } }),
      ['/properties/a/default unknownKeyword'],
    ],
    [
      'a kind of field that there is not',
      form({ a: { ...title, type: 'string', format: 'uri' } }),
      ['/properties/a unknownKind'],
    ],
    [
      'a field named as JavaScript names things',
      form({ constructor: text }),
      ['/properties/constructor badName'],
    ],
    [
      'a field without a title in English',
      form({ a: { ...text, 'x-title': { id: 'A' } } }),
      ['/properties/a/x-title/en badKeyword'],
    ],
    [
      'text without an end',
      form({ a: { ...title, type: 'string' } }),
      ['/properties/a/maxLength badKeyword'],
    ],
    [
      'a hostile pattern',
      form({ a: { ...text, pattern: '^(a+)+$' } }),
      ['/properties/a/pattern hostilePattern'],
    ],
    ['a pattern that is none', form({ a: { ...text, pattern: 'a[' } }), ['/properties/a/pattern badPattern']],
    ['limits that cross', form({ a: { ...text, minLength: 10 } }), ['/properties/a limitsCross']],
    [
      'the same choice twice',
      form({ a: { ...pick, oneOf: [pick.oneOf[0], pick.oneOf[0]] } }),
      ['/properties/a/oneOf duplicateChoice'],
    ],
    [
      'a required field that is not there',
      form({ a: text }, { required: ['b'] }),
      ['/required/0 unknownField'],
    ],
    ['an empty list of rules', form({ a: text }, { allOf: [] }), ['/allOf badKeyword']],
    [
      'a condition on a field that is not there',
      form({ a: text }, rule({ b: { const: true } })),
      ['/allOf/0/if/properties/b unknownField'],
    ],
    [
      'a condition that no choice passes',
      form({ a: pick }, rule({ a: { const: 'c' } })),
      ['/allOf/0/if/properties/a idleTest'],
    ],
    [
      'a condition on free text',
      form({ a: text }, rule({ a: { const: 'c' } })),
      ['/allOf/0/if/properties/a idleTest'],
    ],
    [
      'a condition of another kind',
      form({ a: yes }, rule({ a: { minimum: 1 } })),
      ['/allOf/0/if/properties/a idleTest'],
    ],
    [
      'a condition that holds for nothing answered',
      form({ a: yes }, { allOf: [{ if: { properties: { a: { const: true } } }, then: {} }] }),
      ['/allOf/0/if requiredDiffers'],
    ],
    [
      'a condition with an expression',
      form({ a: yes }, { allOf: [{ if: { $eval: 'a' }, then: {} }] }),
      ['/allOf/0/if notACondition'],
    ],
    [
      'one name for two fields at once',
      form({ a: yes }, rule({ a: { const: true } }, { properties: { a: text } })),
      ['/allOf/0 duplicateField'],
    ],
    [
      'a required field of a branch that is not taken',
      form(
        { a: yes },
        rule({ a: { const: true } }, { properties: { b: text } }, { else: { required: ['b'] } }),
      ),
      ['/allOf/0/else/required/0 unknownField'],
    ],
    [
      'one meaning asked twice',
      form({ a: { ...text, 'x-meaning': 'applicant.name' }, b: { ...text, 'x-meaning': 'applicant.name' } }),
      ['/properties/b duplicateMeaning'],
    ],
    [
      'a date that leans on what is no date',
      form({
        a: { ...title, type: 'string', format: 'date', 'x-date': { notAfter: { field: 'b' } } },
        b: text,
      }),
      ['/properties/a/x-date/notAfter unknownField'],
    ],
    [
      'a list without an end',
      form({ a: { ...title, type: 'array', items: { ...title, ...form({ b: text }) } } }),
      ['/properties/a/maxItems badKeyword'],
    ],
    [
      'more than a person fills in',
      form(Object.fromEntries(Array.from({ length: 151 }, (_, i) => [`a${i}`, text]))),
      [' tooManyFields'],
    ],
    [
      'more than can be read',
      form({ a: { ...text, 'x-help': { id: 'x'.repeat(120_000), en: 'x' } } }),
      [' tooLarge'],
    ],
  ])('%s', (_, value, expected) => {
    expect(problems(value)).toEqual(expected);
  });

  it('groups within groups without end', () => {
    expect(problems(form({ a: nested(3) }))).toEqual([]);
    expect(problems(form({ a: nested(40) })).at(0)).toMatch(/tooDeep$/);
  });

  it('a condition within conditions without end', () => {
    const deep = (n: number): object =>
      n === 0 ? { properties: { a: { const: true } }, required: ['a'] } : { not: deep(n - 1) };
    expect(problems(form({ a: yes }, { allOf: [{ if: deep(3), then: {} }] }))).toEqual([]);
    expect(problems(form({ a: yes }, { allOf: [{ if: deep(40), then: {} }] })).at(0)).toMatch(/tooDeep$/);
  });
});

it('the same name may be asked by either side of one rule', () => {
  const either = rule(
    { a: { const: true } },
    { properties: { b: text } },
    { else: { properties: { b: pick } } },
  );
  expect(problems(form({ a: yes }, either))).toEqual([]);
});

it('finds what a random change broke, or the form is still a JSON Schema; it never throws', () => {
  const reader = new Ajv2020({ strict: false, validateFormats: false });
  const parts = (value: unknown): object[] =>
    typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(parts)] : [];
  fc.assert(
    fc.property(
      fc.oneof(fc.constant(birth), randomForm),
      fc.nat(),
      fc.jsonValue(),
      fc.string(),
      (from, n, put, name) => {
        const copy = structuredClone(from) as object;
        const all = parts(copy);
        const into = all[n % all.length] as Record<string, unknown>;
        const keys = Object.keys(into);
        into[n % 2 === 0 ? name : (keys[n % Math.max(1, keys.length)] ?? name)] = put;
        if (checkForm(copy).length === 0) expect(reader.validateSchema(copy)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});
