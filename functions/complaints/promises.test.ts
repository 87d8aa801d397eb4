import { describe, expect, test } from 'vitest';
import { filedCase, take, taken } from '../../test/cases.ts';
import { citizenDue, earliestDue } from '../cases/clock/clock.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { City } from '../city/schema.ts';
import {
  city,
  close,
  disputed,
  followedUp,
  head,
  inProgress,
  kominfo,
  monday,
  officer,
  otherHead,
  perkim,
  reporter,
  sweep,
} from './test/people.ts';

describe('a unit’s question', () => {
  const ask = { text: 'Di sisi mana?' };

  test('pauses its own time and the promise until the answer, by exactly that; the outer limit runs on', () => {
    const before = inProgress();
    const asked = taken(city, before, officer, 'ask', ask);
    for (const name of ['firstResponse', 'resolution', 'promise']) {
      expect([name, asked.clocks[name]?.pausedAt]).toEqual([name, monday]);
    }
    expect(asked.clocks['outer']).toEqual(before.clocks['outer']);
    expect(citizenDue(asked.clocks)).toBe(before.clocks['outer']?.due);
    // Five working hours of Monday and four and a half of Tuesday later.
    const answered = taken(city, asked, reporter, 'answer', ask, '2026-11-24T05:00:00Z');
    expect(before.clocks['promise']?.due).toBe('2026-12-11T09:00:00Z');
    expect(answered.clocks['promise']?.due).toBe('2026-12-15T02:30:00Z');
    expect(answered.clocks['question']?.doneAt).toBe('2026-11-24T05:00:00Z');
  });

  test('is its one, also after the case came back to it; another unit has its own', () => {
    let record = taken(city, taken(city, inProgress(), officer, 'ask', ask), reporter, 'answer', ask);
    expect(take(city, record, officer, 'ask', ask)).toEqual({ refuse: 'pauseUsed' });
    record = taken(city, record, kominfo, 'assign', { unit: 'perkim' });
    record = taken(city, record, perkim, 'ask', ask);
    record = taken(city, record, kominfo, 'assign', { unit: 'pupr' });
    expect(take(city, record, officer, 'ask', ask)).toEqual({ refuse: 'pauseUsed' });
    expect(record.clocks['promise']?.pausedAt).toBeUndefined();
  });

  test('hides no lateness: past a deadline it pauses nothing and is refused', () => {
    expect(take(city, inProgress(), officer, 'ask', ask, '2026-12-01T03:00:00Z')).toEqual({
      refuse: 'pauseTooLate',
    });
  });

  test('waits at most ten working days', () => {
    expect(take(city, inProgress(), officer, 'ask', { ...ask, days: 11 })).toEqual({
      refuse: 'dateOutOfRange',
      field: 'days',
    });
    const asked = taken(city, inProgress(), officer, 'ask', ask);
    expect(asked.clocks['question']?.due).toBe('2026-12-07T09:00:00Z');
  });

  test('that nobody answers ends at its limit, however late the system notices', () => {
    const asked = taken(city, inProgress(), officer, 'ask', { ...ask, days: 1 });
    expect(take(city, asked, sweep, 'expireQuestion', {}, '2026-11-24T08:59:59Z')).toHaveProperty('refuse');
    const inTime = taken(city, asked, sweep, 'expireQuestion', {}, '2026-11-24T09:00:00Z');
    const late = taken(city, asked, sweep, 'expireQuestion', {}, '2026-12-24T09:00:00Z');
    expect(late.clocks).toEqual(inTime.clocks);
    expect(late.events.at(-1)).toMatchObject({ on: '2026-11-24T09:00:00Z', at: '2026-12-24T09:00:00Z' });
  });

  test('ends when the unit goes on without it', () => {
    const done = taken(city, taken(city, inProgress(), officer, 'ask', ask), officer, 'followUp', close);
    expect([done.clocks['question']?.doneAt, done.clocks['promise']?.pausedAt]).toEqual([monday, undefined]);
  });

  test('is refused where the city sets no limit: nothing may wait for ever', () => {
    const without: City = { ...city, clocks: city.clocks.filter(({ clock }) => clock !== 'question') };
    expect(take(without, inProgress(), officer, 'ask', ask)).toEqual({ refuse: 'clockMissing' });
  });
});

describe('a postponed report', () => {
  const postponed = () => taken(city, filedCase(city), kominfo, 'postpone', { text: 'Jalan mana?' });

  test('waits thirty days for its data, verification and promise paused', () => {
    const { clocks } = postponed();
    expect(clocks['data']?.due).toBe('2026-12-23T03:00:00Z');
    expect([clocks['verification']?.pausedAt, clocks['promise']?.pausedAt]).toEqual([monday, monday]);
  });

  test('goes on when the reporter adds information', () => {
    const record = taken(city, postponed(), reporter, 'addInformation', { text: 'Jl. Sudirman.' });
    expect([record.state, record.clocks['promise']?.pausedAt]).toEqual(['verifying', undefined]);
    expect(record.events.at(-1)?.tells).toEqual(['coordinators']);
  });

  test('is deemed withdrawn in the end, and the reporter may object to that', () => {
    const gone = taken(city, postponed(), sweep, 'deemWithdrawn', {}, '2026-12-23T03:00:00Z');
    expect([gone.state, gone.wakeAt, earliestDue(gone.clocks)]).toEqual(['withdrawn', null, null]);
    const objected = taken(city, gone, reporter, 'object', { text: 'Saya dirawat.' }, '2026-12-24T03:00:00Z');
    expect(take(city, objected, kominfo, 'decideObjection', { decision: 'upheld', text: 'xx' })).toEqual({
      refuse: 'secondPersonNeeded',
    });
  });
});

