import { ruleFits } from '../find.ts';
import { once, type Problem, reporter } from '../problem.ts';
import type { ClockName, ClockRule, SettingBodies } from '../schema.ts';
import { leaves } from './leaves.ts';

/** Kinds of cases that there are; a test compares them with the workflows, which this layer does not know. */
export const caseKinds = ['complaint', 'aspiration', 'question'] as const;

/**
 * Clocks without which a case of any kind and category would stand still unseen: nobody would be late on it, or nothing
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

/** Every case has all of its clocks; the promise is the whole city's, and the outer limit stands still for nobody. */
export const checkClocks = (bodies: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  const { clocks } = bodies;
  if (clocks === undefined) return problems;
  const report = reporter(problems, 'clocks');
  const known = new Set(leaves(bodies).map((category) => category.id));
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
  for (const missing of unruled(clocks.rules, [...known])) report('rules', missing);
  return problems;
};

/** Of each clock and kind the first case for which no rule is found, in words. */
const unruled = (rules: readonly ClockRule[], categories: readonly string[]): readonly string[] => {
  const kinds = new Set([...caseKinds, ...rules.flatMap((rule) => rule.when.kinds ?? [])]);
  return neededClocks.flatMap((clock) => {
    const ofClock = rules.filter((rule) => rule.clock === clock);
    return [...kinds].flatMap((kind) =>
      [false, true].flatMap((oversight) => {
        const without = [...categories, null].find(
          (category) => !ofClock.some((rule) => ruleFits(rule, { kind, category, oversight })),
        );
        if (without === undefined) return [];
        const of = without === null ? ' without a category' : `, category "${without}"`;
        return [`no ${clock} for kind "${kind}"${oversight ? ' with oversight' : ''}${of}`];
      }),
    );
  });
};
