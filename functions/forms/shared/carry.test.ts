import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { birth } from '../test/birth.ts';
import { answersOf } from '../test/generate.ts';
import { randomForm } from '../test/random-form.ts';
import { carryOver } from './carry.ts';
import { checkAnswers, checkDraft } from './check-answers.ts';
import { checkForm } from './check-form.ts';
import { neededDocuments } from './documents.ts';
import { maskAnswers } from './mask.ts';
import type { Answers, Around, Condition, Form } from './model.ts';
import { meaningsOf, reuse } from './reuse.ts';
import { askedOnly, tidyAnswers } from './tidy.ts';

const today = '2026-11-22';
const around: Around = {
  today,
  areas: new Set(['13.74.01', '13.74.01.1001']),
  files: new Map([
    ['scan', 'pdf'],
    ['photo', 'image'],
  ]),
};
const title = { 'x-title': { id: 'Isian', en: 'Field' } };
const { childName, order, parents, witnesses, ...rest } = birth.properties;

/** A year later: a name asked otherwise, fewer choices, shorter lists, something new. */
const next: Form = {
  ...birth,
  properties: {
    ...rest,
    nik: { ...title, type: 'string', format: 'nik' },
    applicantNik: { ...title, type: 'string', format: 'nik', 'x-meaning': 'applicant.nik' },
    childName: { ...title, type: 'string', maxLength: 5 },
    parents: {
      ...title,
      type: 'string',
      oneOf: [
        { const: 'married', ...title },
        { const: 'other', ...title },
      ],
    },
    witnesses: { ...(witnesses as object), maxItems: 2 } as never,
    hospital: { ...title, type: 'string', maxLength: 80 },
  },
  required: ['area', 'childName', 'parents', 'hospital', 'kk'],
};

