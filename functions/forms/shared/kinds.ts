import { isObject } from './condition.ts';
import type { Field, FieldKind, Group, Leaf, LeafKind, LeafOf, Repeated } from './model.ts';

/** Kinds of text that are named by their `format`. */
const formats = [
  'nik',
  'kk',
  'phone',
  'email',
  'area',
  'date',
  'file',
] as const satisfies readonly LeafKind[];

/** What kind of field a schema describes, by its keywords; undefined when it is none. */
export const kindOfSchema = (schema: Readonly<Record<string, unknown>>): FieldKind | undefined => {
  const { type, format, items } = schema;
  switch (type) {
    case 'string':
      if (format !== undefined) return formats.find((name) => name === format);
      return 'oneOf' in schema ? 'choice' : 'text';
    case 'integer':
      return format === undefined ? 'integer' : format === 'rupiah' ? 'money' : undefined;
    case 'number':
      return 'number';
    case 'boolean':
      return 'const' in schema ? 'declaration' : 'yesNo';
    case 'array':
      return isObject(items) && items['type'] === 'object' ? 'repeated' : 'choices';
    case 'object':
      return 'group';
    default:
      return undefined;
  }
};

/** A field of a checked form with its kind, for telling kinds apart. */
export type Kinded =
  | { readonly [K in LeafKind]: { readonly kind: K; readonly field: LeafOf<K> } }[LeafKind]
  | { readonly kind: 'group'; readonly field: Group }
  | { readonly kind: 'repeated'; readonly field: Repeated };

/** @throws Error for a field that no checked form has */
export const kinded = (field: Field): Kinded => {
  const kind = kindOfSchema(field as unknown as Readonly<Record<string, unknown>>);
  if (kind === undefined) throw new Error('a field of no kind');
  // Its keywords said so: the one place where they are believed.
  return { kind, field } as Kinded;
};

export const isLeaf = (field: Field): field is Leaf => {
  const { kind } = kinded(field);
  return kind !== 'group' && kind !== 'repeated';
};
