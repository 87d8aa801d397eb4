import { holds } from './condition.ts';
import type { Branch, Field, Fields } from './model.ts';

/** What is asked of one group, given what was answered so far. */
export interface Asked {
  readonly fields: ReadonlyMap<string, Field>;
  readonly required: ReadonlySet<string>;
}

/**
 * The fields of a group that are asked now. Conditions look at the answers as they are, at fields that are not asked too:
 * those are refused or dropped by whoever reads the answers.
 * @param answers of the group itself; need not be valid
 */
export const askedOf = (fields: Fields, answers: Readonly<Record<string, unknown>>, today: string): Asked => {
  const asked = new Map<string, Field>();
  const required = new Set<string>();
  const add = (branch: Branch): void => {
    for (const [name, field] of Object.entries(branch.properties ?? {})) asked.set(name, field);
    for (const name of branch.required ?? []) required.add(name);
    for (const [name, others] of Object.entries(branch.dependentRequired ?? {})) {
      if (Object.hasOwn(answers, name)) for (const other of others) required.add(other);
    }
    for (const rule of branch.allOf ?? []) {
      const taken = holds(rule.if, answers, today) ? rule.then : rule.else;
      if (taken !== undefined) add(taken);
    }
  };
  add(fields);
  return { fields: asked, required };
};

/** Every field that a group may ask, by name; the branches of one rule may ask the same name differently. */
export const knownOf = (fields: Branch): ReadonlyMap<string, readonly Field[]> => {
  const known = new Map<string, Field[]>();
  const add = (branch: Branch): void => {
    for (const [name, field] of Object.entries(branch.properties ?? {})) {
      known.set(name, [...(known.get(name) ?? []), field]);
    }
    for (const rule of branch.allOf ?? []) {
      add(rule.then);
      if (rule.else !== undefined) add(rule.else);
    }
  };
  add(fields);
  return known;
};
