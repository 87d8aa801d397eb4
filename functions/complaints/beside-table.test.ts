import { describe, expect, test } from 'vitest';
import { filedCase, take } from '../../test/cases.ts';
import { testCity } from '../../test/city.ts';
import type { Actor } from '../cases/actor.ts';
import { fileActions } from './actions/files.ts';
import { merging } from './actions/merging.ts';
import { publishing } from './actions/publishing.ts';
import { ends, other } from './test/ends.ts';
import { coordinators, everywhere, expectShort, reporters, type Short, unit } from './test/short.ts';
import { at, people, type Row, table } from './test/table.ts';
import { complaint } from './workflow.ts';

/** Every state × role × action that publishes, joins reports, says what became of a file, or is taken apart. */
const always = (): boolean => true;
const within =
  (...states: readonly string[]) =>
  (state: string): boolean =>
    states.includes(state);
const nobody = { stands: everywhere([]), isOpen: always };
const isPublishable = (state: string): boolean =>
  !['received', 'withdrawn', 'merged', 'archived'].includes(state);
const file = 'photo-of-the-hole-0001';

const actions: Readonly<Record<string, Short>> = {
  publish: {
    input: { title: 'Lubang di jalan pasar', summary: 'Di depan pasar ada lubang besar.' },
    stands: everywhere(coordinators),
    isOpen: isPublishable,
  },
  takedown: {
    input: { reason: 'mistake' },
    stands: everywhere(coordinators),
    isOpen: always,
    but: 'notPublished',
  },
  releaseFile: {
    input: { seq: 1, file },
    stands: everywhere(coordinators),
    isOpen: isPublishable,
    but: 'notPublished',
  },
  withholdFile: {
    input: { file },
    stands: everywhere(coordinators),
    isOpen: always,
    but: 'notPublished',
  },
  merge: {
    input: { into: other.code, text: 'Laporan yang sama.' },
    looked: { other },
    stands: everywhere(coordinators),
    isOpen: within('received', 'verifying', 'postponed', 'assigned', 'inProgress', 'planned'),
  },
  unmerge: {
    input: { text: 'Bukan laporan yang sama.' },
    stands: everywhere(coordinators),
    isOpen: within('merged'),
  },
  split: {
    input: { unit: 'perkim', text: 'Bagian Perkim.' },
    looked: { part: other.code },
    stands: { triage: coordinators, unit: [...coordinators, 'liaison', 'head'] },
    isOpen: within('received', 'verifying', 'assigned', 'inProgress'),
  },
  absorb: { ...nobody, input: { from: other.code } },
  release: { ...nobody, input: { from: other.code } },
  survivorEnded: { ...nobody, input: { into: other.code } },
  partEnded: { ...nobody, input: { part: other.code } },
  followWhole: { ...nobody, input: { confidential: true } },
  wholeEnded: { ...nobody, input: {} },
  acceptFile: { ...nobody, input: { file, found: 'photo' } },
  refuseFile: { ...nobody, input: { file, found: 'tooLarge' } },
  checkStaffFile: { ...nobody, input: { file, found: 'photo' } },
  claim: {
    input: {},
    stands: everywhere(reporters),
    isOpen: always,
    // It is in rina's account already; whoever has but the PIN has no account to keep it in.
    but: { account: 'claimedAlready', reporter: 'forbidden' },
  },
  renewPin: {
    input: { text: 'PIN hilang; KTP diperiksa.' },
    looked: { pinKey: 'k2' },
    stands: everywhere([...reporters, ...coordinators]),
    isOpen: always,
  },
  requestInformation: {
    input: { request: other.code },
    stands: { triage: coordinators, unit: [...coordinators, ...unit] },
    isOpen: always,
  },
  linkOutside: {
    input: {},
    stands: everywhere(coordinators),
    isOpen: within('notOurAuthority'),
    but: 'noAnswerDay',
  },
};

/** Of a merged report whose end is being decided anew the deciding comes first. */
const decided = (row: Row): Readonly<Record<string, Short>> =>
  row.record.clocks['objection'] === undefined
    ? actions
    : { ...actions, unmerge: { ...actions['unmerge'], isOpen: () => false } as Short };

describe.each(Object.entries({ ...table, ...ends }))('%s', (_, row) => {
  test.each(Object.keys(people))('%s', (who) => {
    expectShort(decided(row), row, who);
  });
});

test('the table knows every action that publishes, merges or inspects, and every one that is taken apart', () => {
  const apart = Object.entries(complaint.actions).flatMap(([id, action]) =>
    action.apart === true ? id : [],
  );
  const groups = [publishing, merging, fileActions].flatMap((group) => Object.keys(group));
  expect(Object.keys(actions).sort()).toEqual([...new Set([...groups, ...apart])].sort());
});

describe('what is done by the system alone', () => {
  const system: Actor = { kind: 'system', id: 'relations' };
  const takenIn = (action: string, wanted: (state: string) => boolean): void => {
    for (const { record } of Object.values({ ...table, ...ends })) {
      const stepped = take(testCity(), record, system, action, actions[action]?.input ?? {}, at);
      expect([record.state, 'record' in stepped]).toEqual([record.state, wanted(record.state)]);
    }
  };
  const isOpen = (state: string): boolean => complaint.states[state]?.final === false;

  test.each(['acceptFile', 'refuseFile', 'checkStaffFile', 'release'])('%s at any time', (action) => {
    takenIn(action, always);
  });
  test.each(['absorb', 'wholeEnded'])('%s while the report is open', (action) => takenIn(action, isOpen));
  test('partEnded only of a part of this report', () => takenIn('partEnded', () => false));
});

describe('a report goes into one account', () => {
  const city = testCity();
  const unclaimed = filedCase(city);
  const budi = (pinVersion: number): Actor => ({
    kind: 'citizen',
    id: 'budi',
    scope: 'budi',
    opened: { code: unclaimed.code, pinVersion },
  });

  test('that of whoever opened it with its PIN, and with no older one', () => {
    expect(take(city, unclaimed, budi(1), 'claim')).toMatchObject({ record: { reporter: 'budi' } });
    expect(take(city, unclaimed, budi(2), 'claim')).toEqual({ refuse: 'forbidden' });
  });

  test('a member of staff says why the PIN is renewed, and the old one ends', () => {
    const looked = { pinKey: 'k2' };
    const { coordinator, reporter } = people;
    if (coordinator === undefined || reporter === undefined) throw new Error('people');
    expect(take(city, unclaimed, coordinator, 'renewPin', {}, at, looked)).toEqual({
      refuse: 'invalidInput',
      field: 'text',
    });
    const renewed = take(city, unclaimed, reporter, 'renewPin', {}, at, looked);
    if ('refuse' in renewed) throw new Error(renewed.refuse);
    expect(renewed.record.pin).toEqual({ version: 2, key: 'k2' });
    expect(take(city, renewed.record, reporter, 'renewPin', {}, at, looked)).toEqual({ refuse: 'forbidden' });
  });

  test('units answer for neither', () => {
    for (const who of unit)
      expect(take(city, unclaimed, people[who] as Actor, 'claim')).toEqual({ refuse: 'forbidden' });
  });
});
