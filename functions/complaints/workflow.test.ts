import { describe, expect, test } from 'vitest';
import { filedAt, filedCase, take, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { allowedActions } from '../cases/engine.ts';
import { understand } from './filing.ts';
import { complaint } from './workflow.ts';

const city = testCity();
const kominfo = staffOf(city, 'coordinator', 'kominfo');
const liaison = staffOf(city, 'liaison', 'pupr');
const officer = staffOf(city, 'officer', 'pupr');
const perkim = staffOf(city, 'liaison', 'perkim');
const validator = staffOf(city, 'validator', 'pemerintahan');
const inspector = staffOf(city, 'inspector', 'inspektorat');
const inspector2 = staffOf(city, 'inspector', 'inspektorat', 'inspector-2');

const assigned = () => taken(city, filedCase(city), kominfo, 'assign', { unit: 'pupr' });
const inProgress = () => taken(city, assigned(), officer, 'accept');

describe('filing', () => {
  test('waits in triage with a proposal; the unit does not have it yet', () => {
    const record = filedCase(city);
    expect(record).toMatchObject({
      state: 'received',
      unit: null,
      proposal: { unit: 'pupr', rule: 'r-jalan' },
    });
    expect(record.events.map((e) => e.type)).toEqual(['filed']);
    // Three working days after Monday 23 November.
    expect(record.clocks['verification']?.due).toBe('2026-11-26T09:00:00Z');
    expect(record.clocks['promise']?.due).toBe('2026-12-11T09:00:00Z');
  });

  test('goes straight to the unit for a direct category, the rule as reason', () => {
    const record = filedCase(city, { category: 'kebakaran' });
    expect(record).toMatchObject({ state: 'assigned', unit: 'damkar', seq: 2, rev: 1 });
    expect(record.events[1]).toMatchObject({
      type: 'assigned',
      actor: { kind: 'system', id: 'routing' },
      facts: { rule: 'r-api' },
    });
    expect(record.clocks['verification']?.doneAt).toBe(filedAt);
  });

  test('goes to the Inspektorat without triage when marked as oversight', () => {
    expect(filedCase(city, { oversight: true })).toMatchObject({ unit: 'inspektorat', state: 'assigned' });
    expect(filedCase(city, { category: 'pungli' }).flags.oversight).toBe(true);
  });

  test('goes to the named substitute when it is about those who would handle it', () => {
    const record = filedCase(city, { about: 'sekda' });
    expect(record).toMatchObject({ unit: 'setda', about: 'sekda', flags: { oversight: true } });
    expect(allowedActions(complaint, kominfo, record, city)).toEqual([]);
    expect(
      allowedActions(complaint, staffOf(city, 'executive', 'setda', 'w', 'mayor'), record, city),
    ).toContain('accept');
  });

  test('is confidential when its category is', () => {
    expect(filedCase(city, { category: 'kekerasan' }).flags.confidential).toBe(true);
  });
});

describe('the way of a complaint', () => {
  test('assignment ends verification and starts the unit’s clocks; the citizen’s promise stands', () => {
    const before = filedCase(city);
    const record = taken(city, before, kominfo, 'assign', { unit: 'pupr' }, '2026-11-24T03:00:00Z');
    expect(record.clocks['verification']?.doneAt).toBe('2026-11-24T03:00:00Z');
    expect(record.clocks['firstResponse']).toMatchObject({ owner: 'pupr', due: '2026-12-01T09:00:00Z' });
    expect(record.clocks['promise']).toEqual(before.clocks['promise']);
    expect(record.custody).toEqual([
      { unit: 'triage', from: filedAt, to: '2026-11-24T03:00:00Z', until: 2, ended: 'assigned' },
      { unit: 'pupr', from: '2026-11-24T03:00:00Z' },
    ]);
  });

  test('a unit that bounces a case keeps the citizen’s clock running', () => {
    const before = assigned();
    const record = taken(city, before, liaison, 'return', {
      reason: 'notOurs',
      next: 'perkim',
      text: 'bukan kami',
    });
    expect(record).toMatchObject({ state: 'verifying', unit: null, bounces: 1 });
    expect(record.clocks['promise']).toEqual(before.clocks['promise']);
    expect(record.clocks['resolution']?.doneAt).toBeDefined();
    expect(record.clocks['verification']?.doneAt).toBeUndefined();
    expect(record.custody.at(-2)).toMatchObject({ unit: 'pupr', ended: 'returned' });
  });

  test('only a reply that says by when counts as the first response', () => {
    const receipt = taken(city, inProgress(), officer, 'reply', { text: 'Terima kasih, kami cek.' });
    expect(receipt.clocks['firstResponse']?.doneAt).toBeUndefined();
    const reply = taken(
      city,
      receipt,
      officer,
      'reply',
      { text: 'Ditambal.', by: '2026-11-27' },
      '2026-11-23T04:00:00Z',
    );
    expect(reply.clocks['firstResponse']?.doneAt).toBe('2026-11-23T04:00:00Z');
    expect(reply.custody.at(-1)).toMatchObject({ respondedAt: '2026-11-23T04:00:00Z', responseTime: 3600 });
  });

  test('inside a branch a case moves without new clocks', () => {
    const before = assigned();
    const record = taken(city, before, liaison, 'assign', { unit: 'pupr-jalan' });
    expect(record.unit).toBe('pupr-jalan');
    expect(record.custody).toEqual(before.custody);
    expect(record.clocks).toEqual(before.clocks);
  });

  test('done needs a second pair of eyes', () => {
    const proposed = taken(city, inProgress(), officer, 'followUp', {
      outcome: 'fixed',
      text: 'Sudah ditambal.',
    });
    expect(proposed).toMatchObject({
      state: 'awaitingValidation',
      validating: 'pemerintahan',
      outcome: 'fixed',
    });
    expect(take(city, proposed, officer, 'approve', {})).toEqual({ refuse: 'forbidden' });
    expect(taken(city, proposed, validator, 'approve', {})).toMatchObject({
      state: 'followedUp',
      outcome: 'fixed',
    });
    const rejected = taken(city, proposed, validator, 'reject', { text: 'Foto tidak jelas.' });
    expect(rejected.state).toBe('inProgress');
    expect(rejected.outcome).toBeUndefined();
  });

  test('an inspector cannot approve the own proposal', () => {
    const accepted = taken(city, filedCase(city, { oversight: true }), inspector, 'accept');
    const proposed = taken(city, accepted, inspector, 'followUp', {
      outcome: 'answered',
      text: 'Sudah diperiksa.',
    });
    expect(take(city, proposed, inspector, 'approve', {})).toEqual({ refuse: 'secondPersonNeeded' });
    expect(taken(city, proposed, inspector2, 'approve', {}).state).toBe('followedUp');
  });

  test('marking oversight in triage takes it out of the coordinator’s sight', () => {
    const record = taken(city, filedCase(city), kominfo, 'mark', {
      oversight: true,
      text: 'Menyangkut petugas.',
    });
    expect(record).toMatchObject({ unit: 'inspektorat', flags: { oversight: true } });
    expect(allowedActions(complaint, kominfo, record, city)).toEqual([]);
  });

  test('an inspector who finds no oversight gives it back to triage, as secret as it was', () => {
    const inspector = staffOf(city, 'inspector', 'inspektorat');
    const marked = filedCase(city, { category: 'pungli' });
    expect(take(city, marked, kominfo, 'unmark', { text: 'bukan' })).toMatchObject({ refuse: 'forbidden' });
    const back = taken(city, marked, inspector, 'unmark', { text: 'Bukan pungli, hanya antrean.' });
    expect(back).toMatchObject({
      state: 'verifying',
      unit: null,
      category: null,
      flags: { oversight: false, confidential: true },
    });
    expect(back.custody.at(-1)).toMatchObject({ unit: 'triage' });
    expect(allowedActions(complaint, kominfo, back, city)).toContain('assign');
    expect(take(city, filedCase(city), inspector, 'unmark', { text: 'x' })).toHaveProperty('refuse');
  });

  test('an oversight case is not assigned to where nobody would see it', () => {
    const inspector = staffOf(city, 'inspector', 'inspektorat');
    const oversight = filedCase(city, { oversight: true });
    expect(take(city, oversight, inspector, 'assign', { unit: 'pupr' })).toEqual({
      refuse: 'handledAlone',
      field: 'unit',
    });
  });

  test('a weak guess of misconduct is secret, but the coordinator’s to read', () => {
    const guess = (confidence: number) =>
      understand(
        city,
        {
          text: 'Berkas saya sama.',
          kind: 'complaint',
          confidential: false,
          oversight: false,
          anonymous: false,
        },
        filedAt,
        {
          category: 'pungli',
          confidence,
          reasons: [],
          candidates: [{ category: 'pungli', score: confidence }],
        },
      );
    expect(guess(0.58)).toMatchObject({
      category: null,
      oversight: false,
      confidential: true,
      direct: false,
    });
    expect(guess(0.75)).toMatchObject({ category: 'pungli', oversight: true, direct: true });
  });

  test('a report is postponed once, and not when it is late already', () => {
    const once = taken(city, filedCase(city), kominfo, 'postpone', { text: 'Di mana?' });
    const again = taken(city, once, kominfo, 'verify', {}, '2026-11-24T03:00:00Z');
    expect(take(city, again, kominfo, 'postpone', { text: 'Kapan?' }, '2026-11-24T04:00:00Z')).toEqual({
      refuse: 'pauseUsed',
    });
    expect(
      take(city, filedCase(city), kominfo, 'postpone', { text: 'Mana?' }, '2026-12-30T03:00:00Z'),
    ).toEqual({
      refuse: 'pauseTooLate',
    });
  });

  test('a corrected category is routed anew', () => {
    const record = taken(city, filedCase(city), kominfo, 'correct', { category: 'sampah' });
    expect(record).toMatchObject({
      category: 'sampah',
      categoryBy: 'coordinator',
      proposal: { unit: 'perkim' },
    });
  });

  test.each([
    ['a unit that does not exist', 'assign', { unit: 'nowhere' }, 'unknownUnit'],
    ['a unit that has ended', 'assign', { unit: 'lama' }, 'unknownUnit'],
    ['a person who is not there', 'assign', { unit: 'pupr', person: 'x' }, 'unknownPerson'],
    ['an unknown category', 'correct', { category: 'x' }, 'unknownCategory'],
    ['an unknown area', 'correct', { area: '00.00.00' }, 'unknownArea'],
    ['nothing to correct', 'correct', { category: 'jalan' }, 'invalidInput'],
    ['an unknown outside body', 'forward', { body: 'x', text: 'x' }, 'unknownUnit'],
    ['an action of another state', 'approve', {}, 'forbidden'],
    ['an action that does not exist', 'fly', {}, 'notFound'],
    ['the system’s own step', 'route', {}, 'forbidden'],
  ])('%s is refused by name', (_, action, input, refuse) => {
    expect(take(city, filedCase(city), kominfo, action, input)).toMatchObject({ refuse });
  });

  test('a liaison cannot push a case to another OPD', () => {
    expect(take(city, assigned(), liaison, 'assign', { unit: 'perkim' })).toMatchObject({
      refuse: 'unknownUnit',
    });
  });

  test('after the second bounce the coordinator decides finally: that unit cannot send it back', () => {
    let record = filedCase(city);
    for (const [unit, who] of [
      ['pupr', liaison],
      ['perkim', perkim],
    ] as const) {
      record = taken(city, record, kominfo, 'assign', { unit });
      record = taken(city, record, who, 'return', { reason: 'notOurs', text: 'bukan' });
    }
    record = taken(city, record, kominfo, 'assign', { unit: 'pupr' });
    const again = { reason: 'notOurs', text: 'lagi' };
    expect(take(city, record, liaison, 'return', again)).toEqual({ refuse: 'decidedFinally' });
    // The coordinator may still be wrong, and moves it elsewhere.
    record = taken(city, record, kominfo, 'assign', { unit: 'perkim' });
    expect(take(city, record, perkim, 'return', again)).toEqual({ refuse: 'decidedFinally' });
  });

  test('the coordinator may decide finally at once; a liaison inside the branch may not lift it', () => {
    const final = taken(city, filedCase(city), kominfo, 'assign', { unit: 'pupr', final: true });
    const inside = taken(city, final, liaison, 'assign', { unit: 'pupr-jalan' });
    expect(take(city, inside, liaison, 'return', { reason: 'notOurs', text: 'x' })).toEqual({
      refuse: 'decidedFinally',
    });
    const asked = taken(city, assigned(), liaison, 'assign', { unit: 'pupr-jalan', final: true });
    expect(asked.data['final']).toBeUndefined();
  });
});
