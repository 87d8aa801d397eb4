import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import * as z from 'zod/mini';
import { createTables, type TestTables, testTables } from '../../test/engine.ts';
import { appOf, formOf, nationalService, serviceOf, standardOf } from '../../test/services.ts';
import { smallBodies } from '../../test/small-city.ts';
import { code as codeOf } from '../../test/staff.ts';
import { afterLook } from '../availability/record.ts';
import { availabilityStore } from '../availability/store.ts';
import { liveCity } from '../city/live.ts';
import type { SettingBodies } from '../city/schema.ts';
import { settingStore } from '../city/store.ts';
import { type Table, tableOf } from '../kernel/table.ts';
import { settingsStore } from '../settings/store.ts';
import { services } from './contract.ts';
import { operations } from './operations.ts';
import { clickStore } from './store.ts';

const reason = { id: 'Tutup buku.', en: 'The books are closed.' };
const bodies: SettingBodies = {
  services: {
    services: [
      serviceOf('akta', { name: { id: 'Akta kelahiran', en: 'Birth certificate' } }),
      serviceOf('bantuan', {
        unit: 'bidang-jalan',
        pillar: 'economy',
        applicants: ['organisation'],
        status: { state: 'paused', reason, from: '2026-11-20', until: '2026-12-01' },
      }),
      nationalService('oss', { unit: 'pupr', pillar: 'economy' }),
      nationalService('lama', { status: { state: 'closed', reason } }),
    ],
  },
  standards: {
    standards: [
      standardOf('akta'),
      standardOf('bantuan'),
      standardOf('oss', { form: undefined, documents: [] }),
      standardOf('lama', { form: undefined, documents: [] }),
    ],
  },
  apps: { apps: [appOf('webmail'), appOf('siak', { check: false })] },
};

let tables: TestTables;
let table: Table;
let run: ReturnType<typeof operations>;
let now = '2026-11-23T01:00:00Z';
let broken = false;
const errors: string[] = [];
let cities = 0;

beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  cities += 1;
  const names = { cases: `cases${cities}`, identities: `identities${cities}` };
  await createTables(tables.client, inject('tables'), names);
  table = tableOf(tables.client, names.cases);
  const by = { actor: 'system|test', reason: 'contoh', at: '2026-11-01T00:00:00Z' };
  await settingsStore(table).setUp({ ...smallBodies(), ...bodies }, by);
  const clicks = clickStore(table);
  now = '2026-11-23T01:00:00Z';
  broken = false;
  errors.length = 0;
  run = operations({
    city: liveCity(settingStore(table), Date.now, ['standards']),
    settings: settingStore(table),
    availability: availabilityStore(table),
    clicks: {
      ...clicks,
      count: async (code, month) => {
        if (broken) throw new Error('the table is away');
        await clicks.count(code, month);
      },
    },
    now: () => now,
    log: { error: (event) => errors.push(event) },
  });
});

const frame = { language: 'id', idempotencyKey: '', ifMatch: -1, address: '', requestId: '' } as const;
const call = { ...frame, actor: { kind: 'anonymous', id: 'anonymous' } } as const;
type Query = Parameters<typeof run.listServices>[0]['input']['query'];
const list = async (query: Partial<Query> = {}) =>
  (
    await run.listServices({
      ...call,
      input: { query: { size: 25, ...query }, params: undefined, body: undefined },
    })
  ).body;
const codes = async (query: Partial<Query>) => (await list(query)).services.map(({ code }) => code);
const read = async (code: string, version?: string) => {
  const query = version === undefined ? {} : { version };
  return (await run.readService({ ...call, input: { params: { code }, query, body: undefined } })).body;
};
const go = (code: string) =>
  run.goToService({ ...call, input: { params: { code }, query: undefined, body: undefined } });
const clicksOf = async (from: string, to: string) =>
  (
    await run.serviceClicks({
      ...frame,
      actor: {} as never,
      input: { query: { from, to }, params: undefined, body: undefined },
    })
  ).body.clicks;

