import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createTables, type TestTables, testTables } from '../../test/engine.ts';
import { appOf, formOf, nationalService, serviceOf, standardOf } from '../../test/services.ts';
import { type SettingsWorld, settingsWorld } from '../../test/settings.ts';
import { code } from '../../test/staff.ts';
import { liveCity } from '../city/live.ts';
import type { Service } from '../city/services.ts';
import { settingStore } from '../city/store.ts';
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

const services = (...list: Service[]) => ({ services: list });
const standards = (...list: ReturnType<typeof standardOf>[]) => ({ standards: list });

/** The next draft of a kind, made live at once. */
const live = async (kind: 'services' | 'standards' | 'apps', body: unknown, version: number) => {
  await city.draft(kind, body);
  await city.activate(kind, version);
};
/** What a validation says of a draft, its first problem. */
const firstProblem = async (kind: 'services' | 'standards', version: number) =>
  (await city.validate(kind, version)).body.problems[0];

describe('a catalogue', () => {
  it('goes live standard first, is read by functions, and goes back', async () => {
    await city.draft('services', services(serviceOf('akta')));
    expect(await code(city.activate('services', 1))).toBe('invalidSettings');
    await live('standards', standards(standardOf('akta')), 1);
    await city.activate('services', 1);
    await live('apps', { apps: [appOf('webmail')] }, 1);
    const served = await liveCity(settingStore(table))();
    expect(served.services.map((one) => one.code)).toEqual(['akta']);
    expect(served.apps.map(({ id }) => id)).toEqual(['webmail']);
    expect(served.clocks[0]).toMatchObject({ id: 'service-akta', clock: 'promise', amount: 3 });
    expect(served.standards).toBeUndefined();
    const asked = await liveCity(settingStore(table), Date.now, ['standards'])();
    expect(asked.standards?.[0]?.documents.map(({ id }) => id)).toEqual(['kk', 'marriage']);

    await live(
      'services',
      services(serviceOf('akta', { fee: { rupiah: 5000, note: { id: 'x', en: 'x' } } })),
      2,
    );
    await city.back('services', 2, 1);
    expect((await city.read('services')).live).toMatchObject({ version: 1 });
  });

  it('keeps every code that it ever had: an application names it', async () => {
    await live('standards', standards(standardOf('akta'), standardOf('lain')), 1);
    await live('services', services(serviceOf('akta')), 1);
    await city.draft('services', services(serviceOf('lain')));
    expect(await firstProblem('services', 2)).toMatchObject({
      kind: 'services',
      problem: '"akta" is missing: applications name it; close it with status and reason instead',
    });
    expect(await code(city.activate('services', 2))).toBe('invalidSettings');
    // What is issued nationally from now on keeps its code and its promise too.
    await live('services', services(nationalService('akta')), 3);
    expect((await liveCity(settingStore(table))()).clocks[0]).toMatchObject({ id: 'service-akta' });
  });

  it('keeps the standard of every service', async () => {
    await live('standards', standards(standardOf('akta')), 1);
    await live('services', services(serviceOf('akta')), 1);
    await city.draft('standards', standards(standardOf('lain')));
    expect(await firstProblem('standards', 2)).toMatchObject({ kind: 'services', field: 'services[0].code' });
    expect(await code(city.preview('standards', 2))).toBe('invalidSettings');
  });

  it('lets no form with a hostile pattern go live', async () => {
    const hostile = formOf({
      a: { 'x-title': { id: 'x', en: 'x' }, type: 'string', maxLength: 99, pattern: '^(\\w+\\s?)*$' },
    });
    await city.draft('standards', standards(standardOf('akta', { form: hostile })));
    expect(await firstProblem('standards', 1)).toMatchObject({
      field: 'standards[0].form.properties.a.pattern',
    });
    expect(await code(city.activate('standards', 1))).toBe('invalidSettings');
  });

  it('changes what is promised by two people only, and asks for open cases to be recomputed', async () => {
    await live('standards', standards(standardOf('akta')), 1);
    await live('services', services(serviceOf('akta')), 1);
    const slower = serviceOf('akta', { promise: { ...serviceOf('akta').promise, amount: 9 } });
    await city.draft('services', services(slower), city.rina);
    expect((await city.preview('services', 2)).body).toMatchObject({ looked: 0, dues: [] });
    expect(await code(city.activate('services', 2, city.rina))).toBe('secondPersonNeeded');
    expect(await code(city.activate('services', 2, city.budi))).toBe('done');
    expect(await city.recompute()).toMatchObject({
      upToDate: false,
      requested: { kind: 'services', version: 2 },
    });
  });
});
