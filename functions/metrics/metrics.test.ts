import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { filedCase, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { CaseRecord } from '../cases/model.ts';
import { projector } from '../figures/project.ts';
import { figureStore } from '../figures/store.ts';
import type { Table } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';
import { metrics } from './contract.ts';
import { operations } from './operations.ts';

const town = testCity();
/** Names unlike the ids, so that the order of rows is seen to be that of names. */
const names: Readonly<Record<string, string>> = { pupr: 'Pekerjaan Umum', damkar: 'Kebakaran', kominfo: 'Z' };
const city = { ...town, units: town.units.map((unit) => ({ ...unit, name: names[unit.id] ?? unit.name })) };
const coordinator = staffOf(city, 'coordinator', 'kominfo');
const liaison = staffOf(city, 'liaison', 'pupr');

const assignedTo = (code: string, unit: string, category = 'jalan'): CaseRecord =>
  taken(
    city,
    filedCase(city, { category }, { code }),
    coordinator,
    'assign',
    { unit },
    '2026-11-23T03:00:00Z',
  );

const answered = (record: CaseRecord, at: Instant): CaseRecord =>
  taken(city, record, liaison, 'reply', { text: 'Besok diperbaiki.', by: '2026-12-01' }, at);

/** One case for each circle of readers, and one that waits in triage. All filed on Monday, 09:00 WIB. */
const cases: readonly CaseRecord[] = [
  answered(assignedTo('NORMAL1', 'pupr-jalan'), '2026-11-24T01:30:00Z'),
  assignedTo('NORMAL2', 'pupr'),
  assignedTo('SECRET', 'perkim', 'kekerasan'),
  filedCase(city, { category: 'pungli' }, { code: 'OVERSIGHT' }),
  filedCase(city, { about: 'sekda' }, { code: 'ABOUT' }),
  filedCase(city, { category: undefined }, { code: 'TRIAGE' }),
];

let tables: FigureTables;
let table: Table;
beforeAll(async () => {
  tables = await figureTables();
  ({ table } = await tables.fresh());
  await projector({ store: figureStore(table), city: async () => city })(cases);
});
afterAll(() => tables.stop());

const { unitMetrics: operation } = metrics.operations;

/** What the operation answers, through its own contract. */
const asked = async (actor: StaffActor, month?: string, now = '2026-11-25T05:00:42Z') => {
  const { unitMetrics } = operations({ store: figureStore(table), city: async () => city, now: () => now });
  const { body } = await unitMetrics({
    input: { params: undefined, query: z.parse(operation.query, { month }), body: undefined },
    actor,
    language: 'id',
    idempotencyKey: '',
    ifMatch: -1,
    address: '',
    requestId: '',
  });
  return z.parse(operation.response, body);
};

/** Units in the order shown with what they were assigned, and what was filed. */
const seenBy = async (actor: StaffActor) => {
  const { units, triage } = await asked(actor);
  return {
    rows: units.map(({ unit }) => unit.id).join(' '),
    assigned: Object.fromEntries(units.flatMap((u) => (u.assigned > 0 ? [[u.unit.id, u.assigned]] : []))),
    filed: triage?.filed ?? null,
  };
};

const all = 'inspektorat damkar pupr perkim setda timur kominfo';
const mayor = staffOf(city, 'executive', 'setda', 'mayor', 'mayor');

const readers: readonly (readonly [string, StaffActor, Awaited<ReturnType<typeof seenBy>>])[] = [
  ['coordinator: no oversight', coordinator, { rows: all, assigned: { pupr: 2, perkim: 1 }, filed: 4 }],
  [
    'inspector: all but cases about those with a substitute',
    staffOf(city, 'inspector', 'inspektorat'),
    { rows: all, assigned: { inspektorat: 1, pupr: 2, perkim: 1 }, filed: 5 },
  ],
  [
    'executive: nothing confidential',
    staffOf(city, 'executive', 'setda'),
    { rows: all, assigned: { pupr: 2 }, filed: 3 },
  ],
  [
    'the mayor, who stands in for cases about the Sekda',
    mayor,
    { rows: all, assigned: { pupr: 2, setda: 1 }, filed: 4 },
  ],
  ['liaison: the own unit', liaison, { rows: 'pupr', assigned: { pupr: 2 }, filed: null }],
  [
    'head: the own unit with confidential cases',
    staffOf(city, 'head', 'perkim'),
    { rows: 'perkim', assigned: { perkim: 1 }, filed: null },
  ],
  [
    'officer: the own unit without them',
    staffOf(city, 'officer', 'perkim'),
    { rows: 'perkim', assigned: {}, filed: null },
  ],
  [
    'officer of a part of a unit: not the whole’s',
    staffOf(city, 'officer', 'pupr-jalan'),
    { rows: '', assigned: {}, filed: null },
  ],
  [
    'area head: the own unit',
    staffOf(city, 'areaHead', 'timur'),
    { rows: 'timur', assigned: {}, filed: null },
  ],
];

describe('who reads which figures', () => {
  test.each(readers)('%s', async (_, actor, seen) => {
    expect(await seenBy(actor)).toEqual(seen);
  });

  test('a validator has no total to read', () => {
    expect(operation.who.roles).not.toContain('validator');
  });
});

describe('the table of units', () => {
  test('shows a unit’s month, its days and its mean with the n it is made of', async () => {
    const { units } = await asked(coordinator);
    const pupr = units.find(({ unit }) => unit.id === 'pupr');
    expect(pupr).toMatchObject({
      unit: { id: 'pupr', name: 'Pekerjaan Umum', short: 'pupr' },
      assigned: 2,
      responded: 1,
      // Monday 10:00–12:00 and 13:00–16:00, Tuesday 07:30–08:30.
      response: { minutes: 360, mean: 360, n: 1 },
      open: 2,
      overdue: 0,
    });
    expect(pupr?.byDay.assigned).toHaveLength(30);
    expect(pupr?.byDay.assigned[22]).toBe(2);
    expect(pupr?.byDay.responded[23]).toBe(1);
    expect(pupr?.byDay.responseMinutes[23]).toBe(360);
    expect(units.find(({ unit }) => unit.id === 'perkim')?.response).toEqual({
      minutes: 0,
      mean: null,
      n: 0,
    });
  });

  test('shows triage apart, with its working time', async () => {
    expect((await asked(coordinator)).triage).toMatchObject({
      filed: 4,
      triaged: 3,
      time: { minutes: 180, mean: 60, n: 3 },
      open: 1,
      overdue: 0,
    });
  });

  test('counts as overdue what is past its deadline at the start of this minute', async () => {
    // Verification: three working days after Monday, at closing time on Thursday, 16:00 WIB.
    expect((await asked(coordinator, undefined, '2026-11-26T09:00:59Z')).triage?.overdue).toBe(0);
    const later = await asked(coordinator, undefined, '2026-11-26T09:01:00Z');
    expect([later.asOf, later.triage?.overdue]).toEqual(['2026-11-26T09:01:00Z', 1]);
    // First response: five working days after Monday. One of the two was answered.
    const december = await asked(coordinator, undefined, '2026-12-01T05:00:00Z');
    expect(december.units.map((u) => [u.unit.id, u.overdue])).toContainEqual(['pupr', 1]);
  });

  test('is that of the present month in the city’s zone unless a month is named', async () => {
    const turned = await asked(coordinator, undefined, '2026-11-30T17:30:00Z');
    expect([turned.month, turned.triage?.filed]).toEqual(['2026-12', 0]);
    expect((await asked(coordinator, '2026-11', '2026-11-30T17:30:00Z')).triage?.filed).toBe(4);
    expect(turned.units[0]?.byDay.assigned).toHaveLength(31);
  });

  test('leaves out units that ended before the month, and shows them in months when they stood', async () => {
    const ids = async (month: string) => (await asked(coordinator, month)).units.map(({ unit }) => unit.id);
    expect(await ids('2026-11')).not.toContain('lama');
    expect(await ids('2021-12')).toContain('lama');
  });

  test.each(['2026-13', '26-11', '2026-11-01', ''])('a month %j is refused', (month) => {
    expect(z.safeParse(operation.query, { month }).success).toBe(false);
  });
});
