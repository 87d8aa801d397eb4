import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Table } from '../../functions/kernel/table.ts';
import { tableOf } from '../../functions/kernel/table.ts';
import { settingsStore } from '../../functions/settings/store.ts';
import { type Backstage, bootstrap } from '../../scripts/bootstrap.ts';
import { createTables, type TestTables, testTables } from '../engine.ts';
import { smallBodies, smallCity } from '../small-city.ts';
import { code, staffWorld, testKeys } from '../staff.ts';

let tables: TestTables;
let made = 0;
const pack = { id: 'contoh', city: smallCity(), bodies: smallBodies() };
const two = ['satu', 'dua'].map((name) => ({
  name,
  email: `${name}@kominfo.example.go.id`,
  role: 'coordinator' as const,
  unit: 'kominfo',
}));

beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const empty = async () => {
  made += 1;
  const names = { cases: `cases${made}`, identities: `identities${made}` };
  await createTables(tables.client, inject('tables'), names);
  const table: Table = tableOf(tables.client, names.cases);
  const { deps, accounts } = staffWorld(table);
  const back: Backstage = {
    settings: settingsStore(table),
    staff: deps.store,
    accounts,
    keys: testKeys,
    now: deps.now,
  };
  return { back, accounts, list: () => deps.store.list(undefined, 10) };
};

it('stores the pack as live version 1 of every kind and invites the coordinators', async () => {
  const { back, accounts, list } = await empty();
  await bootstrap(back, pack, two);
  const live = await back.settings.live();
  expect([...live.keys()].sort()).toEqual(Object.keys(smallBodies()).sort());
  expect(new Set(live.values())).toEqual(new Set([1]));
  expect(await back.settings.read('routing', 1)).toMatchObject({
    status: 'active',
    actor: 'system|bootstrap',
    body: smallBodies().routing,
  });
  expect((await list()).rows.map(({ name, role }) => [name, role]).sort()).toEqual([
    ['dua', 'coordinator'],
    ['satu', 'coordinator'],
  ]);
  expect(accounts.opened.sort()).toEqual(two.map(({ email }) => email).sort());
});

it('is refused once settings exist, and changes nothing', async () => {
  const { back, list } = await empty();
  await bootstrap(back, pack, two);
  const third = {
    ...two[0],
    name: 'tiga',
    email: 'tiga@kominfo.example.go.id',
    role: 'coordinator',
    unit: 'kominfo',
  } as const;
  expect(await code(bootstrap(back, pack, [third]))).toBe('alreadySetUp');
  expect((await list()).rows).toHaveLength(2);
});

it('of two at once, at most one opens the city, and running it again always does', async () => {
  const { back, list } = await empty();
  const both = await Promise.all([code(bootstrap(back, pack, two)), code(bootstrap(back, pack, two))]);
  // Whoever is second is refused, by the settings that exist or by the people who are invited already.
  expect(both.filter((outcome) => outcome === 'done').length).toBeLessThan(2);
  expect(
    both.every((outcome) => ['done', 'alreadySetUp', 'conflict', 'busy'].includes(String(outcome))),
  ).toBe(true);
  expect(['done', 'alreadySetUp']).toContain(await code(bootstrap(back, pack, two)));
  expect((await list()).rows).toHaveLength(2);
});

it('that broke on the way is finished by running it again', async () => {
  const { back, accounts, list } = await empty();
  const broken = {
    ...back,
    settings: { ...back.settings, setUp: () => Promise.reject(new Error('cut off')) },
  };
  await expect(bootstrap(broken, pack, two)).rejects.toThrow('cut off');
  await bootstrap(back, pack, two);
  expect((await list()).rows).toHaveLength(2);
  expect(accounts.opened).toHaveLength(2);
});
