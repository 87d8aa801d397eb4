import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createTables, type TestTables, testTables } from '../../test/engine.ts';
import { type SettingsWorld, settingsWorld } from '../../test/settings.ts';
import { smallBodies, smallCity } from '../../test/small-city.ts';
import { earliestDue, startClock, stopClock } from '../cases/clock/clock.ts';
import { recomputed } from '../cases/clock/recompute.ts';
import type { CaseRecord } from '../cases/model.ts';
import { caseStore } from '../cases/store.ts';
import type { CaseKind } from '../cases/workflow.ts';
import { tableOf } from '../kernel/table.ts';

const live = smallCity();
const filedAt = '2026-11-23T01:00:00Z';

/** Routing as the city's rules say, by category alone. */
const complaint: CaseKind = {
  kind: 'complaint',
  noun: { id: 'laporan', en: 'report' },
  states: {},
  says: {},
  start: { state: 'received', clocks: [] },
  propose: (city, { category }) => {
    const rule = city.routing.find((r) => category !== null && r.when.categories?.includes(category));
    const to = rule?.to;
    return {
      rule: rule?.id ?? null,
      unit: to !== undefined && 'unit' in to ? to.unit : null,
      outside: to !== undefined && 'outside' in to ? to.outside : null,
    };
  },
};

const open = (code: string, more: Partial<CaseRecord> = {}): CaseRecord => {
  const rule = live.clocks.find((r) => r.clock === 'promise');
  if (rule === undefined) throw new Error('no promise');
  return {
    v: 1,
    code,
    kind: 'complaint',
    state: 'received',
    seq: 1,
    rev: 1,
    filing: { id: code, fingerprint: code },
    filedAt,
    recordedAt: filedAt,
    origin: 'web',
    identified: false,
    pin: { version: 1, key: 'k1' },
    excerpt: 'jalan berlubang',
    category: 'jalan-rusak',
    categoryBy: 'reporter',
    area: null,
    areaHow: 'unknown',
    flags: { anonymous: true, confidential: false, oversight: false, emergency: false },
    proposal: { unit: 'pupr', outside: null, rule: 'jalan', losers: [] },
    unit: null,
    root: null,
    bounces: 0,
    clocks: { promise: startClock(live, rule, null, filedAt) },
    custody: [],
    wakeAt: null,
    events: [],
    archived: 0,
    data: {},
    ...more,
  };
};

let tables: TestTables;
let city: SettingsWorld;
beforeAll(async () => {
  tables = await testTables();
  await createTables(tables.client, inject('tables'), { cases: 'cases2', identities: 'identities2' });
  const table = tableOf(tables.client, 'cases2');
  city = await settingsWorld(table, { complaint });
  const cases = caseStore(table);
  await cases.create(open('TRIAGE222'));
  await cases.create(open('TRIAGEKTP', { category: 'ktp' }));
  await cases.create(open('ATPUPR222', { unit: 'pupr', root: 'pupr', state: 'assigned' }));
  await cases.create(
    open('SECRET222', { flags: { anonymous: true, confidential: false, oversight: true, emergency: false } }),
  );
  const done = open('CLQSED222', { state: 'archived', closedAt: filedAt });
  await cases.create(done);
});
afterAll(() => tables.stop());

it('a new rule shows which cases in triage it would send elsewhere, and touches none', async () => {
  const rules = smallBodies().routing.rules.map((r) =>
    r.id === 'jalan' ? { ...r, to: { unit: 'kominfo' } } : r,
  );
  const { body: made } = await city.draft('routing', { rules });
  const { body } = await city.preview('routing', made.version);
  expect(body).toEqual({
    looked: 2,
    stopped: false,
    proposals: [
      {
        code: 'TRIAGE222',
        was: { unit: 'pupr', outside: null, rule: 'jalan' },
        would: { unit: 'kominfo', outside: null, rule: 'jalan' },
      },
    ],
    dues: [],
    steps: [],
  });
});

