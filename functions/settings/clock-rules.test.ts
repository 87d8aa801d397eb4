import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { settingsWorld } from '../../test/settings.ts';
import { smallBodies } from '../../test/small-city.ts';
import { code } from '../../test/staff.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

test('a clock rule that cases may run by stays; its successor stands before it', async () => {
  const city = await settingsWorld(tables.cases);
  const { rules } = smallBodies().clocks;
  const [verification, ...others] = rules;
  if (verification === undefined) throw new Error('no rules');
  const next = { ...verification, id: 'verifikasi-baru', amount: 2 };

  await city.draft('clocks', { rules: [next, ...others] });
  expect((await city.validate('clocks', 2)).body).toMatchObject({
    ok: false,
    problems: [{ kind: 'clocks', field: 'rules', problem: expect.stringContaining('"verifikasi"') }],
  });
  expect(await code(city.activate('clocks', 2, city.budi))).toBe('invalidSettings');

  const asAnother = { ...verification, clock: 'question' };
  await city.draft('clocks', { rules: [next, asAnother, ...others] });
  expect(await code(city.activate('clocks', 3, city.budi))).toBe('invalidSettings');

  await city.draft('clocks', { rules: [next, ...rules] });
  expect(await code(city.activate('clocks', 4, city.budi))).toBe('done');
  // Cases may have begun by the new rule since.
  expect(await code(city.back('clocks', 4, 1, city.budi))).toBe('invalidSettings');
});
