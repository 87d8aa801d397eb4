import type * as z from 'zod/mini';
import type { conditionShapes, dateLimits, leafShapes, Names } from './shapes.ts';

/**
 * A form is a JSON Schema (2020-12) of a subset: objects of named fields, conditions by `if`/`then`/`else` in `allOf`,
 * `dependentRequired`, lists of objects with `minItems`/`maxItems`. What the standard has no word for is an annotation
 * `x-…` (two languages, date limits) or a `format` of the country (`nik`, `kk`). A field that is not asked may
 * not be answered: `unevaluatedProperties: false` says so to every reader of JSON Schema.
 */
export interface Form extends Fields {
  readonly $schema?: 'https://json-schema.org/draft/2020-12/schema';
  readonly type: 'object';
  readonly unevaluatedProperties: false;
}

/** Fields that are asked together, and what follows from their answers. */
export interface Fields {
  readonly properties: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  /** Once the first is answered, the others must be. */
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly allOf?: readonly Rule[];
}

/** Asks further fields, or makes asked ones required, while its condition holds. */
export interface Rule {
  readonly if: Condition;
  readonly then: Branch;
  readonly else?: Branch;
}
export type Branch = Partial<Pick<Fields, 'properties' | 'required' | 'dependentRequired' | 'allOf'>>;

export type LeafKind = keyof typeof leafShapes;
export type Leaf = { readonly [K in LeafKind]: z.output<(typeof leafShapes)[K]> }[LeafKind];
export type LeafOf<K extends LeafKind> = z.output<(typeof leafShapes)[K]>;

/** Fields under a heading of their own. */
export interface Group extends Fields {
  readonly type: 'object';
  readonly 'x-title': Names;
  readonly 'x-help'?: Names;
  readonly unevaluatedProperties: false;
}
/** A group that is filled in as often as needed. */
export interface Repeated {
  readonly type: 'array';
  readonly 'x-title': Names;
  readonly 'x-help'?: Names;
  readonly minItems?: number;
  readonly maxItems: number;
  readonly items: Group;
}
export type Field = Leaf | Group | Repeated;
export type FieldKind = LeafKind | 'group' | 'repeated';

export type DateLimits = z.output<typeof dateLimits>;
export type Moment = NonNullable<DateLimits['notBefore']>;

/** Holds for answers of which every named field is there and passes its test. */
export interface OfFields {
  readonly properties: Readonly<Record<string, Test>>;
  /** Every field of `properties`: JSON Schema would take an absent one for passed. */
  readonly required: readonly string[];
}
export type Condition =
  | OfFields
  | { readonly allOf: readonly Condition[] }
  | { readonly anyOf: readonly Condition[] }
  | { readonly not: Condition };
type ConditionShapes = typeof conditionShapes;
export type ValueTest = {
  readonly [K in keyof ConditionShapes]: z.output<ConditionShapes[K]>;
}[keyof ConditionShapes];
/** Of one value, or of the fields of a group. */
export type Test = ValueTest | OfFields;

/** What somebody filled in: JSON, by the names of the fields. */
export type Answer =
  | string
  | number
  | boolean
  | null
  | readonly Answer[]
  | { readonly [name: string]: Answer };
export type Answers = { readonly [name: string]: Answer };

/** What the answers are measured by. */
export interface Around {
  /** Calendar day in the city's zone, `2026-11-22`. */
  readonly today: string;
  /** Codes of the city's kecamatan and kelurahan. */
  readonly areas: ReadonlySet<string>;
  /** Uploads that the caller may name, and what each is. */
  readonly files: ReadonlyMap<string, 'image' | 'pdf'>;
}
