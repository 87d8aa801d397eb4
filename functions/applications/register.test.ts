import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { caseStore } from '../cases/store.ts';
import { applicationsRegister } from './register.ts';
import { awaitingSignature, city, filed, issued, monday, refused } from './test/cases.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

test('the register of a service says when each was filed, complete, due and ended, and names nobody', async () => {
  const store = caseStore(tables.cases);
  const codes = ['ABCDEFGHJ', 'BCDEFGHJK', 'CDEFGHJKL', 'DEFGHJKLM'] as const;
  const records = [issued, refused, awaitingSignature, filed('catatan')].map((record, i) => ({
    ...record,
    code: codes[i] ?? '',
  }));
  for (const record of records) await store.create(record);
  const register = applicationsRegister({
    table: tables.cases,
    store,
    city: async () => city,
    now: () => monday,
  });
  const asked = {
    period: { from: '2026-11-01', to: '2026-11-30' },
    from: '2026-10-31T17:00:00Z',
    until: '2026-11-30T17:00:00Z',
    of: 'akta',
    units: 'all' as const,
    zone: city.profile.zone,
    language: 'id' as const,
  };
  const { rows, total } = await register.open(asked, undefined);
  const cells = [];
  for await (const row of rows) cells.push(row.cells);
  expect(total).toBe(3);
  expect(cells).toMatchObject([
    { code: 'ABCDEFGHJ', state: 'Terbit', inTime: 'ya', product: 'PERKIM-2026-ABC', service: 'Akta Uji' },
    { code: 'BCDEFGHJK', state: 'Ditolak', inTime: null, product: null },
    { code: 'CDEFGHJKL', state: 'Menunggu penandatanganan', promised: '2026-11-26 16:00', closedAt: null },
  ]);
  expect(Object.keys(cells[0] ?? {})).toEqual(register.columns.map(({ id }) => id));
});
