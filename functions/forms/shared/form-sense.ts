import { knownOf } from './asked.ts';
import { conditionFits } from './condition-fits.ts';
import { isLeaf } from './kinds.ts';
import { leafProblems } from './leaf-sense.ts';
import type { Branch, Field, Fields, Form } from './model.ts';
import { within } from './pointer.ts';
import type { FormProblem } from './problems.ts';
import { limits } from './shapes.ts';
import { branchesOf, fieldsIn, type Placed } from './walk.ts';

/** What the parts of a well-shaped form say of each other. */
export const senseProblems = (form: Form): FormProblem[] => {
  const fields = [...fieldsIn(form)];
  if (fields.length === 0) return [{ pointer: '/properties', problem: 'noFields' }];
  if (fields.length > limits.fields) return [{ pointer: '', problem: 'tooManyFields' }];
  return [...groupProblems(form, ''), ...twiceMeant(fields)];
};

/** One meaning is asked once: which of two answers would be used again? */
const twiceMeant = (fields: readonly Placed[]): FormProblem[] => {
  const seen = new Map<string, string>();
  return fields.flatMap(({ field, pointer, answer }) => {
    const meaning = isLeaf(field) && 'x-meaning' in field ? field['x-meaning'] : undefined;
    if (meaning === undefined) return [];
    const first = seen.get(meaning) ?? answer;
    seen.set(meaning, first);
    return first === answer ? [] : [{ pointer, problem: 'duplicateMeaning', detail: meaning }];
  });
};

const groupProblems = (group: Fields, pointer: string): FormProblem[] => {
  const known = knownOf(group);
  return [...duplicates(group, pointer).problems, ...branchProblems(group, pointer, new Set())];

  /** @param reachable names that are asked wherever this branch is */
  function branchProblems(branch: Branch, at: string, reachable: ReadonlySet<string>): FormProblem[] {
    const own = new Set([...reachable, ...Object.keys(branch.properties ?? {})]);
    const unknown = (name: string, where: string): FormProblem[] =>
      own.has(name) ? [] : [{ pointer: where, problem: 'unknownField', detail: name }];
    return [
      ...(branch.required ?? []).flatMap((name, i) => unknown(name, `${at}/required/${i}`)),
      ...Object.entries(branch.dependentRequired ?? {}).flatMap(([name, others]) => {
        const where = within(`${at}/dependentRequired`, name);
        return [name, ...others].flatMap((one) => unknown(one, where));
      }),
      ...Object.entries(branch.properties ?? {}).flatMap(([name, field]) =>
        fieldProblems(field, within(`${at}/properties`, name)),
      ),
      ...(branch.allOf ?? []).flatMap((rule, i) => conditionFits(rule.if, known, `${at}/allOf/${i}/if`)),
      ...branchesOf(branch).flatMap(({ key, branch: inner }) => branchProblems(inner, `${at}${key}`, own)),
    ];
  }

  function fieldProblems(field: Field, at: string): FormProblem[] {
    if (isLeaf(field)) return leafProblems(field, known, at);
    if (field.type === 'object') return groupProblems(field, at);
    const { minItems = 0, maxItems } = field;
    return [
      ...(minItems > maxItems ? [{ pointer: at, problem: 'limitsCross' } as const] : []),
      ...groupProblems(field.items, `${at}/items`),
    ];
  }
};

/** Names that a branch may ask, and those of them that two of its parts would ask at once. */
const duplicates = (
  branch: Branch,
  pointer: string,
): { names: ReadonlySet<string>; problems: FormProblem[] } => {
  const names = new Set(Object.keys(branch.properties ?? {}));
  const problems: FormProblem[] = [];
  (branch.allOf ?? []).forEach((rule, i) => {
    const at = `${pointer}/allOf/${i}`;
    const sides = [duplicates(rule.then, `${at}/then`), duplicates(rule.else ?? {}, `${at}/else`)];
    problems.push(...sides.flatMap((side) => side.problems));
    // Of `then` and `else` only one is ever asked.
    for (const name of new Set(sides.flatMap((side) => [...side.names]))) {
      if (names.has(name)) problems.push({ pointer: at, problem: 'duplicateField', detail: name });
      names.add(name);
    }
  });
  return { names, problems };
};
