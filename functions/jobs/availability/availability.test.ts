import { afterAll, beforeEach, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import { appOf } from '../../../test/services.ts';
import { type Absence, uptime } from '../../availability/record.ts';
import { availabilityStore } from '../../availability/store.ts';
import type { App } from '../../city/apps.ts';
import { lookAround } from './availability.ts';

let tables: TestTables | undefined;
let world: World;
/** What a look at each link finds. */
let links: Record<string, Absence | undefined>;
let asked: string[];
beforeEach(async () => {
  tables ??= await testTables();
  world = await pipeline(tables);
  await world.staff('head', 'pupr');
  await world.staff('officer', 'pupr');
  links = {};
  asked = [];
});
afterAll(() => tables?.stop());

const webmail = appOf('webmail', { owner: 'pupr' });
const store = () => availabilityStore(world.table);
/** One run of the job, ten minutes after the one before. */
const run = async (apps: readonly App[] = [webmail], remaining = () => 280_000, change: object = {}) => {
  world.pass(600);
  return lookAround({
    city: async () => ({ ...world.city, apps }),
    store: store(),
    look: async (url) => {
      asked.push(url);
      return links[url];
    },
    directory: world.deliverDeps.directory,
    channels: world.deliverDeps.channels,
    receipts: world.deliverDeps.receipts,
    publicUrl: 'https://lapau.example.go.id',
    now: world.now,
    clock: () => 0,
    log: world.log,
    ...change,
  })(remaining);
};
const mails = () => world.mails.splice(0).map(({ to, subject }) => `${to.split('@')[0]}: ${subject}`);
const gone = 'head-pupr: Uji: tidak dapat dibuka: Aplikasi webmail';
const back = 'head-pupr: Uji: sudah pulih: Aplikasi webmail';

test('an owner is told of an outage once, after the third look, and of its end', async () => {
  expect(await run()).toEqual({ looked: 1, gone: 0, left: 0 });
  links[webmail.url] = 'timeout';
  await run();
  await run();
  expect(mails()).toEqual([]);
  expect(await run()).toEqual({ looked: 1, gone: 1, left: 0 });
  expect(world.mails[0]?.text).toMatch(
    /tidak menjawab dalam 10 detik \(sejak \d\d-\d\d-2026 \d\d\.\d\d WIB\)/,
  );
  expect(mails()).toEqual([gone]);
  await run();
  await run();
  expect(mails()).toEqual([]);
  expect(await store().read('webmail')).toMatchObject({ up: false, failures: 5, why: 'timeout' });
  links = {};
  await run();
  await run();
  expect(mails()).toEqual([back]);
  // Another outage is told anew.
  links[webmail.url] = 'status';
  for (let i = 0; i < 4; i += 1) await run();
  expect(mails()).toEqual([gone]);
});

test('a hiccup is on record, and nobody is woken for it', async () => {
  await run();
  links[webmail.url] = 'connect';
  await run();
  links = {};
  await run();
  expect(mails()).toEqual([]);
  const record = await store().read('webmail');
  expect(record?.changes.map(({ up }) => up)).toEqual([true, false, true]);
  expect(record === undefined ? undefined : uptime(record)).toBe(66.6);
});

test('a run that dies after telling and before it noted so tells nobody twice', async () => {
  links[webmail.url] = 'dns';
  await run();
  await run();
  const dying = { store: { ...store(), save: () => Promise.reject(new Error('killed')) } };
  await expect(run([webmail], undefined, dying)).rejects.toThrow('killed');
  expect(mails()).toEqual([gone]);
  await run();
  expect(mails()).toEqual([]);
  expect((await store().read('webmail'))?.toldAt).toBeDefined();
});

test('of two runs at once one look counts', async () => {
  const seen = store();
  const [before, late] = [await seen.readMany(['webmail']), store()];
  await run();
  await run([webmail], undefined, { store: { ...late, readMany: async () => before } });
  expect(await seen.read('webmail')).toMatchObject({ rev: 1, days: [{ looks: 1 }] });
});

test('apps that waited longest are looked at first, and time that is up leaves the rest for the next run', async () => {
  const apps = ['a', 'b', 'c'].map((id) => appOf(id, { owner: 'pupr' }));
  await run(apps.slice(0, 1));
  asked.length = 0;
  let time = 280_000;
  const short = () => {
    time -= 100_000;
    return time;
  };
  expect(await run(apps, short)).toEqual({ looked: 2, gone: 0, left: 1 });
  expect(asked).toEqual(['https://b.contoh.go.id/', 'https://c.contoh.go.id/']);
  asked.length = 0;
  await run(apps, undefined);
  expect(asked[0]).toBe('https://a.contoh.go.id/');
});

test('what answers inside the government network only is not looked at', async () => {
  expect(await run([appOf('siak', { check: false })])).toEqual({ looked: 0, gone: 0, left: 0 });
});

test('an app of a unit without people is told to the one above; without anybody it is said so', async () => {
  links = { 'https://a.contoh.go.id/': 'tls', 'https://b.contoh.go.id/': 'tls' };
  const apps = [appOf('a', { owner: 'pupr-air' }), appOf('b', { owner: 'damkar' })];
  const warned: unknown[] = [];
  const log = { ...world.log, warn: (event: string, fields: unknown) => warned.push([event, fields]) };
  for (let i = 0; i < 3; i += 1) await run(apps, undefined, { log });
  expect(mails()).toEqual(['head-pupr: Uji: tidak dapat dibuka: Aplikasi a']);
  expect(warned).toContainEqual(['nobody to tell of an app', { app: 'b', unit: 'damkar' }]);
});

test('history stays small', async () => {
  for (let i = 0; i < 50; i += 1) {
    links[webmail.url] = i % 2 === 0 ? 'status' : undefined;
    await run();
  }
  const record = await store().read('webmail');
  expect(record?.changes).toHaveLength(20);
  expect(record?.days.length).toBeLessThanOrEqual(30);
  world.pass(40 * 86_400);
  for (let i = 0; i < 35; i += 1) {
    world.pass(86_400);
    await run();
  }
  const later = await store().read('webmail');
  expect(later?.days).toHaveLength(30);
  expect(JSON.stringify(later).length).toBeLessThan(5000);
});
