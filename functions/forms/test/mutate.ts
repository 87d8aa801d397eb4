import type { AnswerProblemCode } from '../shared/answer-problems.ts';
import { askedOf, knownOf } from '../shared/asked.ts';
import { dayRange } from '../shared/dates.ts';
import { kinded } from '../shared/kinds.ts';
import type { Answers, Around, Field, Fields } from '../shared/model.ts';
import { within } from '../shared/pointer.ts';
import { answerAt, withAnswer } from '../shared/reuse.ts';

/** One change that makes valid answers wrong, and what should be said of it where. */
export interface Mutation {
  readonly pointer: string;
  readonly problem: AnswerProblemCode;
  readonly answers: Answers;
}

/** A value that a field of this kind refuses, and why. */
const refused = (
  field: Field,
  today: string,
): readonly (readonly [value: unknown, problem: AnswerProblemCode])[] => {
  const { kind, field: of } = kinded(field);
  switch (kind) {
    case 'text':
      return [
        ['x'.repeat(of.maxLength + 1), 'tooLong'],
        ['ab\u0000cd', 'controlCharacter'],
        [' ', 'tooShort'],
        [7, 'type'],
        ...(of.pattern === undefined ? [] : ([['~<>~', 'pattern']] as const)),
      ];
    case 'nik':
      return [
        ['1374010000000001', 'nik'],
        ['13740101019', 'nik'],
        [1374010101900001, 'type'],
      ];
    case 'kk':
      return [['12345678901234567', 'kk']];
    case 'phone':
      return [
        ['112', 'phone'],
        ['tidak ada', 'phone'],
      ];
    case 'email':
      return [['nama@', 'email']];
    case 'area':
      return [
        ['99.99.99', 'area'],
        ['99.99.99.9999', 'area'],
      ];
    case 'date':
      return [
        ['2026-02-30', 'day'],
        ['besok', 'day'],
        [20261122, 'type'],
        ...(dayRange(of['x-date'] ?? {}, {}, today).first === undefined
          ? []
          : ([['1111-11-11', 'tooEarly']] as const)),
      ];
    case 'file':
      return [
        ['nowhere', 'unknownFile'],
        ...(of['x-accepts'].includes('image') ? [] : ([['photo', 'wrongFile']] as const)),
      ];
    case 'choice':
      return [
        ['toString', 'notAChoice'],
        [['a'], 'type'],
      ];
    case 'choices': {
      const first = of.items.oneOf[0]?.const;
      return [
        [[first, first], 'twice'],
        [['nothing'], 'notAChoice'],
        ['a', 'type'],
      ];
    }
    case 'integer':
      return [
        [0.5, 'type'],
        ['7', 'type'],
        [(of.maximum ?? 0) + 1, 'tooLarge'],
        [(of.minimum ?? 0) - 1, 'tooSmall'],
      ];
    case 'money':
      return [
        [-1, 'tooSmall'],
        [1e15, 'tooLarge'],
      ];
    case 'number':
      return [
        [Number.POSITIVE_INFINITY, 'type'],
        [(of.maximum ?? 0) + 1, 'tooLarge'],
      ];
    case 'yesNo':
      return [
        ['ya', 'type'],
        [1, 'type'],
        [null, 'type'],
      ];
    case 'declaration':
      return [
        [false, 'notAccepted'],
        ['true', 'type'],
      ];
    case 'group':
      return [
        ['x', 'type'],
        [[], 'type'],
      ];
    case 'repeated':
      return [
        [{}, 'type'],
        [['x'], 'type'],
        [Array(of.maxItems + 1).fill({}), 'tooMany'],
      ];
  }
};

/** A text may be a choice of another field's condition, a list may hold the fault: where it is said then. */
const place = (at: string, value: unknown): string =>
  Array.isArray(value) && value[0] === 'x' ? `${at}/0` : at;

const without = (answers: Answers, pointer: string): Answers => {
  const cut = pointer.lastIndexOf('/');
  const parent = answerAt(answers, pointer.slice(0, cut)) as Answers;
  const { [pointer.slice(cut + 1)]: _, ...rest } = parent;
  return cut === 0 ? rest : withAnswer(answers, pointer.slice(0, cut), rest);
};

/** Every mutation of this sort of a group's answers; entries of lists are left alone. */
export const mutations = (form: Fields, whole: Answers, around: Around): Mutation[] => {
  const inGroup = (group: Fields, answers: Answers, pointer: string): Mutation[] => {
    const { fields, required } = askedOf(group, answers, around.today);
    const known = knownOf(group);
    const own = [...fields].flatMap(([name, field]): Mutation[] => {
      const at = within(pointer, name);
      if (!Object.hasOwn(answers, name)) return [];
      const { [name]: _, ...others } = answers;
      // A field may be required only because of its own answer.
      const missed = required.has(name) && askedOf(group, others, around.today).required.has(name);
      const gone: Mutation[] = missed
        ? [{ pointer: at, problem: 'required', answers: without(whole, at) }]
        : [];
      const wrong = refused(field, around.today).map(([value, problem]) => ({
        pointer: place(at, value),
        problem,
        answers: withAnswer(whole, at, value as never),
      }));
      const inner = field.type === 'object' ? inGroup(field, answers[name] as Answers, at) : [];
      return [...gone, ...wrong, ...inner];
    });
    const unknown = within(pointer, 'nobodyAsked');
    const hidden = [...known.keys()].filter((name) => !fields.has(name));
    return [
      ...own,
      { pointer: unknown, problem: 'unknown', answers: withAnswer(whole, unknown, 'x') },
      ...hidden.map((name): Mutation => {
        const at = within(pointer, name);
        return { pointer: at, problem: 'notAsked', answers: withAnswer(whole, at, 'x') };
      }),
    ];
  };
  return inGroup(form, whole, '');
};
