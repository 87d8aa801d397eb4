import { knownOf } from './asked.ts';
import { isObject } from './condition.ts';
import { isLeaf, kinded } from './kinds.ts';
import type { Answers, Branch, Field, Fields, Leaf } from './model.ts';
import { within } from './pointer.ts';

/** A field, where its schema is in the form, and where its answer is in the answers; `*` stands for each entry. */
export interface Placed {
  readonly field: Field;
  readonly pointer: string;
  readonly answer: string;
}

/** The branches of a group's rules, by pointer. */
export const branchesOf = ({ allOf = [] }: Branch) =>
  allOf.flatMap((rule, i) => [
    { key: `/allOf/${i}/then`, branch: rule.then },
    ...(rule.else === undefined ? [] : [{ key: `/allOf/${i}/else`, branch: rule.else }]),
  ]);

/** Every field of a group, those of its branches, groups and lists too, as a page would show them. */
export function* fieldsIn(branch: Branch, pointer = '', answer = ''): Generator<Placed> {
  for (const [name, field] of Object.entries(branch.properties ?? {})) {
    const placed = { field, pointer: within(`${pointer}/properties`, name), answer: within(answer, name) };
    yield placed;
    if (isLeaf(field)) continue;
    if (field.type === 'object') yield* fieldsIn(field, placed.pointer, placed.answer);
    else yield* fieldsIn(field.items, `${placed.pointer}/items`, within(placed.answer, '*'));
  }
  for (const { key, branch: inner } of branchesOf(branch)) yield* fieldsIn(inner, `${pointer}${key}`, answer);
}

/** What an answer becomes; undefined takes it away. */
export interface Change {
  /** @param leaves the field, or the two that the branches of a rule ask under one name */
  readonly leaf: (leaves: readonly Leaf[], value: unknown) => unknown;
  /** An answer that no field is for, or that is not what its group or list should be. */
  readonly stray: (value: unknown) => unknown;
}

/** Answers with each of them changed, in groups and lists too. Asked or not makes no difference. */
export const mapAnswers = (
  group: Fields,
  answers: Readonly<Record<string, unknown>>,
  change: Change,
): Answers => {
  const known = knownOf(group);
  const changed = Object.entries(answers).map(([name, value]) => {
    const fields = known.get(name) ?? [];
    const leaves = fields.filter(isLeaf);
    const other = fields.find((field) => !isLeaf(field));
    if (leaves.length > 0 && (other === undefined || !inside(value)))
      return [name, change.leaf(leaves, value)];
    return [name, other === undefined ? change.stray(value) : mapInside(other, value, change)];
  });
  return Object.fromEntries(changed.filter(([, value]) => value !== undefined)) as Answers;
};

const inside = (value: unknown): boolean => typeof value === 'object' && value !== null;

const mapInside = (field: Field, value: unknown, change: Change): unknown => {
  const { kind, field: of } = kinded(field);
  if (kind === 'group' && isObject(value)) return mapAnswers(of, value, change);
  if (kind !== 'repeated' || !Array.isArray(value)) return change.stray(value);
  return value.map((entry: unknown) =>
    isObject(entry) ? mapAnswers(of.items, entry, change) : change.stray(entry),
  );
};
