import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filedCase } from '../../test/cases.ts';
import { testCity } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import type { Rota } from '../city/duty.ts';
import type { Filing } from '../complaints/filing.ts';
import { complaint } from '../complaints/workflow.ts';
import { absenceKey } from '../people/delegations.ts';
import { directory } from '../people/directory.ts';
import { type StaffRecord, staffItem, staffReader } from '../people/staff.ts';
import { isOfficeOpen, onDutyAt } from './duty.ts';
import { recipientsOf, tellsOf } from './told.ts';

const rota: Rota = {
  unit: 'pupr',
  weekly: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '16:00', to: '07:30', people: [{ staff: 'malam' }] },
    { days: ['sat'], from: '08:00', to: '08:00', people: [{ role: 'head' }] },
  ],
  dated: [{ from: '2026-12-25T00:00', to: '2026-12-26T00:00', people: [{ position: 'sekda' }] }],
};
const city = { ...testCity(), duty: [rota] };
/** Local time of the test city (WIB) as UTC. */
const at = (local: string): string => `${new Date(`${local}:00+07:00`).toISOString().slice(0, 19)}Z`;

describe('on duty', () => {
  test.each<[string, string, readonly object[] | undefined]>([
    ['pupr', '2026-11-23T16:00', [{ staff: 'malam' }]],
    ['pupr', '2026-11-23T23:59', [{ staff: 'malam' }]],
    ['pupr', '2026-11-24T00:00', [{ staff: 'malam' }]],
    ['pupr', '2026-11-24T07:29', [{ staff: 'malam' }]],
    ['pupr', '2026-11-24T07:30', []],
    ['pupr', '2026-11-23T15:59', []],
    // Friday's night ends on Saturday morning; Saturday's day lasts until Sunday at eight.
    ['pupr', '2026-11-28T07:00', [{ staff: 'malam' }]],
    ['pupr', '2026-11-29T07:59', [{ role: 'head' }]],
    ['pupr', '2026-11-29T08:00', []],
    // A dated shift takes the place of the weekly one.
    ['pupr', '2026-12-25T20:00', [{ position: 'sekda' }]],
    ['pupr', '2026-12-26T06:00', [{ staff: 'malam' }]],
    ['pupr-jalan', '2026-11-23T20:00', [{ staff: 'malam' }]],
    ['perkim', '2026-11-23T20:00', undefined],
  ])('for %s at %s', (unit, moment, people) => {
    expect(onDutyAt(city, unit, at(moment))?.people).toEqual(people);
  });

  test('is nobody’s matter while the office is open', () => {
    expect(isOfficeOpen(city, 'pupr', at('2026-11-23T10:00'))).toBe(true);
    expect(isOfficeOpen(city, 'pupr', at('2026-11-23T20:00'))).toBe(false);
    expect(isOfficeOpen(city, 'damkar', at('2026-11-23T20:00'))).toBe(true);
  });
});

describe('an emergency that is filed', () => {
  let tables: TestTables;
  const person = (id: string, more: Partial<StaffRecord> = {}): StaffRecord => ({
    v: 1,
    id,
    name: id,
    email: `${id}@kota.go.id`,
    role: 'officer',
    unit: 'pupr',
    status: 'active',
    channels: {},
    rev: 1,
    invitedBy: 'test',
    invitedAt: '2026-11-01T00:00:00Z',
    changedAt: '2026-11-01T00:00:00Z',
    ...more,
  });
  beforeAll(async () => {
    tables = await testTables();
    const people = [
      person('malam'),
      person('pengganti'),
      person('kepala', { role: 'head' }),
      person('koordinator', { role: 'coordinator', unit: 'kominfo' }),
    ];
    for (const one of people) await tables.cases.put(staffItem(one));
  });
  afterAll(() => tables.stop());

  /** Known as an emergency by its words alone: its category waits for a coordinator on any other day. */
  const danger = 'Ada anak tenggelam di lubang jalan.';
  const told = async (
    local: string,
    {
      text = danger,
      rotas = [rota],
      seq = 1,
      ...filing
    }: Partial<Filing> & { rotas?: Rota[]; seq?: number } = {},
  ) => {
    const moment = at(local);
    const live = { ...city, duty: rotas };
    const record = filedCase(live, { text, ...filing }, { code: 'DARURAT', at: moment });
    const event = record.events.find((one) => one.seq === seq);
    if (event === undefined) return { unit: record.unit, people: [], unreachable: [] };
    const { told: people, unreachable } = await recipientsOf(
      {
        directory: directory({
          table: tables.cases,
          staff: staffReader(tables.cases),
          city: async () => live,
          clock: () => Date.parse(moment),
        }),
        city: live,
        record,
        event,
      },
      tellsOf(complaint, record, event),
    );
    return {
      unit: record.unit,
      people: people.map(({ person: one, via }) => `${one.actor.id} ${via}`),
      unreachable,
    };
  };

  test('at night goes to its unit and is told at once to whoever is on duty there', async () => {
    const called = { unit: 'pupr', unreachable: [] };
    expect(await told('2026-11-23T22:00')).toEqual({ ...called, people: ['malam duty'] });
    expect(await told('2026-11-28T22:00')).toEqual({ ...called, people: ['kepala duty'] });
  });

  test('is told to the coordinators too, when it went past them', async () => {
    expect((await told('2026-11-23T22:00', { seq: 2 })).people).toContain('koordinator coordinators');
    expect(
      (await told('2026-11-23T22:00', { seq: 2, text: 'Api besar', category: 'kebakaran' })).people,
    ).not.toContain('koordinator coordinators');
  });

  test.each<[string, string, Partial<Filing>]>([
    ['in office hours', '2026-11-23T10:00', {}],
    ['of which no unit is known', '2026-11-23T22:00', { category: 'listrik' }],
    ['outside of the city', '2026-11-23T22:00', { place: { point: { lat: -1.5, lon: 101.5 } } }],
  ])('%s waits in triage, where all coordinators are told and no rota rings', async (_, moment, filing) => {
    expect(await told(moment, filing)).toEqual({
      unit: null,
      people: ['koordinator coordinators'],
      unreachable: [],
    });
  });

  test('when it is none, or no unit promised to be on duty, calls nobody by the rota', async () => {
    expect(await told('2026-11-23T22:00', { text: 'Jalan berlubang' })).toMatchObject({
      unit: null,
      people: [],
    });
    expect(await told('2026-11-23T22:00', { rotas: [] })).toEqual({
      unit: 'pupr',
      people: [],
      unreachable: [],
    });
  });

  test('in a gap of the rota rings the alarms', async () => {
    expect(await told('2026-11-29T22:00')).toMatchObject({ people: [], unreachable: ['pupr'] });
  });

  test('is told to the stand-in of whoever is away too', async () => {
    const away = {
      id: '20261124-x',
      delegate: 'pengganti',
      fromAt: at('2026-11-24T00:00'),
      untilAt: at('2026-11-25T00:00'),
    };
    await tables.cases.put({ ...absenceKey('malam'), v: 1, rev: 1, spans: [away] });
    expect((await told('2026-11-24T22:00')).people).toEqual(['malam duty', 'pengganti duty']);
    expect((await told('2026-11-25T22:00')).people).toEqual(['malam duty']);
  });
});
