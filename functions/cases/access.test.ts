import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { staffOf, testCity } from '../../test/city.ts';
import { roles } from '../kernel/contract.ts';
import { readableUntil, type Subject, visibleTo } from './access.ts';
import type { StaffActor } from './actor.ts';

const city = testCity();
const see = (subject: Partial<Subject>, actor: StaffActor): boolean =>
  visibleTo(
    { unit: 'pupr', area: '99.01.01.1001', confidential: false, oversight: false, ...subject },
    actor,
    city.substitutes,
  );

const people = {
  coordinator: staffOf(city, 'coordinator', 'kominfo'),
  liaison: staffOf(city, 'liaison', 'pupr'),
  officerBelow: staffOf(city, 'officer', 'pupr-jalan'),
  officerBeside: staffOf(city, 'officer', 'pupr-air'),
  head: staffOf(city, 'head', 'pupr'),
  otherOpd: staffOf(city, 'head', 'perkim'),
  lurah: staffOf(city, 'areaHead', 'ganting'),
  camat: staffOf(city, 'areaHead', 'timur'),
  validator: staffOf(city, 'validator', 'pemerintahan'),
  inspector: staffOf(city, 'inspector', 'inspektorat'),
  headOfInspectorate: staffOf(city, 'head', 'inspektorat'),
  executive: staffOf(city, 'executive', 'setda'),
  mayor: staffOf(city, 'executive', 'setda', 'mayor', 'mayor'),
};
type Person = keyof typeof people;

const cases: [string, Partial<Subject>, Person[]][] = [
  [
    'an ordinary case of an OPD',
    {},
    ['coordinator', 'liaison', 'head', 'lurah', 'camat', 'inspector', 'executive', 'mayor'],
  ],
  [
    'a case handed to a bidang is seen there and above, not beside',
    { unit: 'pupr-jalan' },
    ['coordinator', 'liaison', 'officerBelow', 'head', 'lurah', 'camat', 'inspector', 'executive', 'mayor'],
  ],
  ['a case in triage', { unit: null }, ['coordinator', 'lurah', 'camat', 'inspector', 'executive', 'mayor']],
  [
    'a case in another kelurahan',
    { area: '99.01.01.1002' },
    ['coordinator', 'liaison', 'head', 'camat', 'inspector', 'executive', 'mayor'],
  ],
  ['a case without a place', { area: null, unit: null }, ['coordinator', 'inspector', 'executive', 'mayor']],
  [
    'a case that waits for validation',
    { validating: 'pemerintahan' },
    ['coordinator', 'liaison', 'head', 'lurah', 'camat', 'validator', 'inspector', 'executive', 'mayor'],
  ],
  ['a confidential case', { confidential: true }, ['coordinator', 'head', 'inspector']],
  [
    'a confidential case with its assignee',
    { confidential: true, unit: 'pupr-jalan', assignee: 'officer-pupr-jalan' },
    ['coordinator', 'head', 'officerBelow', 'inspector'],
  ],
  ['an oversight case', { oversight: true, unit: 'inspektorat' }, ['inspector']],
  [
    'an oversight case that waits for validation',
    { oversight: true, unit: 'inspektorat', validating: 'pemerintahan' },
    ['inspector'],
  ],
  [
    'a confidential oversight case',
    { oversight: true, confidential: true, unit: 'inspektorat' },
    ['inspector'],
  ],
  [
    'a complaint about Kominfo',
    { about: 'kominfo', oversight: true, unit: 'inspektorat' },
    ['headOfInspectorate'],
  ],
  ['a complaint about the Sekda', { about: 'sekda', oversight: true, unit: 'setda' }, ['mayor']],
  ['a complaint about somebody without a substitute', { about: 'nobody', oversight: true }, []],
];

describe('who sees what', () => {
  test.each(cases)('%s', (_, subject, expected) => {
    const seen = (Object.keys(people) as Person[]).filter((person) => see(subject, people[person]));
    expect(seen.sort()).toEqual([...expected].sort());
  });

  const subjects = fc.record({
    unit: fc.constantFrom(null, ...city.units.map((u) => u.id)),
    area: fc.constantFrom(null, '99.01.01.1001', '99.01.01.1002'),
    assignee: fc.constantFrom(undefined, 'a', 'b'),
    validating: fc.constantFrom(undefined, 'pemerintahan'),
    confidential: fc.boolean(),
    oversight: fc.boolean(),
    about: fc.constantFrom(undefined, 'kominfo', 'sekda', 'gone'),
  });
  const actors = fc
    .tuple(
      fc.constantFrom(...roles),
      fc.constantFrom(...city.units.map((u) => u.id)),
      fc.constantFrom('a', 'b', 'c'),
    )
    .map(([role, unit, id]) => staffOf(city, role, unit, id));

  /** What must hold for every rule of visibility, the real one and the twins. */
  const isPrivate = (rule: typeof visibleTo) =>
    fc.property(subjects, actors, (subject, actor) => {
      const seen = rule(subject, actor, city.substitutes);
      if (subject.about !== undefined) {
        // None of these people holds a position, so only the head of the substitute's unit may see it.
        return (
          seen === (subject.about === 'kominfo' && actor.role === 'head' && actor.unit === 'inspektorat')
        );
      }
      if (subject.oversight) return seen === (actor.role === 'inspector');
      if (subject.confidential && actor.role === 'executive') return !seen;
      if (subject.confidential && actor.role === 'areaHead') {
        return !seen || (subject.unit !== null && actor.units.has(subject.unit));
      }
      if (subject.confidential && actor.role === 'officer') return !seen || subject.assignee === actor.id;
      if (['liaison', 'officer', 'head'].includes(actor.role) && subject.unit !== null) {
        return !seen || actor.units.has(subject.unit);
      }
      return true;
    });

  test('no combination of case and person shows more than the rules say', () => {
    fc.assert(isPrivate(visibleTo), { numRuns: 2000 });
  });

  test.each<[string, typeof visibleTo]>([
    ['oversight is forgotten', (s, a, subs) => visibleTo({ ...s, oversight: false }, a, subs)],
    ['confidentiality is forgotten', (s, a, subs) => visibleTo({ ...s, confidential: false }, a, subs)],
    ['the substitute is forgotten', (s, a, subs) => visibleTo({ ...s, about: undefined }, a, subs)],
    ['everybody sees everything', () => true],
  ])('a twin in which %s is caught', (_, broken) => {
    expect(fc.check(isPrivate(broken), { numRuns: 2000 }).failed).toBe(true);
  });
});

describe('a former unit', () => {
  const custody = [{ unit: 'triage', until: 2 }, { unit: 'pupr', until: 5 }, { unit: 'perkim' }];
  const plain: Subject = { unit: 'perkim', area: null, confidential: false, oversight: false };

  test('reads up to its hand-over', () => {
    expect(readableUntil(plain, custody, people.liaison)).toBe(5);
    expect(readableUntil(plain, custody, people.officerBelow)).toBe(5);
  });
  test('reads nothing when it never had the case', () => {
    expect(readableUntil(plain, custody, staffOf(city, 'head', 'damkar'))).toBeUndefined();
  });
  test.each(['confidential', 'oversight'] as const)('reads nothing once the case is %s', (flag) => {
    expect(readableUntil({ ...plain, [flag]: true }, custody, people.liaison)).toBeUndefined();
  });
});
