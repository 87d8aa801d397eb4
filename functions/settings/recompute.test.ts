import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { type SettingsWorld, settingsWorld } from '../../test/settings.ts';
import { smallBodies } from '../../test/small-city.ts';

let tables: TestTables;
let city: SettingsWorld;
beforeAll(async () => {
  tables = await testTables();
  city = await settingsWorld(tables.cases);
});
afterAll(() => tables.stop());

it('a new city, and a change that moves no deadline, ask for nothing', async () => {
  expect(await city.recompute()).toEqual({ upToDate: true, requested: null, running: null, last: null });
  await city.draft('outside', smallBodies().outside);
  await city.activate('outside', 2);
  expect(await city.recompute()).toMatchObject({ upToDate: true, requested: null });
});

it('clocks that go live ask for open cases to be computed anew, in the same step; going back asks again', async () => {
  const rules = smallBodies().clocks.rules.map((rule) => ({ ...rule, amount: rule.amount + 1 }));
  await city.draft('clocks', { rules });
  await expect(city.activate('clocks', 2)).rejects.toMatchObject({ code: 'secondPersonNeeded' });
  expect(await city.recompute()).toMatchObject({ upToDate: true, requested: null });
  await city.activate('clocks', 2, city.budi);
  const asked = await city.recompute();
  expect(asked).toMatchObject({ upToDate: false, requested: { kind: 'clocks', version: 2 }, running: null });
  await city.back('clocks', 2, 1, city.budi);
  const again = await city.recompute();
  expect(again).toMatchObject({ upToDate: false, requested: { kind: 'clocks', version: 1 } });
  expect(again.requested?.at).not.toBe(asked.requested?.at);
});
