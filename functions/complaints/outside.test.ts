import { describe, expect, test } from 'vitest';
import { filedCase, take, taken } from '../../test/cases.ts';
import { earliestDue, isRunning } from '../cases/clock/clock.ts';
import { indexKeys } from '../cases/keys.ts';
import type { CaseRecord } from '../cases/model.ts';
import { linkRefusal, outsideOf } from '../cases/outside.ts';
import { advance } from '../jobs/sweep/rules.ts';
import { city, kominfo, kominfo2, monday, officer, reporter } from './test/people.ts';
import { complaint } from './workflow.ts';

const forward = {
  body: 'pln',
  text: 'Lampu milik PLN.',
  reference: { kind: 'letter', number: '094/12/Kominfo-2026' },
  remindOn: '2026-12-05',
  answerBy: '2026-12-04',
};
const passedOn = (more: object = {}): CaseRecord =>
  taken(city, filedCase(city), kominfo, 'forward', { ...forward, ...more });
const link = (record: CaseRecord, at = monday): CaseRecord =>
  taken(city, record, kominfo, 'linkOutside', {}, at);
const body = { kind: 'system', id: 'outside' } as const;
const answer = (version: number, until = '2026-12-04T16:59:59Z') => ({
  text: 'Sudah kami ganti.',
  body: 'pln',
  link: version,
  until,
  reference: 'PLN-77',
});
/** What the sweep makes of it at this moment: the types of its events. */
const swept = (record: CaseRecord, at: string) => {
  const done = advance(complaint, city, record, at);
  if ('needs' in done) throw new Error(done.needs);
  return { ...done, types: done.record.events.slice(record.events.length).map(({ type }) => type) };
};
const runs = ({ clocks: { reminder } }: CaseRecord): boolean => reminder !== undefined && isRunning(reminder);

