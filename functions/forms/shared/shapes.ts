import * as z from 'zod/mini';

/** Shapes of what a form is made of, each with exactly its keywords: anything else is an unknown keyword. */
const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
export const names = z.strictObject({ id: text(300), en: text(300) });
export type Names = z.output<typeof names>;
const help = z.strictObject({ id: text(1000), en: text(1000) });

/** Fields of a group, entries of a list, choices of a field, letters of an answer: no form may ask for more. */
export const limits = {
  fields: 150,
  depth: 6,
  rules: 40,
  entries: 20,
  choices: 100,
  letters: 4000,
  pattern: 120,
  /** Characters of a form, and of answers, written as JSON. */
  form: 100_000,
  answers: 30_000,
} as const;

/** What an answer says whatever form asks for it, so that it can be used again: `applicant.nik`. */
const meaning = z.string().check(z.maxLength(64), z.regex(/^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9]*){1,2}$/));
const heading = { 'x-title': names, 'x-help': z.optional(help) };
const leaf = { ...heading, 'x-meaning': z.optional(meaning) };

const isoDay = z.iso.date();
const span = z.int().check(z.gte(-73_000), z.lte(73_000));
/** A day: fixed, today, or so many days or years from today or from another date of the same group. */
const moment = z.union([
  isoDay,
  z.literal('today'),
  z.strictObject({ days: span }),
  z.strictObject({ years: z.int().check(z.gte(-150), z.lte(150)) }),
  z.strictObject({ field: z.string(), days: z.optional(span) }),
]);
const years = z.int().check(z.gte(0), z.lte(150));
export const dateLimits = z.strictObject({
  /** Both inclusive. */
  notBefore: z.optional(moment),
  notAfter: z.optional(moment),
  /** Whole years today of whoever was born on the date. */
  minAge: z.optional(years),
  maxAge: z.optional(years),
});

const choice = z.strictObject({
  const: z.string().check(z.maxLength(48), z.regex(/^[a-zA-Z0-9]+([-_.][a-zA-Z0-9]+)*$/)),
  'x-title': names,
});
const oneOf = z.array(choice).check(z.minLength(1), z.maxLength(limits.choices));
const length = z.int().check(z.gte(0), z.lte(limits.letters));
const entries = z.int().check(z.gte(0), z.lte(limits.choices));
const number = z.number().check(z.gte(-1e12), z.lte(1e12));
const rupiah = z.int().check(z.gte(0), z.lte(1e12));
const plain = (format: string) =>
  z.strictObject({ ...leaf, type: z.literal('string'), format: z.literal(format) });

export const leafShapes = {
  text: z.strictObject({
    ...leaf,
    type: z.literal('string'),
    minLength: z.optional(length),
    maxLength: z.int().check(z.gte(1), z.lte(limits.letters)),
    /** Of the subset in pattern.ts, matched in linear time. */
    pattern: z.optional(text(limits.pattern)),
    /** Several lines. */
    'x-lines': z.optional(z.boolean()),
  }),
  /** Population number, 16 digits; only its shape can be checked. */
  nik: plain('nik'),
  /** Number of the family card, 16 digits. */
  kk: plain('kk'),
  /** Kept as E.164. */
  phone: plain('phone'),
  email: plain('email'),
  /** Kemendagri code of an area of the city. */
  area: z.strictObject({
    ...leaf,
    type: z.literal('string'),
    format: z.literal('area'),
    'x-level': z.optional(z.enum(['kecamatan', 'kelurahan'])),
  }),
  date: z.strictObject({
    ...leaf,
    type: z.literal('string'),
    format: z.literal('date'),
    'x-date': z.optional(dateLimits),
  }),
  /** Id of an upload. */
  file: z.strictObject({
    ...leaf,
    type: z.literal('string'),
    format: z.literal('file'),
    'x-accepts': z.array(z.enum(['image', 'pdf'])).check(z.minLength(1), z.maxLength(2)),
  }),
  choice: z.strictObject({ ...leaf, type: z.literal('string'), oneOf }),
  choices: z.strictObject({
    ...leaf,
    type: z.literal('array'),
    uniqueItems: z.literal(true),
    minItems: z.optional(entries),
    maxItems: z.optional(entries),
    items: z.strictObject({ type: z.literal('string'), oneOf }),
  }),
  integer: z.strictObject({
    ...leaf,
    type: z.literal('integer'),
    minimum: z.optional(number),
    maximum: z.optional(number),
  }),
  number: z.strictObject({
    ...leaf,
    type: z.literal('number'),
    minimum: z.optional(number),
    maximum: z.optional(number),
  }),
  /** Whole rupiah. */
  money: z.strictObject({
    ...leaf,
    type: z.literal('integer'),
    format: z.literal('rupiah'),
    minimum: z.optional(rupiah),
    maximum: z.optional(rupiah),
  }),
  yesNo: z.strictObject({ ...leaf, type: z.literal('boolean') }),
  /** A statement, its title, that must be accepted. */
  declaration: z.strictObject({ ...heading, type: z.literal('boolean'), const: z.literal(true) }),
} as const;

/** Tests of one value in a condition. */
const scalar = z.union([z.string().check(z.maxLength(200)), z.number(), z.boolean()]);
export const conditionShapes = {
  const: z.strictObject({ const: scalar }),
  enum: z.strictObject({ enum: z.array(scalar).check(z.minLength(1), z.maxLength(limits.choices)) }),
  range: z.strictObject({ minimum: z.optional(number), maximum: z.optional(number) }),
  count: z.strictObject({ minItems: z.optional(entries), maxItems: z.optional(entries) }),
  date: z.strictObject({ 'x-date': dateLimits }),
} as const;

const namedFields = z.array(z.string()).check(
  z.maxLength(limits.fields),
  z.refine((names) => new Set(names).size === names.length),
);
/** What is within is looked at part by part. */
const parts = {
  required: z.optional(namedFields),
  dependentRequired: z.optional(z.record(z.string(), namedFields)),
  allOf: z.optional(z.array(z.unknown()).check(z.minLength(1))),
};
const properties = z.record(z.string(), z.unknown());
const object = { type: z.literal('object'), unevaluatedProperties: z.literal(false), properties, ...parts };
export const formShape = z.strictObject({
  $schema: z.optional(z.literal('https://json-schema.org/draft/2020-12/schema')),
  ...object,
});
export const groupShape = z.strictObject({ ...heading, ...object });
export const branchShape = z.strictObject({ properties: z.optional(properties), ...parts });
export const ruleShape = z.strictObject({
  if: z.unknown(),
  then: z.unknown(),
  else: z.optional(z.unknown()),
});
export const repeatedShape = z.strictObject({
  ...heading,
  type: z.literal('array'),
  minItems: z.optional(z.int().check(z.gte(0), z.lte(limits.entries))),
  maxItems: z.int().check(z.gte(1), z.lte(limits.entries)),
  items: z.unknown(),
});
