import type { AnswerProblem } from './answer-problems.ts';
import { askedOf, knownOf } from './asked.ts';
import { answerOf, isObject } from './condition.ts';
import { kinded } from './kinds.ts';
import type { Answers, Around, Field, Fields, Form } from './model.ts';
import { within } from './pointer.ts';
import { limits } from './shapes.ts';
import { type Fault, placedFault, shapeFault } from './values.ts';

/**
 * Everything that is wrong with answers, field by field; empty when they may be submitted. Answers to what the form
 * does not have are refused (`unknown`), and so are those to what it does not ask now (`notAsked`): nobody would
 * look at them (`askedOnly` takes them away).
 * @param form as `checkForm` passed it
 * @param answers any JSON
 */
export const checkAnswers = (form: Form, answers: unknown, around: Around): AnswerProblem[] => {
  if (!isObject(answers)) return [{ pointer: '', problem: 'type' }];
  if (JSON.stringify(answers).length > limits.answers) {
    return [{ pointer: '', problem: 'tooMuch', limit: limits.answers }];
  }
  return groupProblems(form, answers, '', around);
};

const groupProblems = (
  group: Fields,
  answers: Readonly<Record<string, unknown>>,
  pointer: string,
  around: Around,
): AnswerProblem[] => {
  const { fields, required } = askedOf(group, answers, around.today);
  const known = knownOf(group);
  const stray = Object.keys(answers)
    .filter((name) => !fields.has(name))
    .map(
      (name): AnswerProblem => ({
        pointer: within(pointer, name),
        problem: known.has(name) ? 'notAsked' : 'unknown',
      }),
    );
  const asked = [...fields].flatMap(([name, field]): AnswerProblem[] => {
    const at = within(pointer, name);
    const value = answerOf(answers, name);
    if (value === undefined) return required.has(name) ? [{ pointer: at, problem: 'required' }] : [];
    return fieldProblems(field, value, answers as Answers, at, around);
  });
  return [...stray, ...asked];
};

const fieldProblems = (
  field: Field,
  value: unknown,
  beside: Answers,
  pointer: string,
  around: Around,
): AnswerProblem[] => {
  const at = (fault: Fault | undefined): AnswerProblem[] =>
    fault === undefined ? [] : [{ pointer, ...fault }];
  const of = kinded(field);
  if (of.kind === 'group') {
    return isObject(value) ? groupProblems(of.field, value, pointer, around) : at({ problem: 'type' });
  }
  if (of.kind !== 'repeated') {
    const shape = shapeFault(of.field, value);
    if (shape !== undefined || typeof value !== 'string') return at(shape);
    return at(placedFault(of.field, value, beside, around));
  }
  if (!Array.isArray(value)) return at({ problem: 'type' });
  const { items, minItems = 0, maxItems } = of.field;
  if (value.length > maxItems) return at({ problem: 'tooMany', limit: maxItems });
  return [
    ...(value.length < minItems ? at({ problem: 'tooFew', limit: minItems }) : []),
    ...value.flatMap((entry: unknown, i): AnswerProblem[] =>
      isObject(entry)
        ? groupProblems(items, entry, within(pointer, i), around)
        : [{ pointer: within(pointer, i), problem: 'type' }],
    ),
  ];
};

/** What only the finished form needs; a draft may lack it. */
const laterProblems: ReadonlySet<AnswerProblem['problem']> = new Set<AnswerProblem['problem']>([
  'required',
  'notAsked',
  'tooShort',
  'tooFew',
  'notAccepted',
  'pattern',
  'nik',
  'kk',
  'phone',
  'email',
  'day',
  'area',
  'tooEarly',
  'tooLate',
  'tooSmall',
  'tooLarge',
]);

/**
 * What keeps answers from being kept as a draft: unknown fields, other types than the fields have, too much of something,
 * files of somebody else. What is missing or half written is not.
 */
export const checkDraft = (form: Form, answers: unknown, around: Around): AnswerProblem[] =>
  checkAnswers(form, answers, around).filter(({ problem }) => !laterProblems.has(problem));
