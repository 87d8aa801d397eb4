import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { secretariat, utama } from './test/city.ts';
import { asks, desk, rina, who } from './test/desk.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

test('whose request was cut off before who asks was sealed is completed once, at the desk or by its owner', async () => {
  const body = asks('Dokumen perjanjian sewa kios pasar pusat');
  let code = '';
  const cut = desk(tables, {
    sealRequester: async (opened) => {
      code = opened;
      throw new Error('killed');
    },
  });
  await expect(cut.call('askForInformation', rina, { body })).rejects.toThrow('killed');
  const { call, refused } = desk(tables);
  const params = { code };
  const reveal = { params, body: { reason: 'Menulis surat jawaban' } };
  expect((await call('readRequest', utama, { params })).identityKnown).toBe(true);
  expect(await refused('revealRequester', utama, reveal)).toBe('identityMissing');
  await call('identifyAtDesk', secretariat, { params, body: who });
  expect((await call('revealRequester', utama, reveal)).name).toBe(who.name);
  const other = { ...who, name: 'Orang Lain' };
  expect(await refused('identifyMine', rina, { params, body: other })).toBe('identityKnown');
  expect((await call('revealRequester', utama, reveal)).name).toBe(who.name);
});