describe('the catalogue', () => {
  it('fits its contract', async () => {
    const all = await list();
    expect(z.parse(services.operations.listServices.response, all)).toEqual(all);
    const one = await read('akta');
    expect(z.parse(services.operations.readService.response, one)).toEqual(one);
  });

  it.each<[Partial<Query>, string[]]>([
    [{}, ['akta', 'bantuan', 'oss', 'lama']],
    [{ pillar: 'economy' }, ['bantuan', 'oss']],
    // A unit with all below it.
    [{ unit: 'pupr' }, ['bantuan', 'oss']],
    [{ unit: 'bidang-jalan' }, ['bantuan']],
    [{ applicant: 'organisation' }, ['bantuan']],
    [{ state: 'open' }, ['akta', 'oss']],
    [{ state: 'paused' }, ['bantuan']],
    [{ q: 'birth cert' }, ['akta']],
    [{ q: 'KELAHIRAN' }, ['akta']],
    [{ q: 'kelahiran mati' }, []],
  ])('is filtered by %j', async (query, expected) => {
    expect(await codes(query)).toEqual(expected);
  });

  it('opens and pauses by itself, on the day in the zone of the city', async () => {
    // 23:30 UTC on 1 December is the 2nd in Papua.
    now = '2026-12-01T14:59:59Z';
    expect((await list({ state: 'paused' })).services[0]?.status).toMatchObject({
      reason,
      until: '2026-12-01',
    });
    now = '2026-12-01T15:00:00Z';
    expect(await codes({ state: 'paused' })).toEqual([]);
  });

  it('is read page by page', async () => {
    const first = await list({ size: 3 });
    expect(first.next).toBe('oss');
    expect(await list({ size: 3, cursor: 'oss' })).toMatchObject({
      services: [{ code: 'lama' }],
      next: null,
    });
    expect(await codeOf(list({ cursor: 'nowhere' }))).toBe('badCursor');
  });

  it('shows a service with every part of its standard, form and documents, and their version', async () => {
    const akta = await read('akta');
    expect(Object.keys(akta.standard)).toHaveLength(12);
    expect(akta).toMatchObject({
      versions: { services: 1, standards: 1 },
      form: formOf(),
      documents: [
        { id: 'kk', when: null },
        { id: 'marriage', accepts: ['pdf'] },
      ],
      unit: { id: 'dukcapil' },
    });
    expect(await read('oss')).toMatchObject({ form: null, issuedBy: { system: 'OSS' } });
    expect(await codeOf(read('nowhere'))).toBe('notFound');
    expect(await codeOf(read('akta', '7'))).toBe('notFound');
    expect((await read('akta', '1')).versions.standards).toBe(1);
  });
});

describe('a tracked link', () => {
  it('leads on, and only counts', async () => {
    for (let i = 0; i < 3; i += 1) expect((await go('oss')).location).toBe('https://oss.go.id/');
    now = '2026-12-31T15:00:00Z';
    await go('oss');
    expect(await clicksOf('2026-11', '2027-01')).toEqual([
      { month: '2026-11', code: 'oss', clicks: 3 },
      { month: '2027-01', code: 'oss', clicks: 1 },
    ]);
    expect(await clicksOf('2026-12', '2026-12')).toEqual([]);
    const page = await table.query({ KeyConditionExpression: 'pk = :pk', values: { ':pk': 'CLICKS' } });
    expect(Object.keys(page.items[0] ?? {}).sort()).toEqual(['clicks', 'code', 'month', 'pk', 'sk', 'v']);
  });

  it('leads on though the table is away', async () => {
    broken = true;
    expect((await go('oss')).location).toBe('https://oss.go.id/');
    expect(errors).toEqual(['a click was not counted']);
  });

  it('is none of a service of the city, a closed one, or one that there is not', async () => {
    expect(await codeOf(go('akta'))).toBe('serviceHere');
    expect(await codeOf(go('lama'))).toBe('serviceClosed');
    expect(await codeOf(go('nowhere'))).toBe('notFound');
  });

  it('is counted for months in order, a year at most', async () => {
    expect(await codeOf(clicksOf('2026-12', '2026-11'))).toBe('monthsReversed');
    expect(await codeOf(clicksOf('2025-01', '2026-01'))).toBe('invalidInput');
    expect(await clicksOf('2026-01', '2026-12')).toEqual([]);
  });
});

describe('the directory of apps', () => {
  const apps = async () =>
    (await run.listApps({ ...call, input: { params: undefined, query: undefined, body: undefined } })).body;
  const history = async (id: string) =>
    (
      await run.readAppHistory({
        ...frame,
        actor: {} as never,
        input: { params: { id }, query: undefined, body: undefined },
      })
    ).body;

  it('says of each whether it is there, once somebody looked', async () => {
    expect((await apps()).apps.map(({ availability }) => availability.state)).toEqual(['unknown', 'unknown']);
    const store = availabilityStore(table);
    const app = appOf('webmail');
    const up = afterLook(undefined, app, { at: '2026-11-23T00:00:00Z', ms: 80 }, '2026-11-23');
    await store.save(up);
    const down = afterLook(up, app, { at: '2026-11-23T00:10:00Z', ms: 9000, why: 'timeout' }, '2026-11-23');
    await store.save(down);
    const all = await apps();
    expect(z.parse(services.operations.listApps.response, all)).toEqual(all);
    expect(all.apps[0]).toMatchObject({
      owner: { id: 'kominfo', name: 'Dinas Komunikasi dan Informatika' },
      availability: { state: 'down', since: '2026-11-23T00:10:00Z', uptime: 50 },
    });
    const seen = await history('webmail');
    expect(z.parse(services.operations.readAppHistory.response, seen)).toEqual(seen);
    expect(seen).toMatchObject({
      why: 'timeout',
      changes: [
        { up: false, why: 'timeout' },
        { up: true, why: null },
      ],
      days: [{ day: '2026-11-23', looks: 2, up: 1 }],
    });
    expect(await codeOf(history('nowhere'))).toBe('notFound');
  });

  it('says nothing of a link by what was found at another one', async () => {
    const other = appOf('webmail', { url: 'https://old.contoh.go.id/' });
    await availabilityStore(table).save(afterLook(undefined, other, { at: now, ms: 1 }, '2026-11-23'));
    expect((await apps()).apps[0]?.availability.state).toBe('unknown');
  });
});
