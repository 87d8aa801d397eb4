import { describe, expect, test } from 'vitest';
import { filedAt, filedCase, take, taken } from '../../test/cases.ts';
import { earliestDue } from '../cases/clock/clock.ts';
import {
  city,
  close,
  disputed,
  followedUp,
  head,
  inProgress,
  kominfo,
  kominfo2,
  monday,
  officer,
  reporter,
  sekda,
  sweep,
  validator,
  validator2,
  validator3,
  validators,
} from './test/people.ts';

describe('a dispute', () => {
  test('brings back what was not kept, with the dues that it had', () => {
    const before = inProgress();
    const again = disputed(followedUp(before), '2026-11-26T03:00:00Z');
    for (const name of ['promise', 'outer', 'resolution']) {
      expect([name, again.clocks[name]]).toEqual([name, before.clocks[name]]);
    }
    expect([again.state, again.outcome, again.clocks['confirmation']?.doneAt]).toEqual([
      'inProgress',
      undefined,
      '2026-11-26T03:00:00Z',
    ]);
  });

  test('is possible for ten working days after the end, not a second longer', () => {
    const closed = taken(city, followedUp(), reporter, 'confirm', {}, monday);
    const until = '2026-12-07T09:00:00Z';
    expect(disputed(closed, until)).toMatchObject({ state: 'inProgress' });
    expect(disputed(closed, until).closedAt).toBeUndefined();
    expect(take(city, closed, reporter, 'dispute', { text: 'xx' }, '2026-12-07T09:00:01Z')).toEqual({
      refuse: 'disputeOver',
    });
  });

  test('needs from the second the unit’s head and a new validator, from the third the Sekda, and then no more', () => {
    const once = disputed(followedUp());
    const proposed = taken(city, once, officer, 'followUp', close);
    const twice = disputed(taken(city, proposed, validator, 'approve'));
    expect(twice.events.at(-1)?.tells).toEqual(['head']);
    expect(take(city, twice, officer, 'followUp', close)).toEqual({ refuse: 'headNeeded' });
    const again = taken(city, twice, head, 'followUp', close);
    expect(take(city, again, validator, 'approve')).toEqual({ refuse: 'secondPersonNeeded' });
    expect(take(city, again, validator2, 'approve')).toMatchObject({ record: { state: 'followedUp' } });
    const thrice = disputed(followedUp(twice, head, validator3));
    expect(thrice.events.at(-1)).toMatchObject({ tells: ['head', 'sekda'], facts: { round: 3 } });
    expect(take(city, thrice, head, 'followUp', close)).toEqual({ refuse: 'sekdaDecides' });

    const stands = taken(city, thrice, sekda, 'decideDispute', {
      decision: 'stands',
      outcome: 'cannot',
      text: 'xx',
    });
    expect(stands).toMatchObject({ state: 'closed', outcome: 'cannot' });
    const redo = taken(city, thrice, sekda, 'decideDispute', { decision: 'redo', text: 'xx' });
    expect(take(city, redo, sekda, 'decideDispute', { decision: 'redo', text: 'xx' })).toEqual({
      refuse: 'wrongState',
    });
    const last = followedUp(redo, head, validators[3]);
    expect(take(city, last, reporter, 'dispute', { text: 'xx' })).toEqual({ refuse: 'tooManyDisputes' });
  });
});

describe('silence', () => {
  const at = '2026-12-07T09:00:00Z';
  const finish = (delivered: boolean | undefined, now = at) =>
    take(city, followedUp(), sweep, 'finish', {}, now, delivered === undefined ? {} : { delivered });

  test('finishes a case only when a notice arrived; otherwise it ends unconfirmed', () => {
    expect(finish(true)).toMatchObject({ record: { state: 'closed' }, event: { reasonCode: 'silent' } });
    for (const unknown of [false, undefined]) {
      expect(finish(unknown)).toMatchObject({ record: { state: 'unconfirmed' } });
    }
    expect(finish(true, '2026-12-07T08:59:59Z')).toHaveProperty('refuse');
  });

  test('of an unconfirmed case can be broken: confirmed, it is closed', () => {
    const stepped = finish(false);
    if ('refuse' in stepped) throw new Error(stepped.refuse);
    expect(taken(city, stepped.record, reporter, 'confirm', {}, '2026-12-08T03:00:00Z').state).toBe('closed');
  });
});

describe('an objection', () => {
  const archived = () => taken(city, filedCase(city), kominfo, 'archive', { reason: 'repeated', text: 'xx' });
  const objected = () => taken(city, archived(), reporter, 'object', { text: 'Tidak sama.' });

  test('keeps the state, opens the case in triage and gives five working days', () => {
    const record = objected();
    expect(record).toMatchObject({ state: 'archived', unit: null });
    expect(record.closedAt).toBeUndefined();
    expect(record.clocks['objection']?.due).toBe('2026-11-30T09:00:00Z');
    expect(record.custody.at(-1)).toEqual({ unit: 'triage', from: monday });
    expect(earliestDue(record.clocks)).toBe('2026-11-30T09:00:00Z');
  });

  test('is decided by another person: upheld it ends again, overturned the promise lives', () => {
    const upheld = taken(city, objected(), kominfo2, 'decideObjection', { decision: 'upheld', text: 'xx' });
    expect([upheld.state, upheld.closedAt, upheld.wakeAt]).toEqual(['archived', monday, null]);
    expect(take(city, upheld, reporter, 'object', { text: 'xx' })).toEqual({ refuse: 'objectionUsed' });
    const over = taken(city, objected(), sekda, 'decideObjection', { decision: 'overturned', text: 'xx' });
    expect(over.state).toBe('verifying');
    expect(over.clocks['promise']).toMatchObject({ startedAt: filedAt, due: '2026-12-11T09:00:00Z' });
    expect(over.clocks['promise']?.doneAt).toBeUndefined();
  });
});
