import { describe, expect, test } from 'vitest';
import { filedCase, take, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { citizenDue, earliestDue } from '../cases/clock/clock.ts';
import { allowedActions } from '../cases/engine.ts';
import { complaint } from './workflow.ts';

const city = testCity();
const kominfo = staffOf(city, 'coordinator', 'kominfo');
const officer = staffOf(city, 'officer', 'pupr');
const validator = staffOf(city, 'validator', 'pemerintahan');
const inspector = staffOf(city, 'inspector', 'inspektorat');
const mayor = staffOf(city, 'executive', 'setda', 'walikota', 'mayor');
const lurah = staffOf(city, 'areaHead', 'ganting');

const inProgress = () =>
  taken(city, taken(city, filedCase(city), kominfo, 'assign', { unit: 'pupr' }), officer, 'accept');
const proposed = () => taken(city, inProgress(), officer, 'followUp', { outcome: 'fixed', text: 'Sudah.' });

describe('a reply', () => {
  test.each([
    ['2026-11-22', { refuse: 'dateOutOfRange', field: 'by' }],
    ['9999-12-31', { refuse: 'dateOutOfRange', field: 'by' }],
  ])('that promises something by %s promises nothing', (by, refusal) => {
    expect(take(city, inProgress(), officer, 'reply', { text: 'sudah', by })).toEqual(refusal);
  });
  test('may promise the same day', () => {
    expect(take(city, inProgress(), officer, 'reply', { text: 'sore ini', by: '2026-11-23' })).toHaveProperty(
      'event',
    );
  });
});

describe('an approved closing', () => {
  test('keeps the promise: nothing of the city’s runs any more; only the reporter’s silence has an end', () => {
    const done = taken(city, proposed(), validator, 'approve');
    expect([earliestDue(done.clocks), citizenDue(done.clocks)]).toEqual([null, null]);
    expect(done.clocks['confirmation']?.due).toBe('2026-12-07T09:00:00Z');
  });
  test('is refused where the validating unit is the one that handled it', () => {
    const own = taken(
      city,
      taken(city, filedCase(city), kominfo, 'assign', { unit: 'setda' }),
      staffOf(city, 'officer', 'setda'),
      'accept',
    );
    const handler = staffOf(city, 'officer', 'setda');
    const close = { outcome: 'answered', text: 'Sudah dijawab.' };
    expect(take(city, own, handler, 'followUp', close)).toEqual({ refuse: 'noValidator' });
    const second = { ...city, profile: { ...city.profile, secondValidatingUnit: 'perkim' } };
    expect(taken(second, own, handler, 'followUp', close).validating).toBe('perkim');
  });
});

describe('what one handles alone', () => {
  test('a complaint about somebody can be finished by its only reader, and says that nobody validated it', () => {
    const accepted = taken(city, filedCase(city, { about: 'sekda' }), mayor, 'accept');
    const done = taken(city, accepted, mayor, 'followUp', { outcome: 'answered', text: 'Sudah diperiksa.' });
    expect(done.state).toBe('followedUp');
    expect(earliestDue(done.clocks)).toBeNull();
    expect(done.events.at(-1)?.facts).toEqual({ validated: false });
  });
  test('oversight is not returned to triage, where nobody would see it', () => {
    expect(
      take(city, filedCase(city, { oversight: true }), inspector, 'return', { reason: 'notOurs', text: 'x' }),
    ).toEqual({ refuse: 'handledAlone' });
  });
  test('marked while it waits for validation, it leaves the validator', () => {
    const record = taken(city, proposed(), kominfo, 'mark', { oversight: true, text: 'Menyangkut petugas.' });
    expect([record.validating, record.outcome, record.unit]).toEqual([undefined, undefined, 'inspektorat']);
    expect(record.custody.at(-2)?.ended).toBe('moved');
    expect(allowedActions(complaint, validator, record, city)).toEqual([]);
  });
});

describe('confidentiality', () => {
  test('of the reporter is not the coordinator’s to lift', () => {
    const record = filedCase(city, { confidential: true });
    expect(take(city, record, kominfo, 'mark', { confidential: false, text: 'x' })).toMatchObject({
      refuse: 'forbidden',
    });
  });
  test('that the coordinator set can be taken back', () => {
    const record = taken(city, filedCase(city), kominfo, 'mark', { confidential: true, text: 'x' });
    expect(taken(city, record, kominfo, 'mark', { confidential: false, text: 'x' }).flags.confidential).toBe(
      false,
    );
  });
});

test('a lurah works on what is in the own unit’s hands, confidential or not, and on nothing else', () => {
  const own = taken(city, filedCase(city, { confidential: true }), kominfo, 'assign', { unit: 'ganting' });
  expect(allowedActions(complaint, lurah, own, city)).toContain('accept');
  const others = taken(city, filedCase(city), kominfo, 'assign', { unit: 'pupr' });
  expect(allowedActions(complaint, lurah, others, city)).toEqual([]);
});

test('every event that settings decided names their versions', () => {
  const record = taken(city, filedCase(city), kominfo, 'correct', { category: 'sampah' });
  for (const event of record.events) expect(event.config).toMatchObject({ routing: 1, categories: 1 });
});
