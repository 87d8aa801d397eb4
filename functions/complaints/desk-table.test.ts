import { describe, expect, test } from 'vitest';
import { take } from '../../test/cases.ts';
import { desk } from './actions/desk.ts';
import { at, city, people, type Row, table } from './test/table.ts';

/** Every state × desk action × role, written out by hand. */
const ends = ['closed', 'unconfirmed', 'withdrawn', 'archived', 'notOurAuthority', 'merged'];
const replies = ['assigned', 'inProgress', 'planned'];
const coordinators = ['coordinator', 'coordinator2'];
const unit = ['liaison', 'officer', 'head'];

interface Action {
  readonly input: Readonly<Record<string, unknown>>;
  readonly stands: Readonly<Record<Row['lies'], readonly string[]>>;
  readonly isOpen: (state: string) => boolean;
  /** Why nobody can yet, in the states where it could be taken. */
  readonly but?: string;
}

const isOpen = (state: string): boolean => !ends.includes(state);
const mayReply = (state: string): boolean => replies.includes(state);
const organising = { triage: [...coordinators, 'inspector'], unit: [...coordinators, 'inspector', ...unit] };
const actions: Readonly<Record<string, Action>> = {
  label: { input: { add: ['banjir'] }, stands: organising, isOpen },
  prioritise: { input: { level: 'high', text: 'Ramai.' }, stands: organising, isOpen },
  draftReply: { input: { text: 'Baik.' }, stands: { triage: [], unit }, isOpen: mayReply },
  approveReply: { input: {}, stands: { triage: [], unit: ['head'] }, isOpen: mayReply, but: 'noDraft' },
  rejectReply: {
    input: { text: 'Ulangi.' },
    stands: { triage: [], unit: ['head'] },
    isOpen: mayReply,
    but: 'noDraft',
  },
  instruct: {
    input: { text: 'Segera.', due: '2026-11-30' },
    stands: { triage: ['sekda', 'mayor'], unit: ['sekda', 'mayor'] },
    isOpen,
  },
  answerInstruction: {
    input: { seq: 2, text: 'Sudah.' },
    stands: { triage: coordinators, unit },
    isOpen,
    but: 'noInstruction',
  },
};

describe.each(Object.entries(table))('%s', (_, { record, lies }) => {
  test.each(Object.entries(people))('%s', (who, actor) => {
    const came = Object.entries(actions).map(([action, { input }]) => {
      const stepped = take(city, record, actor, action, input, at);
      return [action, 'refuse' in stepped ? stepped.refuse : 'done'];
    });
    const expected = Object.entries(actions).map(([action, { stands, isOpen: open, but = 'done' }]) => {
      if (!stands[lies].includes(who)) return [action, 'forbidden'];
      return [action, open(record.state) ? but : 'wrongState'];
    });
    expect(came).toEqual(expected);
  });
});

test('the table knows every action of the desk', () => {
  expect(Object.keys(actions)).toEqual(Object.keys(desk));
});
