import { describe, expect, test } from 'vitest';
import { factsOf } from './facts.ts';
import { isAnswerOverdue, objectionUntil } from './rules/limits.ts';
import {
  city,
  exempt,
  filed,
  informedCity,
  pelaksana,
  requester,
  secretariat,
  sekda,
  sweep,
  take,
  taken,
  utama,
  words,
} from './test/city.ts';

const inProgress = (at?: string, of = city) =>
  taken(filed(undefined, at, of), secretariat, 'accept', {}, at, of);
const due = (record: ReturnType<typeof filed>, clock: string) => record.clocks[clock]?.due;

describe('limits of law 14/2008, across holidays', () => {
  /** 16:00 in the city is 09:00 UTC; 25 December is a holiday of the test town. */
  test.each([
    ['a Monday', '2026-11-23T02:00:00Z', '2026-12-07T09:00:00Z', '2026-12-16T09:00:00Z'],
    ['a Monday after closing', '2026-11-23T10:00:00Z', '2026-12-07T09:00:00Z', '2026-12-16T09:00:00Z'],
    ['a Saturday', '2026-11-21T02:00:00Z', '2026-12-04T09:00:00Z', '2026-12-15T09:00:00Z'],
    ['before Christmas', '2026-12-14T02:00:00Z', '2026-12-29T09:00:00Z', '2027-01-07T09:00:00Z'],
    ['whose extension meets it', '2026-12-04T02:00:00Z', '2026-12-18T09:00:00Z', '2026-12-30T09:00:00Z'],
    ['on the holiday itself', '2026-12-25T02:00:00Z', '2027-01-08T09:00:00Z', '2027-01-19T09:00:00Z'],
  ])('filed on %s', (_, at, promise, extended) => {
    const record = inProgress(at);
    expect(due(record, 'promise')).toBe(promise);
    expect(due(taken(record, utama, 'extend', words, at), 'promise')).toBe(extended);
  });

  test('a holiday that is declared later moves an extended limit too', () => {
    const extended = taken(inProgress(), utama, 'extend', words);
    const { calendars } = city;
    const more = {
      ...informedCity(),
      calendars: {
        ...calendars,
        holidays: [...calendars.holidays, { date: '2026-12-15', name: 'Cuti', kind: 'jointLeave' as const }],
      },
    };
    expect(due(extended, 'promise')).toBe('2026-12-16T09:00:00Z');
    expect(due(taken(extended, sweep, 'recompute', {}, undefined, more), 'promise')).toBe(
      '2026-12-17T09:00:00Z',
    );
  });

  test('once, with reasons, and only before the limit has passed', () => {
    const record = inProgress();
    const [before, after] = ['2026-12-07T08:59:59Z', '2026-12-07T09:00:00Z'];
    const extended = taken(record, utama, 'extend', words, before);
    expect(extended.state).toBe('extended');
    expect(take(record, utama, 'extend', words, after)).toEqual({ refuse: 'extensionTooLate' });
    expect(take(extended, utama, 'extend', words, before)).toEqual({ refuse: 'wrongState' });
    const moved = taken(extended, utama, 'distribute', { unit: 'pupr' }, before);
    expect(take(moved, pelaksana, 'extend', words, before)).toEqual({ refuse: 'wrongState' });
    const bare = { ...city, clocks: city.clocks.filter(({ clock }) => clock !== 'extension') };
    expect(take(record, utama, 'extend', words, before, bare)).toEqual({ refuse: 'clockMissing' });
  });

  test('an objection is possible for thirty working days after the answer, and answered within thirty', () => {
    const refused = taken(inProgress(), utama, 'refuse', exempt, '2026-12-01T03:00:00Z');
    const last = '2027-01-13T09:00:00Z';
    expect(objectionUntil(city, refused)).toBe(last);
    const objection = { ground: 'exempted', text: 'Bukan rahasia.' };
    expect(take(refused, requester, 'object', objection, '2027-01-13T09:00:01Z')).toEqual({
      refuse: 'objectionOver',
    });
    const objected = taken(refused, requester, 'object', objection, last);
    expect(due(objected, 'objection')).toBe('2027-02-24T09:00:00Z');
    expect(objectionUntil(city, objected)).toBeNull();
  });

  test('an answer that never came may be objected to for thirty working days after its limit', () => {
    const record = inProgress();
    const objection = { ground: 'noResponse', text: 'Tidak dijawab.' };
    const limit = '2026-12-07T09:00:00Z';
    expect(isAnswerOverdue(record, limit)).toBe(false);
    expect(take(record, requester, 'object', objection, limit)).toEqual({ refuse: 'answerNotDue' });
    const late = '2026-12-07T09:00:01Z';
    expect(taken(record, requester, 'object', objection, late).state).toBe('objected');
    expect(objectionUntil(city, record, late)).toBe('2027-01-19T09:00:00Z');
    expect(take(record, requester, 'object', objection, '2027-01-19T09:00:01Z')).toEqual({
      refuse: 'objectionOver',
    });
  });

  test('a dispute goes to the commission within fourteen working days after the answer, and after silence', () => {
    const refused = taken(inProgress(), utama, 'refuse', exempt, '2026-12-01T03:00:00Z');
    const objected = taken(
      refused,
      requester,
      'object',
      { ground: 'exempted', ...words },
      '2026-12-02T03:00:00Z',
    );
    const upheld = taken(
      objected,
      sekda,
      'answerObjection',
      { decision: 'upheld', ...words },
      '2026-12-04T03:00:00Z',
    );
    expect(upheld.data['disputeBy']).toBe('2026-12-24T09:00:00Z');
    expect(upheld.events.at(-1)?.facts).toEqual({ disputeBy: '2026-12-24T09:00:00Z' });
    const limit = String(due(objected, 'objection'));
    expect(limit).toBe('2027-01-14T09:00:00Z');
    expect(take(objected, sweep, 'noteSilence', {}, '2027-01-14T08:59:59Z')).toMatchObject({
      refuse: 'wrongState',
    });
    const silent = taken(objected, sweep, 'noteSilence', {}, '2027-01-14T12:00:00Z');
    expect([silent.state, silent.data['disputeBy']]).toEqual(['objected', '2027-02-03T09:00:00Z']);
    expect(take(silent, sweep, 'noteSilence', {}, '2027-01-14T13:00:00Z')).toMatchObject({
      refuse: 'wrongState',
    });
    const answered = taken(
      silent,
      sekda,
      'answerObjection',
      { decision: 'upheld', ...words },
      '2027-01-18T03:00:00Z',
    );
    expect(answered.data['disputeBy']).toBe('2027-02-05T09:00:00Z');
  });

  test('an answer that came too late stays late, whatever follows', () => {
    const late = taken(inProgress(), utama, 'refuse', exempt, '2026-12-08T03:00:00Z');
    const objected = taken(late, requester, 'object', { ground: 'late', ...words }, '2026-12-09T03:00:00Z');
    const order = { decision: 'overturned', by: '2026-12-18', ...words };
    const ordered = taken(objected, sekda, 'answerObjection', order, '2026-12-10T03:00:00Z');
    expect(due(ordered, 'planned')).toBe('2026-12-18T16:59:59Z');
    const given = taken(ordered, utama, 'grant', words, '2026-12-11T03:00:00Z');
    expect([given.state, factsOf(given).decision?.late]).toEqual(['granted', true]);
  });
});
