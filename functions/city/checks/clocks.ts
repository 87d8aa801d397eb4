import { ruleFits } from '../find.ts';
import { type CaseKindName, caseKinds } from '../kinds.ts';
import { once, type Problem, reporter } from '../problem.ts';
import type { ClockName, ClockRule, SettingBodies } from '../schema.ts';
import { isIssuedHere } from '../services.ts';
import { leaves } from './leaves.ts';

/**
 * Clocks without which a report of any category would stand still unseen: nobody would be late on it, or nothing
 * would ever end it. `dispatch` and `reminder` are a city's choice.
 */
export const neededClocks = [
  'verification',
  'firstResponse',
  'resolution',
  'promise',
  'outer',
  'question',
  'data',
  'confirmation',
  'objection',
  'planned',
  'dispute',
] as const satisfies readonly ClockName[];

/** The same of cases that are no reports. The promise of an application comes with its service. */
const neededElse: ReadonlyMap<string, readonly ClockName[]> = new Map<CaseKindName, readonly ClockName[]>([
  ['application', ['completeness', 'data', 'objection', 'contest']],
  ['informationRequest', ['promise', 'extension', 'contest', 'objection', 'dispute']],
]);
type Matter = string | null;

/** What cases of a kind may be about; nothing where the city takes none of that kind. */
const mattersOf = (bodies: SettingBodies, kind: string): readonly Matter[] => {
  const { services, ppid } = bodies;
  if (kind === 'application') return services?.services.filter(isIssuedHere).map(({ code }) => code) ?? [];
  if (kind === 'informationRequest') return ppid === undefined ? [] : [null];
  return [...leaves(bodies).map(({ id }) => id), null];
};

/** Every case has all of its clocks; the promise is the whole city's, and the outer limit stands still for nobody. */
export const checkClocks = (bodies: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  const { clocks } = bodies;
  if (clocks === undefined) return problems;
  const report = reporter(problems, 'clocks');
  const known = new Set([
    ...leaves(bodies).map(({ id }) => id),
    ...(bodies.services?.services.map(({ code }) => code) ?? []),
  ]);
  once(
    report,
    clocks.rules.map((rule) => rule.id),
    (i) => `rules[${i}].id`,
    'rule',
  );
  clocks.rules.forEach((rule, i) => {
    const at = `rules[${i}]`;
    rule.when.categories?.forEach((id, j) => {
      if (bodies.categories !== undefined && !known.has(id)) {
        report(`${at}.when.categories[${j}]`, `unknown category "${id}"`);
      }
    });
    const { validFrom, validTo } = rule.legal;
    if (validTo !== undefined && validTo < validFrom)
      report(`${at}.legal.validTo`, 'is before legal.validFrom');
    if (rule.clock === 'outer' && rule.pausable) report(`${at}.pausable`, 'the outer limit never pauses');
    if (rule.clock === 'promise' && rule.calendar !== 'city') {
      report(`${at}.calendar`, 'a promise runs on the city calendar: routing must not move it');
    }
  });
  const kinds = new Set([...caseKinds, ...clocks.rules.flatMap((rule) => rule.when.kinds ?? [])]);
  for (const kind of kinds) {
    for (const missing of unruled(clocks.rules, kind, mattersOf(bodies, kind))) report('rules', missing);
  }
  return problems;
};

/** Of each clock that a kind needs the first case for which no rule is found, in words. */
const unruled = (rules: readonly ClockRule[], kind: string, matters: readonly Matter[]): readonly string[] =>
  (neededElse.get(kind) ?? neededClocks).flatMap((clock) => {
    const ofClock = rules.filter((rule) => rule.clock === clock);
    // Only reports can accuse somebody.
    return (neededElse.has(kind) ? [false] : [false, true]).flatMap((oversight) => {
      const without = matters.find(
        (category) => !ofClock.some((rule) => ruleFits(rule, { kind, category, oversight })),
      );
      if (without === undefined) return [];
      const of = without === null ? ' without a category' : `, category "${without}"`;
      return [`no ${clock} for kind "${kind}"${oversight ? ' with oversight' : ''}${of}`];
    });
  });