describe('a draft under a new version of its form', () => {
  const witness = (nik: string) => ({ name: 'Ani', nik });
  const draft: Answers = {
    nik: '1374',
    area: '13.74.01.1001',
    childName: 'Siti Aminah',
    order: 2,
    parents: 'unknown',
    witnesses: [witness('1'), witness('2'), witness('3')],
    mother: { name: 'Ani', foreign: true },
  };

  it('keeps what it can, and says what changed', () => {
    expect(checkForm(next)).toEqual([]);
    const carried = carryOver(birth, next, draft, today);
    expect(carried.answers).toEqual({
      // Half written as it was.
      nik: '1374',
      area: '13.74.01.1001',
      witnesses: [witness('1'), witness('2')],
      mother: { name: 'Ani', foreign: true },
    });
    expect(carried.changes).toEqual([
      { pointer: '/childName', change: 'noLongerFits' },
      { pointer: '/order', change: 'removed' },
      { pointer: '/parents', change: 'noLongerFits' },
      { pointer: '/witnesses/2', change: 'noLongerFits' },
      { pointer: '/kk', change: 'nowRequired' },
      { pointer: '/applicantNik', change: 'added' },
      { pointer: '/hospital', change: 'added' },
    ]);
  });

  it('finds an answer again by its meaning where its field has another name', () => {
    const { nik, ...others } = birth.properties;
    const renamed: Form = {
      ...birth,
      properties: { identity: nik as never, ...others },
      required: ['identity'],
    };
    const carried = carryOver(birth, renamed, { nik: '1374010101900001' }, today);
    expect(carried.answers).toEqual({ identity: '1374010101900001' });
    expect(carried.changes).toContainEqual({ pointer: '/nik', change: 'moved', to: '/identity' });
    expect(carried.changes.map(({ pointer }) => pointer)).not.toContain('/identity');
  });

  it('stays as it is under the same form, whatever the form', () => {
    const both = randomForm.chain((form) => fc.tuple(fc.constant(form), answersOf(form, around)));
    fc.assert(
      fc.property(both, ([form, answers]) => {
        expect(carryOver(form, form, answers, today)).toEqual({
          answers,
          changes: carryOver(form, form, {}, today).changes,
        });
        expect(carryOver(form, form, answers, today).changes).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('can be kept under any other form', () => {
    const three = fc
      .tuple(randomForm, randomForm)
      .chain(([old, other]) => fc.tuple(fc.constant(old), fc.constant(other), answersOf(old, around)));
    fc.assert(
      fc.property(three, ([old, other, answers]) => {
        const carried = carryOver(old, other, answers, today);
        expect(checkDraft(other, carried.answers, around)).toEqual([]);
        const lost = carried.changes.filter(({ change }) => ['removed', 'noLongerFits'].includes(change));
        const kept = Object.keys(carried.answers).length;
        const top = new Set(lost.map(({ pointer }) => pointer.split('/')[1]));
        expect(kept + top.size).toBeGreaterThanOrEqual(Object.keys(answers).length);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what somebody answered before', () => {
  const nik = '1374010101900001';
  const before: Answers = { nik, phone: 'belum ada', mother: { name: 'Ani', foreign: false, nik } };

  it('is known by its meaning, where it is right', () => {
    expect([...meaningsOf(birth, before)]).toEqual([
      ['applicant.nik', nik],
      ['mother.name', 'Ani'],
    ]);
  });

  it('fills in another form, but never over what is answered or where nothing is asked', () => {
    const meant = new Map([
      ...meaningsOf(birth, before),
      ['applicant.area', '13.74.01.1001'],
      ['applicant.kk', 7],
    ] as const);
    expect(reuse(birth, { area: '13.74.01' }, meant, today)).toEqual({
      answers: { area: '13.74.01', nik, mother: { name: 'Ani' } },
      filled: ['/nik', '/mother/name'],
    });
    const hidden: Form = {
      type: 'object',
      unevaluatedProperties: false,
      properties: { self: { ...title, type: 'boolean' } },
      allOf: [
        {
          if: { properties: { self: { const: true } }, required: ['self'] },
          then: {
            properties: { nik: { ...title, type: 'string', format: 'nik', 'x-meaning': 'applicant.nik' } },
          },
        },
      ],
    };
    expect(reuse(hidden, {}, meant, today)).toEqual({ answers: {}, filled: [] });
    expect(reuse(hidden, { self: true }, meant, today).filled).toEqual(['/nik']);
  });
});

describe('answers', () => {
  it('are masked where a number leads to a person, in groups and lists, asked or not', () => {
    const masked = maskAnswers(birth, {
      nik: '1374010101900001',
      kk: '1374010101900002',
      phone: '+6281234567890',
      childName: 'Siti',
      mother: { nik: '1374010101900003' },
      witnesses: [{ name: 'Budi', nik: '12' }],
      nobody: 'secret',
    });
    expect(masked).toEqual({
      nik: '************0001',
      kk: '************0002',
      phone: '***********890',
      childName: 'Siti',
      mother: { nik: '************0003' },
      witnesses: [{ name: 'Budi', nik: '**' }],
    });
  });

  it('are tidied: one spelling, nothing empty', () => {
    const tidy = tidyAnswers(birth, {
      nik: '1374 0101 0190 0001',
      phone: '0812-3456-7890',
      email: ' Ani@Contoh.ID ',
      childName: '  ',
      order: 1,
      witnesses: [{ name: ' Budi ' }],
      nobody: ' x ',
    });
    expect(tidy).toEqual({
      nik: '1374010101900001',
      phone: '+6281234567890',
      email: 'ani@contoh.id',
      order: 1,
      witnesses: [{ name: 'Budi' }],
      nobody: ' x ',
    });
  });

  it('to what is no longer asked go, and those that hang on them', () => {
    const { answers, dropped } = askedOnly(
      birth,
      { parents: 'unknown', marriageNumber: 'AB-1234', born: '2026-11-01', lateReason: 'x', nobody: 1 },
      today,
    );
    expect(answers).toEqual({ parents: 'unknown', born: '2026-11-01', nobody: 1 });
    expect(dropped).toEqual(['/marriageNumber', '/lateReason']);
  });

  it('that are asked only are accepted after anything was changed to what a condition hangs on', () => {
    const both = fc.tuple(answersOf(birth, around), fc.constantFrom('married', 'unmarried'));
    fc.assert(
      fc.property(both, ([answers, now]) => {
        const { answers: kept } = askedOnly(birth, { ...answers, parents: now }, today);
        const codes = checkAnswers(birth, kept, around).map(({ problem }) => problem);
        expect(codes).not.toContain('notAsked');
      }),
      { numRuns: 50 },
    );
  });
});

it('documents are needed when the answers say so', () => {
  const documents: readonly { id: string; when?: Condition }[] = [
    { id: 'kk' },
    { id: 'sptjm', when: { properties: { parents: { const: 'unmarried' } }, required: ['parents'] } },
    {
      id: 'late',
      when: { properties: { born: { 'x-date': { notAfter: { days: -61 } } } }, required: ['born'] },
    },
    { id: 'court', when: { not: { properties: { witnesses: { minItems: 2 } }, required: ['witnesses'] } } },
  ];
  const needed = (answers: Answers) => neededDocuments(documents, answers, today).map(({ id }) => id);
  expect(needed({})).toEqual(['kk', 'court']);
  expect(needed({ parents: 'unmarried', born: '2026-09-22', witnesses: [{}, {}] })).toEqual([
    'kk',
    'sptjm',
    'late',
  ]);
});
