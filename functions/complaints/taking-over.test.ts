import { describe, expect, test } from 'vitest';
import { filedCase, take, taken } from '../../test/cases.ts';
import { isRunning } from '../cases/clock/clock.ts';
import type { CaseRecord } from '../cases/model.ts';
import { city, close, followedUp, head, inProgress, kominfo, officer, perkim } from './test/people.ts';

const colleague = { id: 'officer-2', unit: 'pupr' };
const to = (record: CaseRecord, unit: string, person?: string) =>
  take(
    city,
    record,
    kominfo,
    'assign',
    { unit, ...(person === undefined ? {} : { person }) },
    undefined,
    person === undefined ? {} : { person: colleague },
  );
const went = (...args: Parameters<typeof to>): CaseRecord => {
  const stepped = to(...args);
  if ('refuse' in stepped) throw new Error(stepped.refuse);
  return stepped.record;
};
const planned = () =>
  taken(city, inProgress(), head, 'plan', { date: '2027-06-30', source: 'dpa', year: 2027, text: 'DPA.' });
const waiting = () => taken(city, inProgress(), officer, 'followUp', close);

describe('a colleague takes over', () => {
  test.each([
    ['assigned', taken(city, filedCase(city), kominfo, 'assign', { unit: 'pupr' })],
    ['in progress', inProgress()],
    ['planned', planned()],
    ['waiting for its validation', waiting()],
    ['followed up', followedUp()],
  ])('what is %s; state, clocks and stays are as before, and the reporter is not told', (_, before) => {
    const after = went(before, 'pupr', colleague.id);
    expect(after).toMatchObject({
      ...{ state: before.state, assignee: colleague.id, clocks: before.clocks, custody: before.custody },
      data: before.data,
    });
    expect(after.validating).toBe(before.validating);
    expect(after.events.at(-1)).toMatchObject({ type: 'assigned', audience: 'staff' });
  });

  test('nothing that the coordinator has postponed: nobody in a unit has it', () => {
    const postponed = taken(city, filedCase(city), kominfo, 'postpone', { text: 'Mana?' });
    expect(to(postponed, 'pupr')).toEqual({ refuse: 'wrongState' });
  });
});

describe('another unit takes over', () => {
  test('a plan with the date that was promised: it stays planned, and no clock begins anew', () => {
    const before = planned();
    const after = went(before, 'perkim');
    expect(after).toMatchObject({ state: 'planned', unit: 'perkim', root: 'perkim' });
    expect([after.clocks, after.data['plan']]).toEqual([before.clocks, before.data['plan']]);
    expect(after.custody.map(({ unit, ended }) => [unit, ended])).toEqual([
      ['triage', 'assigned'],
      ['pupr', 'moved'],
      ['perkim', undefined],
    ]);
    expect(after.events.at(-1)?.audience).toBe('code');
    expect(taken(city, after, perkim, 'resumeWork').state).toBe('inProgress');
  });

  test('planned work that has begun, with its date; a plan that nobody approved stays behind', () => {
    const begun = went(taken(city, planned(), officer, 'resumeWork'), 'perkim');
    const clock = begun.clocks['planned'];
    expect([begun.state, clock !== undefined && isRunning(clock)]).toEqual(['assigned', true]);
    expect(begun.data['plan']).toMatchObject({ date: '2027-06-30' });
    const proposed = taken(city, inProgress(), officer, 'plan', {
      ...{ date: '2027-06-30', source: 'dpa', year: 2027, text: 'DPA.' },
    });
    expect(went(proposed, 'perkim').data).not.toHaveProperty('plan');
  });

  test.each([
    ['waits for its validation', waiting()],
    ['is followed up', followedUp()],
  ])('nothing that %s: whose work it was is not another unit’s', (_, record) => {
    expect(to(record, 'perkim')).toEqual({ refuse: 'wrongState', field: 'unit' });
  });
});