describe('a plan', () => {
  const plan = { date: '2027-06-30', source: 'dpa', year: 2027, text: 'Menunggu DPA perubahan.' };

  test('of an officer waits for the head; until then nothing is promised', () => {
    const proposed = taken(city, inProgress(), officer, 'plan', plan);
    expect([proposed.state, proposed.clocks['planned'], proposed.events.at(-1)?.audience]).toEqual([
      'inProgress',
      undefined,
      'staff',
    ]);
    expect(proposed.events.at(-1)?.tells).toEqual(['head']);
    const approved = taken(city, proposed, head, 'approvePlan');
    expect(approved.state).toBe('planned');
    // Until the end of that day in the city; the words of the proposal reach the reporter now.
    expect(approved.clocks['planned']?.due).toBe('2027-06-30T16:59:59Z');
    const words = proposed.events.at(-1)?.texts[0]?.id;
    expect(approved.events.at(-1)).toMatchObject({
      type: 'planned',
      audience: 'code',
      facts: { by: '2027-06-30', source: 'dpa', year: 2027 },
    });
    expect(approved.events.at(-1)?.texts.map(({ id }) => id)).toContain(words);
  });

  test('gives the promise a date of its own; the outer limit stands; it is a first response', () => {
    const record = taken(city, inProgress(), head, 'plan', plan);
    expect(record.state).toBe('planned');
    expect(record.clocks['promise']?.doneAt).toBe(monday);
    expect(record.clocks['outer']?.doneAt).toBeUndefined();
    expect(record.custody.at(-1)?.respondedAt).toBe(monday);
    expect(record.outcome).toBeUndefined();
  });

  test('keeps its date while the work goes on, and loses it with an approved result', () => {
    const planned = taken(city, inProgress(), head, 'plan', plan);
    const resumed = taken(city, planned, officer, 'resumeWork', {}, '2027-05-03T03:00:00Z');
    expect(resumed.clocks['planned']?.doneAt).toBeUndefined();
    const done = followedUp(resumed);
    expect(done.clocks['planned']?.doneAt).toBeDefined();
    // Disputed, it is the planned date that was not kept.
    const again = disputed(done);
    expect([again.clocks['planned']?.doneAt, again.clocks['promise']?.doneAt]).toEqual([undefined, monday]);
  });

  test.each([
    ['today', '2026-11-23'],
    ['further away than the city allows', '2028-11-23'],
  ])('is refused for %s', (_, date) => {
    expect(take(city, inProgress(), head, 'plan', { ...plan, date })).toEqual({
      refuse: 'dateOutOfRange',
      field: 'date',
    });
  });

  test('is approved or rejected by another person', () => {
    const byDeputy = taken(city, inProgress(), officer, 'plan', plan);
    const own: CaseRecord = { ...byDeputy, data: { ...byDeputy.data, plan: { ...plan, by: head.id } } };
    expect(take(city, own, head, 'approvePlan')).toEqual({ refuse: 'secondPersonNeeded' });
    expect(take(city, own, head, 'rejectPlan', { text: 'xx' })).toEqual({ refuse: 'secondPersonNeeded' });
    expect(taken(city, own, otherHead, 'rejectPlan', { text: 'xx' }).data['plan']).toBeUndefined();
  });
});

describe('a certain category', () => {
  const certain: City = {
    ...city,
    categories: {
      ...city.categories,
      groups: city.categories.groups.map((group) => ({
        ...group,
        categories: group.categories.map((one) =>
          one.id === 'jalan' ? { ...one, dispatch: 'certain' } : one,
        ),
      })),
    },
  };
  const at = '2026-11-24T09:00:00Z';

  test('goes to its unit by itself after one working day in triage, the rule as reason', () => {
    const filed = filedCase(certain);
    expect(filed.clocks['dispatch']?.due).toBe(at);
    expect(filed.wakeAt).toBe(at);
    expect(take(certain, filed, sweep, 'dispatch', {}, '2026-11-24T08:59:59Z')).toHaveProperty('refuse');
    const sent = taken(certain, filed, sweep, 'dispatch', {}, at);
    expect(sent).toMatchObject({ state: 'assigned', unit: 'pupr' });
    expect(sent.events.at(-1)).toMatchObject({
      type: 'dispatched',
      facts: { unit: 'pupr', rule: 'r-jalan' },
    });
    expect(sent.custody[0]).toMatchObject({ unit: 'triage', ended: 'assigned' });
  });

  test('waits for a person where its rule leads nowhere any more', () => {
    const ended: City = {
      ...certain,
      units: certain.units.map((one) => (one.id === 'pupr' ? { ...one, validTo: '2026-01-01' } : one)),
    };
    const record = taken(ended, filedCase(certain), sweep, 'dispatch', {}, at);
    expect(record).toMatchObject({ state: 'received', unit: null });
    expect(record.events.at(-1)?.type).toBe('overdue');
    expect(take(ended, record, sweep, 'dispatch', {}, at)).toHaveProperty('refuse');
  });

  test('that came back from a unit, or was corrected to another, is not sent again by itself', () => {
    const corrected = taken(certain, filedCase(certain), kominfo, 'correct', { category: 'sampah' });
    expect(corrected.clocks['dispatch']?.doneAt).toBe(monday);
    let record = taken(certain, filedCase(certain), kominfo, 'assign', { unit: 'pupr' });
    record = taken(certain, record, officer, 'return', { reason: 'notOurs', text: 'xx' });
    expect(record.clocks['dispatch']?.doneAt).toBeDefined();
  });
});
