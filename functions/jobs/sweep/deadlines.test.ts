import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { filedCase, taken } from '../../../test/cases.ts';
import { staffOf } from '../../../test/city.ts';
import { ladderCity } from '../../../test/ladder.ts';
import type { CaseRecord } from '../../cases/model.ts';
import type { City } from '../../city/schema.ts';
import { deliveredReader, openedMarks } from '../../events/delivered.ts';
import type { Instant } from '../../kernel/time.ts';
import type { SweepDeps } from './sweep.ts';
import { codeOf, kominfo, story, sweptTables } from './test/swept.ts';

const city = ladderCity();
const officer = staffOf(city, 'officer', 'pupr');
const head = staffOf(city, 'head', 'pupr');
const validator = staffOf(city, 'validator', 'pemerintahan');

let tables: Awaited<ReturnType<typeof sweptTables>>;
beforeAll(async () => {
  tables = await sweptTables(city);
});
beforeEach(() => tables.begin());
afterAll(() => tables.stop());

const settle = async (now: Instant, more: Partial<SweepDeps> = {}): Promise<CaseRecord> => {
  for (let n = 0; n < 5; n += 1) {
    const { cases, failed } = await tables.run(now, more);
    expect(failed).toBe(0);
    if (cases === 0) return tables.read();
  }
  throw new Error('never done');
};
const types = ({ events }: CaseRecord): readonly string[] => events.map(({ type }) => type);

const filed = () => filedCase(city, {}, { code: codeOf(0) });
const text = 'Mohon foto dan alamat yang lebih jelas.';
/** On Tuesday 24 November; the data are due on 24 December, the notice on the 15th. */
const postponed = () => taken(city, filed(), kominfo, 'postpone', { text }, '2026-11-24T02:00:00Z');
const worked = (): CaseRecord => {
  const assigned = taken(city, filed(), kominfo, 'assign', { unit: 'pupr' }, '2026-11-24T02:00:00Z');
  const accepted = taken(city, assigned, officer, 'accept', {}, '2026-11-24T03:00:00Z');
  return taken(city, accepted, officer, 'reply', { text, by: '2026-12-04' }, '2026-11-24T03:30:00Z');
};
/** Approved on Thursday 26 November; the silence ends ten working days later, on 10 December. */
const followedUp = (): CaseRecord => {
  const done = taken(city, worked(), officer, 'followUp', { outcome: 'fixed', text }, '2026-11-25T02:00:00Z');
  return taken(city, done, validator, 'approve', {}, '2026-11-26T02:00:00Z');
};
const silent = '2026-12-10T09:00:00Z';

describe('data that a reporter does not complete', () => {
  test('is asked for once more a week before, and then the report is deemed withdrawn', async () => {
    await tables.put(postponed());
    await settle('2026-12-15T00:29:59Z');
    expect(types(await tables.read())).not.toContain('warned');
    const warned = await settle('2026-12-15T00:30:00Z');
    expect(warned.events.at(-1)).toMatchObject({
      type: 'warned',
      audience: 'code',
      facts: { clock: 'data', step: 'withdrawal-notice', due: '2026-12-24T02:00:00Z' },
    });
    expect((await settle('2026-12-24T01:59:59Z')).state).toBe('postponed');
    const ended = await settle('2026-12-24T02:00:00Z');
    expect(ended).toMatchObject({ state: 'withdrawn', wakeAt: null });
    expect(types(ended).filter((t) => ['warned', 'deemedWithdrawn'].includes(t))).toEqual([
      'warned',
      'deemedWithdrawn',
    ]);
  });

  test('after an outage of a month is warned first, and has the whole time of the notice', async () => {
    await tables.put(postponed());
    const late = await settle('2026-12-28T02:00:00Z');
    expect(late.state).toBe('postponed');
    expect(types(late)).toContain('warned');
    // Seven working days from Monday 28 December.
    expect(late.clocks['data']?.due).toBe('2027-01-06T09:00:00Z');
    expect(late.events.findLast((e) => e.type === 'warned')?.facts?.['due']).toBe('2027-01-06T09:00:00Z');
    expect((await settle('2027-01-06T08:59:59Z')).state).toBe('postponed');
    expect((await settle('2027-01-06T09:00:00Z')).state).toBe('withdrawn');
  });

  test('never ends a report of which nobody was told: where the ladder has no notice, people decide', async () => {
    const bare: City = { ...city, ladder: city.ladder.filter(({ tells }) => tells !== 'reporter') };
    await tables.put(postponed());
    const left = await settle('2027-01-20T02:00:00Z', { city: async () => bare });
    expect(left.state).toBe('postponed');
    expect(story(left)).toContain('overdue data');
    expect((await tables.run('2027-01-20T02:01:00Z', { city: async () => bare })).cases).toBe(0);
  });

  test('that came in time stops everything', async () => {
    const back = taken(city, postponed(), kominfo, 'verify', {}, '2026-12-01T02:00:00Z');
    await tables.put(back);
    expect(types(await settle('2026-12-24T02:00:00Z'))).not.toContain('warned');
  });
});

