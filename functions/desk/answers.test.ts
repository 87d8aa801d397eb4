import { describe, expect, test } from 'vitest';
import { smallBodies } from '../../test/small-city.ts';
import { faultsOf } from '../city/answers.ts';
import { check } from '../city/check.ts';
import { settingKinds } from '../city/schema.ts';
import { answersFor, headOf, rendered } from './answers.ts';
import { assigned, deskCity } from './test/world.ts';

const answer = (id: string, more: object = {}) => ({
  id,
  names: { id, en: id },
  texts: {
    id: 'Kepada pelapor {code}: {unit} ({head}), tenggat {due}.',
    en: '{category}, {area}, {date}, {app}',
  },
  ...more,
});
const city = {
  ...deskCity(),
  answers: [
    answer('any'),
    answer('roads', { categories: ['jalan'] }),
    answer('waste', { categories: ['sampah'] }),
    answer('closed', { states: ['closed'] }),
  ],
};

describe('placeholders', () => {
  test.each<[string, readonly string[]]>([
    ['Laporan {code} di {unit}.', []],
    ['Halo {nama}, {code}', ['{nama}']],
    ['{nama} {nama} {telepon}', ['{nama}', '{telepon}']],
    ['{}', ['{}']],
    ['kurung { tidak ditutup', ['{ … }']],
    ['{code', ['{ … }']],
    ['}', ['{ … }']],
    ['{constructor}', ['{constructor}']],
  ])('of %j that nobody fills in: %j', (text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  test('are refused by name when a version is saved', () => {
    const body = { answers: [answer('bad', { texts: { id: 'Halo {nama}.', en: 'Hello.' } })] };
    const read = settingKinds.answers.safeParse(body);
    expect(read.error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['answers.0.texts.id', expect.stringContaining('unknown placeholder {nama}; known are {code}')],
    ]);
  });
});

test('settings that name what there is not are refused', () => {
  const bodies = {
    ...smallBodies(),
    answers: { answers: [answer('a', { categories: ['nothing'] }), answer('a')] },
    duty: { source: 'x', rotas: [{ unit: 'nowhere', weekly: [], dated: [] }] },
  };
  expect(
    check(bodies)
      .filter(({ kind }) => kind === 'answers' || kind === 'duty')
      .map(({ path, message }) => `${path}: ${message}`),
  ).toEqual([
    'answers[1].id: answer "a" stands twice',
    'answers[0].categories[0]: unknown category "nothing"',
    'rotas[0].unit: unknown unit "nowhere"',
    'rotas[0]: has no shift',
  ]);
});

describe('an answer', () => {
  const record = assigned(city, 'CODE', 'pupr-jalan');

  test('is one for the category and state, those of the category first', () => {
    expect(answersFor(city, record).map(({ id }) => id)).toEqual(['roads', 'any']);
    expect(answersFor(city, { category: null, state: 'closed' }).map(({ id }) => id)).toEqual([
      'any',
      'closed',
    ]);
  });

  test('is filled in, in both languages', () => {
    const { texts } = rendered(answer('any'), { city, record, head: 'Ibu Ani', now: '2026-11-23T03:00:00Z' });
    expect(texts).toEqual({
      id: 'Kepada pelapor CODE: pupr-jalan (Ibu Ani), tenggat 11 Desember 2026.',
      en: 'jalan, Ganting, 23 November 2026, Uji',
    });
  });

  test('names the head of the unit, or of the nearest one above', async () => {
    const person = (id: string, role: 'head' | 'officer', unit: string) => ({
      id,
      name: id,
      email: '',
      role,
      unit,
      status: 'active' as const,
      channels: {},
    });
    const ofUnit = async (unit: string) =>
      unit === 'pupr' ? [person('boss', 'head', unit)] : [person('budi', 'officer', unit)];
    expect(await headOf({ ofUnit }, city, 'pupr-jalan')).toBe('boss');
    expect(await headOf({ ofUnit }, city, 'perkim')).toBe(undefined);
    expect(await headOf({ ofUnit }, city, null)).toBe(undefined);
  });
});
