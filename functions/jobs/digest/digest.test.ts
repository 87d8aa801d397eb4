import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { steps } from '../../../test/ladder.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import type { StaffActor } from '../../cases/actor.ts';
import { listRows } from '../../cases/store.ts';
import { toSeconds } from '../../kernel/time.ts';
import { workflows } from '../../workflows.ts';
import { waking } from '../sweep/store.ts';
import { sweep } from '../sweep/sweep.ts';
import { digest } from './digest.ts';

let tables: TestTables | undefined;
let world: World;
let coordinator: StaffActor;
beforeEach(async () => {
  tables ??= await testTables();
  world = await pipeline(tables);
  coordinator = await world.staff('coordinator', 'kominfo');
  await world.staff('liaison', 'pupr');
  await world.staff('head', 'pupr');
  await world.staff('officer', 'pupr');
  await world.staff('liaison', 'pupr-air');
  await world.staff('liaison', 'perkim');
  await world.staff('liaison', 'inspektorat');
  await world.staff('inspector', 'inspektorat');
  await world.staff('executive', 'setda', { id: 'mayor', position: 'mayor' });
});
afterAll(() => tables?.stop());

/** 07:30 in Jakarta. */
const at = (date: string): void => world.pass(toSeconds(`${date}T00:30:00Z`) - toSeconds(world.now()));
const run = () =>
  digest({
    rows: (partition, limit) => listRows(world.table, 'gsi1', partition, undefined, limit),
    city: async () => world.city,
    directory: world.deliverDeps.directory,
    channels: world.deliverDeps.channels,
    receipts: world.deliverDeps.receipts,
    publicUrl: 'https://lapau.example.go.id',
    now: world.now,
    log: world.log,
  })(() => 300_000);
const mails = () =>
  Object.fromEntries(world.mails.splice(0).map(({ to, subject }) => [to.split('@')[0], subject]));
const assigned = async (unit: string, category = 'jalan') =>
  world.act(await world.file({ category }), coordinator, 'assign', { unit });

// Filed and assigned on Monday 23 November: verification is due on the 26th, first response on the 30th at 16:00.
test('liaisons and heads get the numbers of their own units, coordinators those of triage, executives the city’s', async () => {
  await assigned('pupr');
  await assigned('pupr-air');
  await world.file();
  at('2026-11-30');
  expect(await run()).toMatchObject({ working: true, left: 0 });
  expect(mails()).toEqual({
    'coordinator-kominfo': 'Uji: 1 lewat batas, 0 jatuh tempo hari ini',
    'liaison-pupr': 'Uji: 0 lewat batas, 2 jatuh tempo hari ini',
    'head-pupr': 'Uji: 0 lewat batas, 2 jatuh tempo hari ini',
    'liaison-pupr-air': 'Uji: 0 lewat batas, 1 jatuh tempo hari ini',
    mayor: 'Uji: 1 lewat batas, 0 dinaikkan kepada Anda',
  });
  at('2026-12-01');
  await run();
  expect(mails()['liaison-pupr']).toBe('Uji: 2 lewat batas, 0 jatuh tempo hari ini');
});

test('a unit that has officers only gets its numbers through them', async () => {
  await world.staff('officer', 'perkim');
  await world.staff('officer', 'damkar');
  await assigned('perkim');
  await assigned('damkar');
  at('2026-11-30');
  await run();
  expect(mails()).toEqual({
    'liaison-perkim': 'Uji: 0 lewat batas, 1 jatuh tempo hari ini',
    // The fire brigade works day and night: its five working days ended on Saturday.
    'officer-damkar': 'Uji: 1 lewat batas, 0 jatuh tempo hari ini',
    mayor: 'Uji: 1 lewat batas, 0 dinaikkan kepada Anda',
  });
});

test('once per person and day, however often it runs', async () => {
  await assigned('pupr');
  at('2026-11-30');
  await run();
  mails();
  world.pass(3600);
  expect(await run()).toMatchObject({ left: 0 });
  expect(mails()).toEqual({});
});

test('killed between any two calls it is finished by the next run, each told once or marked', async () => {
  await assigned('pupr');
  at('2026-11-30');
  for (let n = 1; n <= 14; n += 1) {
    world.pass(0);
    world.killAt(n, n % 2 === 0);
    await run().catch(() => undefined);
    world.killAt(Number.POSITIVE_INFINITY, false);
    world.pass(180);
    await run();
    const to = world.mails.splice(0).map((m) => m.to);
    expect(new Set(to)).toEqual(new Set(['liaison-pupr@kota.go.id', 'head-pupr@kota.go.id']));
    const receipts = await world.table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': `DIGEST#${world.now().slice(0, 10)}` },
    });
    expect(receipts.items.map((r) => r['state'])).toEqual(['sent', 'sent']);
    if (to.length > 2) expect(receipts.items.some((r) => r['uncertain'] === true)).toBe(true);
    for (const { sk } of receipts.items)
      await world.table.remove({ pk: `DIGEST#${world.now().slice(0, 10)}`, sk: String(sk) });
  }
});

