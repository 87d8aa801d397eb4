import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filedCase } from '../../test/cases.ts';
import { testCity } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { caseStore } from '../cases/store.ts';
import type { Asked, Entry } from './model.ts';
import { openCases } from './of-cases.ts';

const city = testCity();
let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
  const store = caseStore(tables.cases);
  const put = (code: string, at: string, more: object = {}) =>
    store.create({ ...filedCase(city, {}, { code, at }), unit: 'pupr-jalan', root: 'pupr', ...more });
  await put('B22222222', '2026-11-10T02:00:00Z');
  await put('A22222222', '2026-11-10T02:00:00Z');
  await put('C22222222', '2026-11-09T02:00:00Z', { state: 'closed', closedAt: '2026-12-02T02:00:00Z' });
  await put('D22222222', '2026-11-11T02:00:00Z', { unit: 'perkim', root: 'perkim' });
  await put('E22222222', '2026-10-31T16:59:59Z');
  await put('F22222222', '2026-11-12T02:00:00Z', { unit: null, root: null });
  const secret = { anonymous: false, confidential: true, oversight: false, emergency: false };
  await put('G22222222', '2026-11-12T02:00:00Z', { flags: secret });
  await put('H22222222', '2026-11-12T02:00:00Z', { kind: 'question' });
  for (let i = 0; i < 230; i += 1)
    await put(`Z${String(i + 222).padStart(8, '2')}`, '2026-11-20T02:00:00Z', {
      unit: 'damkar',
      root: 'damkar',
    });
});
afterAll(() => tables.stop());

const asked = (units: Asked['units']): Asked => ({
  period: { from: '2026-11-01', to: '2026-11-30' },
  from: '2026-10-31T17:00:00Z',
  until: '2026-11-30T17:00:00Z',
  units,
  zone: 'Asia/Jakarta',
  language: 'id',
});
const open = (units: Asked['units'], after?: string) =>
  openCases(
    {
      table: tables.cases,
      store: caseStore(tables.cases),
      city: async () => city,
      now: () => '2026-12-05T00:00:00Z',
    },
    asked(units),
    after,
    ({ kind }) => kind === 'complaint',
    (records) => records.map(({ code }) => ({ code })),
  );
const all = async (rows: AsyncIterable<Entry>): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  for await (const entry of rows) entries.push(entry);
  return entries;
};
const codes = async (units: Asked['units'], after?: string) => {
  const { total, rows } = await open(units, after);
  return { total, codes: (await all(rows)).map(({ cells }) => cells['code']) };
};

describe('a register of cases', () => {
  test('has what was filed in the period, open or ended since, in the order of filing, and nothing secret', async () => {
    expect(await codes(new Set(['pupr', 'pupr-jalan']))).toEqual({
      total: 3,
      codes: ['C22222222', 'A22222222', 'B22222222'],
    });
  });

  test('has the rows of the units asked for alone; what waits in triage is the whole city’s', async () => {
    expect((await codes(new Set(['perkim']))).codes).toEqual(['D22222222']);
    expect((await codes(new Set(['pupr']))).codes).toEqual([]);
    const whole = await codes('all');
    expect(whole.codes.slice(0, 5)).toEqual([
      'C22222222',
      'A22222222',
      'B22222222',
      'D22222222',
      'F22222222',
    ]);
    expect(whole).toMatchObject({ total: 235 });
  });

  test('goes on after a place, wherever that was, and tells the whole number all the same', async () => {
    const { rows } = await open('all');
    const entries = await all(rows);
    for (const cut of [0, 3, 120, 234]) {
      const rest = await codes('all', entries[cut]?.place);
      expect(rest).toEqual({ total: 235, codes: entries.slice(cut + 1).map(({ cells }) => cells['code']) });
    }
  });
});
