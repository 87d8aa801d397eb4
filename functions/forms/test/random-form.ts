import fc from 'fast-check';
import type { Condition, Field, Fields, Form, Group, Leaf, Repeated, Rule, Test } from '../shared/model.ts';

const title = { 'x-title': { id: 'Isian', en: 'Field' } } as const;
const choice = (name: string) => ({ const: name, ...title });

const string = { ...title, type: 'string' } as const;

const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 5, max: 60 }))
    .map(([minLength, maxLength]): Leaf => ({ ...string, minLength, maxLength })),
  fc
    .constantFrom('^\\d{3}-[A-Z]{2,4}$', '^(RT|RW) ?\\d{1,3}$', '^[a-z]+[0-9]*$', '^[^<>]{1,10}$')
    .map((pattern): Leaf => ({ ...string, maxLength: 40, pattern })),
  fc
    .constantFrom('nik' as const, 'kk' as const, 'phone' as const, 'email' as const)
    .map((format) => ({ ...string, format }) as Leaf),
  fc.constantFrom(
    { ...string, format: 'area' } as const,
    { ...string, format: 'area', 'x-level': 'kecamatan' } as const,
  ),
  fc.tuple(fc.integer({ min: -4000, max: 0 }), fc.integer({ min: 0, max: 400 })).map(
    ([from, to]): Leaf => ({
      ...string,
      format: 'date',
      'x-date': { notBefore: { days: from }, notAfter: { days: to } },
    }),
  ),
  fc.constant<Leaf>({ ...string, format: 'file', 'x-accepts': ['pdf'] }),
  fc.constant<Leaf>({ ...string, oneOf: [choice('a'), choice('b'), choice('c')] }),
  fc.constant<Leaf>({
    ...title,
    type: 'array',
    uniqueItems: true,
    minItems: 1,
    maxItems: 2,
    items: { type: 'string', oneOf: [choice('a'), choice('b'), choice('c')] },
  }),
  fc
    .tuple(fc.integer({ min: -50, max: 0 }), fc.integer({ min: 0, max: 50 }))
    .map(([minimum, maximum]): Leaf => ({ ...title, type: 'integer', minimum, maximum })),
  fc.constant<Leaf>({ ...title, type: 'integer', format: 'rupiah', maximum: 1_000_000 }),
  fc.constant<Leaf>({ ...title, type: 'number', minimum: 0, maximum: 1 }),
  fc.constant<Leaf>({ ...title, type: 'boolean' }),
  fc.constant<Leaf>({ ...title, type: 'boolean', const: true }),
);

/** A test that some answers of a field pass and some do not. */
const testOf = (field: Field): Test | undefined => {
  if ('oneOf' in field) return { enum: ['a', 'b'] };
  if (field.type === 'boolean' && !('const' in field)) return { const: true };
  if (field.type === 'integer' && !('format' in field)) return { minimum: 1 };
  return 'format' in field && field.format === 'date' ? { 'x-date': { notAfter: { days: -30 } } } : undefined;
};

const names = ['a1', 'b2', 'c3', 'd4', 'e5', 'f6'] as const;

/** Named fields, some of them required, and rules that hang on those that can be tested. */
const fields = (prefix: string, inner: fc.Arbitrary<Field>): fc.Arbitrary<Fields> =>
  fc.array(fc.tuple(inner, fc.boolean()), { minLength: 1, maxLength: names.length }).chain((list) => {
    const named = list.map(([field, required], i) => ({ name: `${prefix}${names[i]}`, field, required }));
    const properties = Object.fromEntries(named.map(({ name, field }) => [name, field]));
    const required = named.filter((one) => one.required).map((one) => one.name);
    const tests = named.flatMap(({ name, field }) => {
      const test = testOf(field);
      return test === undefined ? [] : [{ name, test }];
    });
    const rules = tests
      .slice(0, 2)
      .map(({ name, test }, i) => rule(`${prefix}r${i}`, name, test, Object.keys(properties)));
    const [first, second] = named;
    const dependent = fc
      .boolean()
      .map((yes) =>
        yes && first !== undefined && second !== undefined ? { [first.name]: [second.name] } : {},
      );
    return fc.tuple(fc.tuple(...rules), dependent).map(
      ([allOf, dependentRequired]): Fields => ({
        properties,
        required,
        dependentRequired,
        ...(allOf.length === 0 ? {} : { allOf }),
      }),
    );
  });

const rule = (prefix: string, name: string, test: Test, others: readonly string[]): fc.Arbitrary<Rule> =>
  fc
    .tuple(leaf, leaf, fc.boolean(), fc.boolean(), fc.constantFrom(...others))
    .map(([yes, no, negated, withElse, other]): Rule => {
      const condition: Condition = { properties: { [name]: test }, required: [name] };
      return {
        if: negated ? { not: condition } : condition,
        then: { properties: { [`${prefix}y`]: yes }, required: [`${prefix}y`] },
        ...(withElse ? { else: { properties: { [`${prefix}n`]: no }, required: [other] } } : {}),
      };
    });

const object = (of: Fields) => ({ ...of, type: 'object', unevaluatedProperties: false }) as const;
const group: fc.Arbitrary<Group> = fields('g', leaf).map((of) => ({ ...title, ...object(of) }));
const repeated: fc.Arbitrary<Repeated> = fc
  .tuple(group, fc.integer({ min: 0, max: 2 }))
  .map(([items, minItems]) => ({ ...title, type: 'array', minItems, maxItems: 4, items }));

/** Forms of every kind of field, with conditions, groups and lists. */
export const randomForm: fc.Arbitrary<Form> = fields(
  't',
  fc.oneof(
    { weight: 6, arbitrary: leaf },
    { weight: 1, arbitrary: group },
    { weight: 1, arbitrary: repeated },
  ),
).map(object);