describe('passed on to a body outside, a report', () => {
  test('has ended, and keeps under which number, and the day on which the coordinators are reminded', () => {
    const record = passedOn();
    expect(record).toMatchObject({ state: 'notOurAuthority', outcome: 'outside', closedAt: monday });
    expect(record.events.at(-1)?.facts).toEqual({
      body: 'pln',
      referenceKind: 'letter',
      reference: '094/12/Kominfo-2026',
      remindOn: '2026-12-05',
      answerBy: '2026-12-04',
    });
    // A Saturday: the office opens on Monday.
    expect(record.clocks['reminder']).toMatchObject({ due: '2026-12-07T00:30:00Z', given: true });
    expect(Object.values(record.clocks).filter(isRunning)).toHaveLength(1);
  });

  test('is nobody’s deadline, wakes the sweep all the same, and lies in no open queue', () => {
    const record = passedOn();
    expect([earliestDue(record.clocks), record.wakeAt]).toEqual([null, '2026-12-07T00:30:00Z']);
    expect(indexKeys(record, null)).toMatchObject({
      gsi1pk: 'U#triage#2026-11',
      gsi4pk: expect.stringMatching(/^WAKE#/),
    });
  });

  test('without a day waits for nothing', () => {
    const record = passedOn({ remindOn: undefined, answerBy: undefined });
    expect([record.wakeAt, record.clocks['reminder']]).toEqual([null, undefined]);
    expect(indexKeys(record, null)).not.toHaveProperty('gsi4pk');
  });

  test.each([
    ['today', { remindOn: '2026-11-23' }, 'remindOn'],
    ['a day that was', { remindOn: '2026-11-01' }, 'remindOn'],
    ['in a year', { remindOn: '2027-11-23' }, 'remindOn'],
    ['an answer by yesterday', { answerBy: '2026-11-22' }, 'answerBy'],
  ])('to be reminded of %s is refused', (_, more, field) => {
    expect(take(city, filedCase(city), kominfo, 'forward', { ...forward, ...more })).toEqual({
      refuse: 'dateOutOfRange',
      field,
    });
  });

  test('in a city without a rule for it is not reminded of, and passed on without a day', () => {
    const bare = { ...city, clocks: city.clocks.filter(({ clock }) => clock !== 'reminder') };
    expect(take(bare, filedCase(bare), kominfo, 'forward', forward)).toMatchObject({
      refuse: 'clockMissing',
    });
    expect(taken(bare, filedCase(bare), kominfo, 'forward', { body: 'pln', text: 'xx' }).wakeAt).toBeNull();
  });
});

describe('the reminder', () => {
  test('comes once, to the coordinators, and the report waits for nothing more', () => {
    const record = passedOn();
    expect(swept(record, '2026-12-07T00:29:59Z').types).toEqual([]);
    const done = swept(record, '2026-12-07T00:30:00Z');
    expect([done.types, done.record.wakeAt]).toEqual([['outsideReminded'], null]);
    expect(swept(done.record, '2027-03-01T00:00:00Z').types).toEqual([]);
    expect(done.record).toMatchObject({ state: 'notOurAuthority', closedAt: monday });
    expect(complaint.actions['remindOutside']?.tells).toEqual(['coordinators']);
  });

  test('is set anew by a coordinator, as often as it takes', () => {
    const first = swept(passedOn(), '2026-12-07T00:30:00Z').record;
    const again = taken(
      city,
      first,
      kominfo2,
      'remindAgain',
      { remindOn: '2026-12-21' },
      '2026-12-07T03:00:00Z',
    );
    expect(again.wakeAt).toBe('2026-12-21T00:30:00Z');
    expect(swept(again, '2026-12-21T00:30:00Z').types).toEqual(['outsideReminded']);
  });

  test.each<[string, (record: CaseRecord) => CaseRecord]>([
    ['the body’s answer', (record) => taken(city, link(record), body, 'answerOutside', answer(1))],
    [
      'what a coordinator wrote down',
      (record) => taken(city, record, kominfo, 'settleOutside', { text: 'Dijawab.' }),
    ],
    [
      'a won objection',
      (record) => {
        const objected = taken(city, record, reporter, 'object', { text: 'Ini jalan kota.' });
        expect(runs(objected)).toBe(true);
        return taken(city, objected, kominfo2, 'decideObjection', { decision: 'overturned', text: 'Benar.' });
      },
    ],
  ])('ends with %s', (_, then) => {
    const record = then(passedOn());
    expect(runs(record)).toBe(false);
    expect(swept(record, '2026-12-08T00:00:00Z').types).not.toContain('outsideReminded');
  });

  test('outlives a lost objection', () => {
    const objected = taken(city, passedOn(), reporter, 'object', { text: 'Ini jalan kota.' });
    const upheld = taken(city, objected, kominfo2, 'decideObjection', { decision: 'upheld', text: 'Bukan.' });
    expect([runs(upheld), upheld.wakeAt]).toEqual([true, '2026-12-07T00:30:00Z']);
  });
});

describe('a link for the answer', () => {
  test('needs a day by which the body answers, which a coordinator may set later', () => {
    const without = passedOn({ answerBy: undefined });
    expect(take(city, without, kominfo, 'linkOutside')).toEqual({ refuse: 'noAnswerDay' });
    const dated = taken(city, without, kominfo, 'remindAgain', {
      remindOn: '2026-12-07',
      answerBy: '2026-12-04',
    });
    expect(outsideOf(link(dated))).toMatchObject({ link: 2, answerBy: '2026-12-04' });
    expect(take(city, passedOn(), kominfo, 'linkOutside', {}, '2026-12-05T03:00:00Z')).toEqual({
      refuse: 'noAnswerDay',
    });
    expect(take(city, passedOn(), officer, 'linkOutside')).toEqual({ refuse: 'forbidden' });
  });

  test('is answered once, heard by the reporter and the coordinators', () => {
    const answered = taken(city, link(passedOn()), body, 'answerOutside', answer(1));
    expect(answered.events.at(-1)).toMatchObject({
      type: 'outsideAnswered',
      actor: { kind: 'system', id: 'outside' },
      facts: { body: 'pln', reference: 'PLN-77' },
      texts: [{ audience: 'reporter' }],
    });
    expect(take(city, answered, body, 'answerOutside', answer(1))).toEqual({ refuse: 'answeredOutside' });
    expect(take(city, answered, kominfo, 'linkOutside')).toEqual({ refuse: 'answeredOutside' });
  });

  test('older than the newest one is void, and so is one whose day has passed', () => {
    const twice = link(link(passedOn()));
    expect(take(city, twice, body, 'answerOutside', answer(1))).toEqual({ refuse: 'linkReplaced' });
    expect(take(city, twice, body, 'answerOutside', answer(2), '2026-12-04T16:59:59Z')).toHaveProperty(
      'event',
    );
    expect(take(city, twice, body, 'answerOutside', answer(2), '2026-12-04T17:00:00Z')).toEqual({
      refuse: 'linkOver',
    });
  });

  test('of a report that went on opens nothing; nor one of another body', () => {
    const objected = taken(city, link(passedOn()), reporter, 'object', { text: 'Ini jalan kota.' });
    const on = taken(city, objected, kominfo2, 'decideObjection', { decision: 'overturned', text: 'Benar.' });
    const held = { body: 'pln', version: 1, until: '2026-12-04T16:59:59Z' };
    expect(linkRefusal(objected, held, monday)).toBeUndefined();
    expect(linkRefusal(on, held, monday)).toBe('wrongState');
    expect(linkRefusal(link(passedOn()), { ...held, body: 'pdam' }, monday)).toBe('linkReplaced');
    expect(take(city, on, body, 'answerOutside', answer(1))).toEqual({ refuse: 'wrongState' });
  });
});
