import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { birth } from '../test/birth.ts';
import { answersOf } from '../test/generate.ts';
import { mutations } from '../test/mutate.ts';
import { randomForm } from '../test/random-form.ts';
import { checkAnswers, checkDraft } from './check-answers.ts';
import { checkForm } from './check-form.ts';
import { dayProblem } from './dates.ts';
import type { Answers, Around, DateLimits, Form } from './model.ts';
import { sayAnswerProblem } from './words.ts';

const around: Around = {
  today: '2026-11-22',
  areas: new Set(['13.74.01', '13.74.02', '13.74.01.1001', '13.74.02.1008']),
  files: new Map([
    ['scan', 'pdf'],
    ['photo', 'image'],
  ]),
};
const runs = { numRuns: 60 };

/** Any reader of JSON Schema that is told what a limit of dates means: what else is ours says nothing to it. */
const readers = new WeakMap<Form, ValidateFunction>();
const reader = (form: Form): ValidateFunction => {
  const made = readers.get(form) ?? compiled(form);
  readers.set(form, made);
  return made;
};
const compiled = (form: Form): ValidateFunction =>
  new Ajv2020({ strict: false, validateFormats: false })
    .addKeyword({
      keyword: 'x-date',
      validate: (limits: DateLimits, day: unknown, _?: unknown, at?: { parentData: Answers }) =>
        typeof day !== 'string' || dayProblem(limits, day, at?.parentData ?? {}, around.today) === undefined,
    })
    .compile(form);

const formAndAnswers = (forms: fc.Arbitrary<Form>) =>
  forms.chain((form) => fc.tuple(fc.constant(form), answersOf(form, around)));

describe.each([
  ['the form of a birth certificate', fc.constant(birth)],
  ['any form', randomForm],
])('%s', (_, forms) => {
  it('checks out', () => {
    fc.assert(
      fc.property(forms, (form) => {
        expect(checkForm(form)).toEqual([]);
      }),
      runs,
    );
  });

  it('takes valid answers, and so does any reader of JSON Schema', () => {
    fc.assert(
      fc.property(formAndAnswers(forms), ([form, answers]) => {
        expect(checkAnswers(form, answers, around)).toEqual([]);
        expect(checkDraft(form, answers, around)).toEqual([]);
        const read = reader(form);
        expect(read(answers) || read.errors).toBe(true);
      }),
      runs,
    );
  });

  it('refuses one mutation at the field that was changed', () => {
    fc.assert(
      fc.property(formAndAnswers(forms), fc.nat(), ([form, answers], n) => {
        const all = mutations(form, answers, around);
        const one = all[n % all.length];
        if (one === undefined) throw new Error('nothing to change');
        const found = checkAnswers(form, one.answers, around);
        expect(found.map(({ pointer, problem }) => ({ pointer, problem }))).toContainEqual({
          pointer: one.pointer,
          problem: one.problem,
        });
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, whatever is answered', () => {
    fc.assert(
      fc.property(forms, fc.jsonValue(), (form, value) => {
        expect(Array.isArray(checkAnswers(form, value, around))).toBe(true);
      }),
      runs,
    );
  });
});

describe('a problem', () => {
  const valid = {
    nik: '1374010101900001',
    area: '13.74.01.1001',
    childName: 'Siti',
    born: '2026-11-01',
    parents: 'unmarried',
    statement: true,
    mother: { name: 'Ani', foreign: true },
    witnesses: [
      { name: 'Budi', nik: '1374014101900001' },
      { name: 'Cici', nik: '1374014101900002' },
    ],
    true: true,
  };
  const wrong = (change: object) => checkAnswers(birth, { ...valid, ...change }, around);

  it('is not there in what fits', () => {
    expect(wrong({})).toEqual([]);
  });

  it.each([
    [
      { witnesses: [valid.witnesses[0], { name: 'Cici' }] },
      [{ pointer: '/witnesses/1/nik', problem: 'required' }],
    ],
    [{ witnesses: [valid.witnesses[0]] }, [{ pointer: '/witnesses', problem: 'tooFew', limit: 2 }]],
    [{ mother: { name: 'Ani', foreign: false } }, [{ pointer: '/mother/nik', problem: 'required' }]],
    [{ born: '2026-11-23' }, [{ pointer: '/born', problem: 'tooLate', limit: '2026-11-22' }]],
    [{ born: '2026-09-22' }, [{ pointer: '/lateReason', problem: 'required' }]],
    [{ born: '2026-09-23' }, []],
    [
      { born: '2008-11-22' },
      [
        { pointer: '/born', problem: 'tooEarly', limit: '2008-11-23' },
        { pointer: '/lateReason', problem: 'required' },
      ],
    ],
    [{ reported: '2026-10-31' }, [{ pointer: '/reported', problem: 'tooEarly', limit: '2026-11-01' }]],
    [{ email: 'ani@contoh.id' }, [{ pointer: '/phone', problem: 'required' }]],
    [{ marriageNumber: 'AB-1234' }, [{ pointer: '/marriageNumber', problem: 'notAsked' }]],
    [{ area: '13.74.01' }, [{ pointer: '/area', problem: 'area' }]],
    [{ constructor: 'x' }, [{ pointer: '/constructor', problem: 'unknown' }]],
    [{ childName: 'Ani\u202eaduB' }, [{ pointer: '/childName', problem: 'controlCharacter' }]],
    [{ childName: 'Ani\u2028Budi' }, [{ pointer: '/childName', problem: 'controlCharacter' }]],
    [{ childName: '\u200b\u200b\u200b' }, [{ pointer: '/childName', problem: 'tooShort', limit: 2 }]],
    [{ 'a/b~c': 1 }, [{ pointer: '/a~1b~0c', problem: 'unknown' }]],
    [{ true: false }, [{ pointer: '/true', problem: 'notAccepted' }]],
    [{ childName: 'x'.repeat(40_000) }, [{ pointer: '', problem: 'tooMuch', limit: 30_000 }]],
  ])('%j', (change, expected) => {
    expect(wrong(change)).toEqual(expected);
  });

  it('of a draft is only what cannot be kept', () => {
    const draft = (answers: object) => checkDraft(birth, answers, around);
    expect(draft({ nik: '1374', marriageNumber: 'AB', true: false, witnesses: [{ name: '' }] })).toEqual([]);
    expect(draft({ letter: 'of-somebody-else', nobody: 1, twin: 'ya' })).toEqual([
      { pointer: '/nobody', problem: 'unknown' },
      { pointer: '/twin', problem: 'type' },
      { pointer: '/letter', problem: 'unknownFile' },
    ]);
  });

  it('is said in both languages', () => {
    expect(sayAnswerProblem({ problem: 'tooLate', limit: '2026-11-22' }, 'id')).toBe(
      'Tanggal paling akhir 2026-11-22.',
    );
    expect(sayAnswerProblem({ problem: 'required' }, 'en')).toBe('Required.');
  });
});