it('a longer promise shows the due time of every open case before and after, those of units too', async () => {
  const rules = smallBodies().clocks.rules.map((r) => (r.id === 'janji' ? { ...r, amount: 15 } : r));
  const { body: made } = await city.draft('clocks', { rules });
  const { body } = await city.preview('clocks', made.version);
  expect(body.proposals).toEqual([]);
  expect(body.dues.map(({ code }) => code).sort()).toEqual(['ATPUPR222', 'TRIAGE222', 'TRIAGEKTP']);
  expect(new Set(body.dues.map(({ was, would }) => `${was} ${would}`))).toEqual(
    new Set(['2026-12-11T07:00:00Z 2026-12-14T07:00:00Z']),
  );
});

it('a holiday moves what runs over it', async () => {
  const { calendars } = smallBodies();
  const holidays = [
    ...calendars.holidays,
    { date: '2026-12-09', name: 'Pilkada', kind: 'national' as const },
  ];
  const { body: made } = await city.draft('calendars', { ...calendars, holidays });
  const { body } = await city.preview('calendars', made.version);
  expect(body.dues.find(({ code }) => code === 'TRIAGE222')).toMatchObject({
    would: '2026-12-14T07:00:00Z',
    clocks: [{ clock: 'promise', was: '2026-12-11T07:00:00Z', would: '2026-12-14T07:00:00Z' }],
  });
});

it('a changed ladder shows when it would act next, deadlines untouched', async () => {
  const { ladder } = smallBodies();
  const steps = ladder.steps.map((step) => (step.id === 'kepala' ? { ...step, days: 2 } : step));
  const { body: made } = await city.draft('ladder', { ...ladder, steps });
  const { body } = await city.preview('ladder', made.version);
  expect(body.dues).toEqual([]);
  expect(body.steps.map(({ code }) => code).sort()).toEqual(['ATPUPR222', 'TRIAGE222', 'TRIAGEKTP']);
  expect(new Set(body.steps.map(({ was, would }) => `${was} ${would}`))).toEqual(
    new Set(['2026-12-11T07:00:00Z 2026-12-15T07:00:00Z']),
  );
});

it('what moves nothing says so', async () => {
  const { profile } = smallBodies();
  const { body: made } = await city.draft('profile', { ...profile, app: 'Baru' });
  expect((await city.preview('profile', made.version)).body).toEqual({
    looked: 0,
    stopped: false,
    proposals: [],
    dues: [],
    steps: [],
  });
});

it('more open cases than it looks at are said to be more', async () => {
  const names = { cases: 'cases3', identities: 'identities3' };
  await createTables(tables.client, inject('tables'), names);
  const table = tableOf(tables.client, names.cases);
  const crowded = await settingsWorld(table, { complaint });
  const cases = caseStore(table);
  await Promise.all(
    Array.from({ length: 101 }, (_, i) => cases.create(open(`PUPR${i}`, { unit: 'pupr', root: 'pupr' }))),
  );
  const rules = smallBodies().clocks.rules.map((r) => (r.id === 'janji' ? { ...r, amount: 15 } : r));
  const { body: made } = await crowded.draft('clocks', { rules });
  expect((await crowded.preview('clocks', made.version)).body).toMatchObject({ stopped: true, looked: 100 });
});

it('clocks that ended stay as they ended, a rule that is gone gives way to the first that fits', () => {
  const record = open('X');
  const promise = record.clocks['promise'];
  if (promise === undefined) throw new Error('no promise');
  const ended = { ...record, clocks: { promise: stopClock(promise, '2026-11-24T01:00:00Z') } };
  const none = {
    ...live,
    clocks: live.clocks.map((r) => (r.id === 'janji' ? { ...r, id: 'janji-baru', amount: 1 } : r)),
  };
  expect(recomputed(none, ended)).toEqual(ended.clocks);
  expect(recomputed(none, record)['promise']).toMatchObject({
    rule: 'janji-baru',
    due: '2026-11-24T07:00:00Z',
  });
  expect(earliestDue(recomputed(live, record))).toBe(earliestDue(record.clocks));
});
