import { once, type Problem, reporter } from '../problem.ts';
import type { SettingBodies } from '../schema.ts';

/** Answers name categories that there are. */
export const checkAnswers = ({ answers, categories }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (answers === undefined) return problems;
  const report = reporter(problems, 'answers');
  const known = new Set(categories?.groups.flatMap((group) => group.categories.map(({ id }) => id)));
  once(
    report,
    answers.answers.map(({ id }) => id),
    (i) => `answers[${i}].id`,
    'answer',
  );
  answers.answers.forEach(({ categories: named = [] }, i) => {
    named.forEach((id, j) => {
      if (categories !== undefined && !known.has(id))
        report(`answers[${i}].categories[${j}]`, `unknown category "${id}"`);
    });
  });
  return problems;
};

/** One rota a unit, of a unit that there is, with shifts that last. */
export const checkDuty = ({ duty, units }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (duty === undefined) return problems;
  const report = reporter(problems, 'duty');
  const known = new Set(units?.units.map(({ id }) => id));
  once(
    report,
    duty.rotas.map(({ unit }) => unit),
    (i) => `rotas[${i}].unit`,
    'rota of',
  );
  duty.rotas.forEach(({ unit, weekly, dated }, i) => {
    if (units !== undefined && !known.has(unit)) report(`rotas[${i}].unit`, `unknown unit "${unit}"`);
    if (weekly.length + dated.length === 0) report(`rotas[${i}]`, 'has no shift');
    dated.forEach(({ from, to }, j) => {
      if (to <= from) report(`rotas[${i}].dated[${j}].to`, `is not after its start (${from})`);
    });
  });
  return problems;
};
