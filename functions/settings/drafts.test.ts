import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createTables, type TestTables, testTables } from '../../test/engine.ts';
import { type SettingsWorld, settingsWorld } from '../../test/settings.ts';
import { smallBodies } from '../../test/small-city.ts';
import { code } from '../../test/staff.ts';
import { liveCity } from '../city/live.ts';
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

const renamed = (name: string) => {
  const { outside } = smallBodies();
  return { bodies: outside.bodies.map((body) => ({ ...body, name })) };
};

describe('a draft', () => {
  it('changes nothing that is live, and is the same for the same key', async () => {
    const first = await city.draft('outside', renamed('Baru'), city.rina, 'k');
    expect(await city.draft('outside', renamed('Baru'), city.rina, 'k')).toEqual(first);
    expect(first.body).toMatchObject({ version: 2, status: 'draft', basedOn: 1, actor: city.rina.id });
    expect((await city.read('outside')).live).toMatchObject({
      version: 1,
      body: { bodies: [{ name: 'PLN' }] },
    });
    expect(await code(city.draft('outside', renamed('Lain'), city.rina, 'k'))).toBe('keyReused');
  });

  it('answers a retry as the first time, though it is live by now', async () => {
    const first = await city.draft('outside', renamed('Baru'), city.rina, 'k');
    await city.activate('outside', 2);
    expect(await city.draft('outside', renamed('Baru'), city.rina, 'k')).toEqual(first);
  });

  it('that does not fit its kind names every wrong field by its place', async () => {
    const body = { ...smallBodies().profile, zone: 'Europe/Paris', colour: 'red', code: 7 };
    await expect(city.draft('profile', body)).rejects.toMatchObject({
      code: 'invalidInput',
      fields: expect.arrayContaining([
        { field: '/body/zone', problem: expect.stringContaining('Asia/Jakarta') },
        { field: '/body/colour', problem: 'Isian ini tidak dikenal.' },
        { field: '/body/code', problem: 'Isi dengan teks.' },
      ]),
    });
  });

  it('of two people at once gets two numbers', async () => {
    const made = await Promise.all([
      city.draft('outside', renamed('A'), city.rina),
      city.draft('outside', renamed('B'), city.budi),
    ]);
    expect(made.map(({ body }) => body.version).sort()).toEqual([2, 3]);
  });
});