describe('silence after a follow-up', () => {
  test.each([
    [true, 'closed'],
    [false, 'unconfirmed'],
  ])('with a delivered notice %s: %s', async (arrived, state) => {
    await tables.put(followedUp());
    const asked: [string, number][] = [];
    const delivered: SweepDeps['delivered'] = async ({ code }, seq) => {
      asked.push([code, seq]);
      return arrived;
    };
    expect((await settle('2026-12-10T08:59:59Z', { delivered })).state).toBe('followedUp');
    expect(asked).toEqual([]);
    const ended = await settle(silent, { delivered });
    expect(ended).toMatchObject({ state, wakeAt: null });
    // Of the approval and nothing before it.
    expect(asked).toEqual([[codeOf(0), ended.events.find((e) => e.type === 'followedUp')?.seq]]);
    expect(types(ended).filter((t) => t === 'finished')).toHaveLength(1);
  });

  test('is judged by the same event when that was archived', async () => {
    const record = followedUp();
    await tables.put(record);
    await tables.store().archive(record, record.seq);
    const seqs: number[] = [];
    await settle(silent, {
      delivered: async (_, seq) => {
        seqs.push(seq);
        return true;
      },
    });
    expect(seqs).toEqual([record.seq]);
  });

  test('is judged by the follow-up though a holiday moved its deadline since', async () => {
    const record = followedUp();
    const holidays = [
      ...city.calendars.holidays,
      { date: '2026-12-08', name: 'Pilkada', kind: 'local' as const },
    ];
    const later: City = { ...city, calendars: { ...city.calendars, holidays } };
    const recompute = { kind: 'system', id: 'recompute' } as const;
    const moved = taken(later, record, recompute, 'recompute', {}, '2026-12-01T02:00:00Z');
    expect(moved.clocks['confirmation']?.due).toBe('2026-12-11T09:00:00Z');
    await tables.put(moved);
    const seqs: number[] = [];
    const delivered: SweepDeps['delivered'] = async (_, seq) => {
      seqs.push(seq);
      return true;
    };
    expect((await settle('2026-12-11T09:00:00Z', { delivered, city: async () => later })).state).toBe(
      'closed',
    );
    expect(seqs).toEqual([record.seq]);
  });

  test('the private view, opened since, is proof; opened before, it is none', async () => {
    const real = deliveredReader(tables.table(), () => silent);
    const record = await tables.put(followedUp());
    await openedMarks(tables.table()).note(
      { code: record.code, seq: record.seq - 1 },
      '2026-11-25T02:00:00Z',
    );
    expect(await real(record, record.seq)).toBe(false);
    await openedMarks(tables.table()).note(record, '2026-11-27T02:00:00Z');
    expect((await settle(silent, { delivered: real })).state).toBe('closed');
  });

  test('while receipts cannot be read the case waits, and ends once', async () => {
    await tables.put(followedUp());
    const down = async () => {
      throw new Error('throttled');
    };
    expect(await tables.run(silent, { delivered: down })).toMatchObject({ failed: 1, steps: 0 });
    expect(await tables.run('2026-12-11T09:00:00Z', { delivered: down })).toMatchObject({
      failed: 1,
      late: 86_400,
    });
    const ended = await settle('2026-12-11T10:00:00Z');
    expect(types(ended).filter((t) => t === 'finished')).toHaveLength(1);
  });

  test('the reporter who confirms while sweep is about to finish is heard', async () => {
    await tables.put(followedUp());
    const store = tables.store();
    let raced = false;
    const save = async (record: CaseRecord) => {
      if (!raced) {
        raced = true;
        const reporter = { kind: 'holder', id: 'pin-1', code: record.code, pinVersion: 1 } as const;
        const before = await tables.read();
        await store.save(taken(city, before, reporter, 'confirm', {}, silent));
      }
      return store.save(record);
    };
    await tables.run(silent, { store: { ...store, save } });
    expect(types(await tables.read())).not.toContain('finished');
    expect((await tables.read()).state).toBe('closed');
  });
});

