import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createTables, type TestTables, testTables } from '../../test/engine.ts';
import { type SettingsWorld, settingsWorld } from '../../test/settings.ts';
import { smallBodies } from '../../test/small-city.ts';
import { code } from '../../test/staff.ts';
import { settingKinds } from '../city/schema.ts';
import { type Table, tableOf } from '../kernel/table.ts';

let tables: TestTables;
let table: Table;
let city: SettingsWorld;
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
  city = await settingsWorld(table);
});

const renamed = (name: string) => {
  const { outside } = smallBodies();
  return { bodies: outside.bodies.map((body) => ({ ...body, name })) };
};

describe('going back', () => {
  it('makes an earlier version live as a step of its own', async () => {
    await city.draft('outside', renamed('Baru'));
    await city.activate('outside', 2);
    await city.back('outside', 2, 1);
    const { live, versions, steps } = await city.read('outside');
    expect(live).toMatchObject({ version: 1, body: { bodies: [{ name: 'PLN' }] } });
    expect(versions.map(({ status }) => status)).toEqual(['retired', 'active']);
    expect(steps[0]).toMatchObject({ what: 'rolledBack', from: 2, version: 1, reason: 'kembali' });
  });

  it('there and back within one second takes effect each time', async () => {
    city = await settingsWorld(table, {}, () => '2026-11-23T01:00:00Z');
    for (const version of [2, 3]) {
      await city.draft('outside', renamed(`Nama ${version}`));
      await city.activate('outside', version);
    }
    for (const [from, to] of [
      [3, 1],
      [1, 3],
      [3, 1],
      [1, 3],
    ] as const) {
      await city.back('outside', from, to);
      expect((await city.read('outside')).live).toMatchObject({ version: to });
    }
    const { steps } = await city.read('outside');
    expect(steps.map(({ version }) => version)).toEqual([3, 1, 3, 1, 3, 2]);
  });

  it('from another version than the live one is refused', async () => {
    await city.draft('outside', renamed('B'));
    await city.activate('outside', 2);
    await city.draft('outside', renamed('C'));
    await city.activate('outside', 3);
    expect(await code(city.back('outside', 2, 1))).toBe('conflict');
  });

  it('to clocks that one wrote oneself needs somebody else too', async () => {
    const { clocks } = smallBodies();
    await city.draft('clocks', clocks, city.rina);
    await city.activate('clocks', 2, city.budi);
    await city.draft('clocks', clocks, city.budi);
    await city.activate('clocks', 3, city.rina);
    expect(await code(city.back('clocks', 3, 2, city.rina))).toBe('secondPersonNeeded');
    expect(await code(city.back('clocks', 3, 2, city.budi))).toBe('done');
  });

  it('to a draft or a discarded version is refused', async () => {
    await city.draft('outside', renamed('B'));
    expect(await code(city.back('outside', 1, 2))).toBe('wrongVersionState');
    await city.discard('outside', 2);
    expect(await code(city.back('outside', 1, 2))).toBe('wrongVersionState');
    expect(await code(city.activate('outside', 2))).toBe('wrongVersionState');
    expect((await city.read('outside')).steps).toMatchObject([{ what: 'discarded', version: 2 }]);
  });
});

describe('a city', () => {
  it('is set up once', async () => {
    expect(await city.store.setUp({ outside: renamed('Lain') } as never, city.by)).toBe(false);
    expect((await city.read('outside')).live).toMatchObject({ body: { bodies: [{ name: 'PLN' }] } });
  });

  it('lists its kinds with live versions and open drafts', async () => {
    await city.draft('clocks', smallBodies().clocks);
    const { body } = await city.list();
    expect(body.settings.find((s) => s.kind === 'clocks')).toMatchObject({
      live: 1,
      secondPerson: true,
      drafts: [{ version: 2, basedOn: 1 }],
    });
    expect(body.settings.find((s) => s.kind === 'boundaries')).toMatchObject({ live: null, drafts: [] });
    expect(body.settings).toHaveLength(Object.keys(settingKinds).length);
  });
});