describe('going live', () => {
  it('moves pointer and statuses together and keeps the step', async () => {
    await city.draft('outside', renamed('Baru'));
    await city.activate('outside', 2);
    const { live, versions, steps } = await city.read('outside');
    expect(live).toMatchObject({
      version: 2,
      approvedBy: city.rina.id,
      body: { bodies: [{ name: 'Baru' }] },
    });
    expect(versions.map(({ version, status }) => [version, status])).toEqual([
      [2, 'active'],
      [1, 'retired'],
    ]);
    expect(steps).toMatchObject([
      { what: 'activated', from: 1, version: 2, reason: 'disetujui', actor: city.rina.id },
    ]);
  });

  it('is seen by every instance within a minute', async () => {
    let now = 0;
    const live = liveCity(settingStore(table), () => now);
    expect((await live()).outside[0]?.name).toBe('PLN');
    await city.draft('outside', renamed('Baru'));
    await city.activate('outside', 2);
    now = 60_000;
    expect((await live()).outside[0]?.name).toBe('Baru');
  });

  it('that cannot be read leaves the last one in force, and a line in the log', async () => {
    let now = 0;
    let broken = false;
    const lines: unknown[] = [];
    const store = settingStore(table);
    const actives = () => (broken ? Promise.reject(new TypeError('table away')) : store.actives());
    const live = liveCity({ ...store, actives }, () => now, [], {
      warn: (...line) => lines.push(line),
    });
    await live();
    broken = true;
    now = 90_000;
    expect((await live()).outside[0]?.name).toBe('PLN');
    expect(lines).toEqual([
      [expect.stringContaining('not be refreshed'), { error: 'TypeError', seconds: 90 }],
    ]);
    const never = liveCity({ ...store, actives }, () => now);
    await expect(never()).rejects.toThrow('table away');
  });

  it('of two drafts at once, one wins', async () => {
    await Promise.all([
      city.draft('outside', renamed('A'), city.rina),
      city.draft('outside', renamed('B'), city.budi),
    ]);
    const both = await Promise.all([
      code(city.activate('outside', 2, city.rina)),
      code(city.activate('outside', 3, city.budi)),
    ]);
    expect(both.sort()).toEqual(['conflict', 'done']);
    expect((await city.read('outside')).versions.filter(({ status }) => status === 'active')).toHaveLength(1);
  });

  it('of two kinds that contradict each other at once, one wins and the city holds together', async () => {
    const { units, routing } = smallBodies();
    const fourWaysEnd = units.units.map((u) => (u.id === 'dukcapil' ? { ...u, validTo: '2030-12-31' } : u));
    const anew = { id: 'baru', when: {}, to: { unit: 'dukcapil' }, reason: { id: 'x', en: 'x' } };
    await city.draft('units', { ...units, units: fourWaysEnd }, city.rina);
    const rules = routing.rules.map((r) => (r.id === 'ktp' ? { ...r, to: { unit: 'kominfo' } } : r));
    await city.draft('routing', { rules }, city.rina);
    await city.activate('routing', 2);
    await city.draft('routing', { rules: [...rules, anew] }, city.budi);
    const both = await Promise.all([
      code(city.activate('units', 2, city.rina)),
      code(city.activate('routing', 3, city.budi)),
    ]);
    expect(both.filter((result) => result === 'done')).toHaveLength(1);
  });

  it('repeated by the same person answers the same; by another it is too late', async () => {
    await city.draft('outside', renamed('Baru'));
    const first = await city.activate('outside', 2);
    expect(await city.activate('outside', 2)).toEqual(first);
    expect(await code(city.activate('outside', 2, city.budi))).toBe('wrongVersionState');
  });

  it('of a draft made before somebody else’s change is refused, with what is live now', async () => {
    await city.draft('outside', renamed('A'));
    await city.draft('outside', renamed('B'));
    await city.activate('outside', 3);
    await expect(city.activate('outside', 2)).rejects.toMatchObject({ code: 'conflict', extra: { live: 3 } });
  });

  it('of clocks and calendars needs somebody else than the author', async () => {
    const { clocks, calendars } = smallBodies();
    await city.draft('clocks', clocks);
    await city.draft('calendars', { ...calendars, version: '2' });
    expect(await code(city.activate('clocks', 2))).toBe('secondPersonNeeded');
    expect(await code(city.activate('calendars', 2))).toBe('secondPersonNeeded');
    expect(await code(city.activate('clocks', 2, city.budi))).toBe('done');
    expect(await code(city.activate('calendars', 2, city.budi))).toBe('done');
  });

  it('of profile and substitutes too, which decide who opens secret cases', async () => {
    const { profile, substitutes } = smallBodies();
    await city.draft('profile', { ...profile, oversightUnit: 'kominfo' });
    await city.draft('substitutes', substitutes);
    for (const kind of ['profile', 'substitutes'] as const) {
      expect(await code(city.activate(kind, 2))).toBe('secondPersonNeeded');
      expect(await code(city.activate(kind, 2, city.budi))).toBe('done');
    }
  });

  it.each<[string, Readonly<Record<string, object>>, boolean]>([
    ['gives one a calendar of its own', { dukcapil: { calendar: 'siaga' } }, true],
    ['gives one to whoever is above it', { pupr: { calendar: 'siaga' } }, true],
    ['takes one away', { pemadam: { calendar: undefined } }, true],
    ['writes down what it lives by anyway', { pupr: { calendar: 'kantor' } }, false],
    ['renames one', { pupr: { name: 'Dinas PU' } }, false],
  ])('of units that %s: a second person %#', async (_, changes, second) => {
    const { units } = smallBodies();
    const changed = units.units.map((u) => ({ ...u, ...changes[u.id] }));
    await city.draft('units', { ...units, units: changed });
    expect(await code(city.activate('units', 2))).toBe(second ? 'secondPersonNeeded' : 'done');
    expect(await code(city.activate('units', 2, city.budi))).toBe(second ? 'done' : 'wrongVersionState');
    // Back is a move too, and its author the one who wrote what becomes live again.
    if (second) expect(await code(city.back('units', 2, 1))).toBe('done');
  });

  it('of a new unit on another calendar than the one above it, likewise', async () => {
    const { units } = smallBodies();
    const fresh = { ...units.units[2], id: 'bidang-air', parent: 'pupr' };
    await city.draft('units', { ...units, units: [...units.units, { ...fresh, calendar: 'siaga' }] });
    await city.draft('units', { ...units, units: [...units.units, fresh] });
    expect(await code(city.activate('units', 2))).toBe('secondPersonNeeded');
    expect(await code(city.activate('units', 3))).toBe('done');
  });

  it('of what does not hold together is refused, named by kind and field, and checked without going live', async () => {
    const rules = [{ id: 'x', when: {}, to: { unit: 'nirwana' }, reason: { id: 'x', en: 'x' } }];
    await city.draft('routing', { rules });
    const { body } = await city.validate('routing', 2);
    expect(body).toMatchObject({ ok: false, problems: [{ kind: 'routing', field: 'rules[0].to.unit' }] });
    await expect(city.activate('routing', 2)).rejects.toMatchObject({
      code: 'invalidSettings',
      fields: [{ field: 'routing: rules[0].to.unit' }],
    });
  });

  it('never moves a unit to another branch, where no queue would find its open cases', async () => {
    const { units } = smallBodies();
    const moved = (changes: Readonly<Record<string, object>>) => ({
      ...units,
      units: units.units.map((u) => ({ ...u, ...changes[u.id] })),
    });
    for (const changes of [{ 'bidang-jalan': { parent: 'setda' } }, { dukcapil: { parent: 'setda' } }]) {
      const { body } = await city.draft('units', moved(changes));
      const [id] = Object.keys(changes);
      const place = units.units.findIndex((u) => u.id === id);
      expect((await city.validate('units', body.version)).body).toMatchObject({
        ok: false,
        problems: [{ kind: 'units', field: `units[${place}].parent`, problem: /successor/ }].map((p) => ({
          ...p,
          problem: expect.stringMatching(p.problem) as string,
        })),
      });
      expect(await code(city.activate('units', body.version))).toBe('invalidSettings');
    }
    const within = moved({ 'bidang-jalan': { name: 'Bidang Jalan dan Jembatan', parent: 'bidang-air' } });
    const water = { ...units.units[2], id: 'bidang-air', parent: 'pupr' };
    const { body } = await city.draft('units', { ...within, units: [...within.units, water] });
    expect(await code(city.activate('units', body.version))).toBe('done');
  });

  it('never loses a unit: one ends instead', async () => {
    const { units } = smallBodies();
    await city.draft('units', { ...units, units: units.units.filter((u) => u.id !== 'pemadam') });
    expect(await code(city.activate('units', 2))).toBe('invalidSettings');
  });
});