describe('a question that nobody answers', () => {
  test('lets time run again from its limit, however late that is noticed', async () => {
    const asked = taken(city, worked(), officer, 'ask', { text }, '2026-11-24T04:00:00Z');
    await tables.put(asked);
    const due = asked.clocks['question']?.due ?? '';
    const late = await settle('2026-12-16T02:00:00Z');
    expect(types(late).filter((t) => t === 'questionExpired')).toHaveLength(1);
    expect(late.clocks['question']?.doneAt).toBe(due);
    expect(late.clocks['promise']).not.toHaveProperty('pausedAt');
  });
});

describe('a report whose category is certain', () => {
  const groups = city.categories.groups.map((group) => ({
    ...group,
    categories: group.categories.map((c) => (c.id === 'jalan' ? { ...c, dispatch: 'certain' as const } : c)),
  }));
  const sure: City = { ...city, categories: { ...city.categories, groups } };

  test('is dispatched by the system after one working day in triage, once', async () => {
    await tables.put(filedCase(sure, {}, { code: codeOf(0) }));
    const early = await settle('2026-11-24T08:59:59Z', { city: async () => sure });
    expect(early.unit).toBeNull();
    const gone = await settle('2026-11-24T09:00:00Z', { city: async () => sure });
    expect(gone).toMatchObject({ unit: 'pupr', state: 'assigned' });
    expect(types(gone)).toEqual(['filed', 'dispatched']);
  });

  test('that the coordinator assigned meanwhile is left alone', async () => {
    const record = filedCase(sure, {}, { code: codeOf(0) });
    await tables.put(taken(sure, record, kominfo, 'assign', { unit: 'perkim' }, '2026-11-24T02:00:00Z'));
    expect((await settle('2026-11-24T09:00:00Z', { city: async () => sure })).unit).toBe('perkim');
  });
});

describe('a date that a plan promised', () => {
  test('passes on the record and climbs like any other', async () => {
    const planned = taken(
      city,
      worked(),
      head,
      'plan',
      { date: '2027-01-15', source: 'dpa', year: 2027, text },
      '2026-11-25T02:00:00Z',
    );
    expect(planned.state).toBe('planned');
    await tables.put(planned);
    const staff = async () => [
      head,
      staffOf(city, 'executive', 'setda', 'sekda-1', 'sekda'),
      staffOf(city, 'executive', 'setda', 'mayor-1', 'mayor'),
    ];
    const missed = await settle('2027-01-29T02:00:00Z', { staff });
    expect(story(missed).filter((s) => s.includes('planned'))).toEqual([
      'overdue planned',
      'escalated planned head',
      'escalated planned sekda',
      'escalated planned mayor',
    ]);
    expect(missed.state).toBe('planned');
  });
});

test('a step that the case refuses is recorded as overdue, once, for people to see', async () => {
  // A clock that should have ended with its state: the work goes on, and the silence is nobody's.
  const record = worked();
  const confirmation = followedUp().clocks['confirmation'];
  if (confirmation === undefined) throw new Error('none');
  await tables.put({ ...record, clocks: { ...record.clocks, confirmation }, wakeAt: silent });
  const left = await settle('2026-12-10T09:01:00Z');
  expect(story(left).filter((s) => s.includes('confirmation'))).toEqual(['overdue confirmation']);
});
