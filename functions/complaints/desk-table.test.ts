import { describe, expect, test } from 'vitest';
import { desk } from './actions/desk.ts';
import { ends } from './test/ends.ts';
import { coordinators, expectShort, type Short, unit } from './test/short.ts';
import { people, table } from './test/table.ts';

/** Every state × desk action × role, written out by hand. */
const ended = ['closed', 'unconfirmed', 'withdrawn', 'archived', 'notOurAuthority', 'merged'];
const replies = ['assigned', 'inProgress', 'planned'];
const isOpen = (state: string): boolean => !ended.includes(state);
const mayReply = (state: string): boolean => replies.includes(state);
const organising = { triage: [...coordinators, 'inspector'], unit: [...coordinators, 'inspector', ...unit] };
const actions: Readonly<Record<string, Short>> = {
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

describe.each(Object.entries({ ...table, ...ends }))('%s', (_, row) => {
  test.each(Object.keys(people))('%s', (who) => {
    expectShort(actions, row, who);
  });
});

test('the table knows every action of the desk', () => {
  // A note is one of the unit's own actions in the large table.
  const others = Object.keys(desk).filter((id) => id !== 'note');
  expect(Object.keys(actions).sort()).toEqual(others.sort());
});