test('no digest on a weekend or a holiday', async () => {
  await assigned('pupr');
  at('2026-12-05');
  expect(await run()).toEqual({ date: '2026-12-05', working: false, people: 0, left: 0 });
  at('2026-12-25');
  expect((await run()).working).toBe(false);
  expect(mails()).toEqual({});
});

test('what one may not see is not counted: oversight, confidential, about somebody', async () => {
  await world.file({ category: 'pungli' });
  await world.file({ about: 'sekda' });
  await world.act(await world.file({ category: 'kekerasan' }), coordinator, 'assign', { unit: 'perkim' });
  at('2026-11-30');
  await run();
  expect(mails()).toEqual({
    'inspector-inspektorat': 'Uji: 0 lewat batas, 1 jatuh tempo hari ini',
    mayor: 'Uji: 0 lewat batas, 0 dinaikkan kepada Anda, 1 Anda tangani sendiri',
  });
  await world.staff('head', 'perkim');
  at('2026-12-01');
  await run();
  expect(Object.keys(mails()).sort()).toEqual(['head-perkim', 'inspector-inspektorat', 'mayor']);
});

test('reads are bounded: beyond the cut it says more than', async () => {
  const row = (await assigned('pupr')).code;
  const [only] = await listRows(world.table, 'gsi1', 'U#pupr', undefined, 1);
  if (only === undefined) throw new Error(row);
  for (let i = 0; i < 300; i += 1)
    await world.table.put({
      ...{ pk: `C#X${i}`, sk: 'ROW', gsi1pk: 'U#pupr', gsi1sk: `${only.sort}${i}`, row: only.row },
    });
  at('2026-11-30');
  await run();
  expect(mails()['liaison-pupr']).toBe('Uji: 0 lewat batas, lebih dari 300 jatuh tempo hari ini');
});

describe('a case that climbed', () => {
  const climbed = async (unit: string | undefined, to: string, category = 'jalan'): Promise<string> => {
    Object.assign(world.city, { ladder: steps });
    const filed = await world.file({ category });
    const record = unit === undefined ? filed : await world.act(filed, coordinator, 'assign', { unit });
    at(to);
    const { store, table, now, log, city } = world;
    const { everyone } = world.deliverDeps.directory;
    await sweep({
      ...{ store, workflows, now, log, waking: waking(table, 10), city: async () => city },
      staff: async () => (await everyone()).map(({ actor }) => actor),
      delivered: async () => false,
    })(() => 55_000);
    return record.code;
  };

  test('is told to Sekda and mayor in one message a day each, and by nothing else', async () => {
    await world.staff('executive', 'setda', { id: 'sekda', position: 'sekda' });
    // First response was due on Monday 30 November: Sekda on Thursday, mayor on Monday 7 December, closing time.
    const code = await climbed('pupr', '2026-12-04');
    await run();
    const thatDay = world.mails.splice(0);
    const of = (who: string) => thatDay.filter(({ to }) => to.startsWith(`${who}@`));
    expect(of('sekda').map(({ subject }) => subject)).toEqual([
      'Uji: 1 lewat batas, 1 dinaikkan kepada Anda',
    ]);
    expect(of('sekda')[0]?.text).toContain(`/desk/cases/${code}`);
    expect(of('mayor').map(({ subject }) => subject)).toEqual([
      'Uji: 1 lewat batas, 0 dinaikkan kepada Anda',
    ]);
    await run();
    expect(mails()).toEqual({});
    await climbed('pupr', '2026-12-08');
    await run();
    expect(mails()['mayor']).toBe('Uji: 1 lewat batas, 1 dinaikkan kepada Anda');
  });

  test('past its head unseen by the executives is shown to inspectors', async () => {
    await world.staff('head', 'perkim');
    const code = await climbed('perkim', '2026-12-09', 'kekerasan');
    await run();
    const inspector = world.mails.find(({ to }) => to.startsWith('inspector-'));
    expect(inspector?.text).toContain('tidak terlihat pimpinan kota: 1');
    expect(inspector?.text).toContain(code);
    expect(world.mails.some(({ to }) => to.startsWith('mayor'))).toBe(false);
  });
});
