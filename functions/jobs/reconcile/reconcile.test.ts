import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import type { StaffActor } from '../../cases/actor.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { walkCases } from '../../cases/walk.ts';
import { contributionKey, isDue, nowPartition } from '../../figures/keys.ts';
import { figureStore } from '../../figures/store.ts';
import type { Key } from '../../kernel/table.ts';
import { type ReconcileDeps, type Request, reconcile } from './reconcile.ts';
import { depsOn } from './test/deps.ts';

let tables: TestTables | undefined;
let world: World;
let coordinator: StaffActor;
let deps: ReconcileDeps;
beforeEach(async () => {
  tables ??= await testTables();
  world = await pipeline(tables);
  coordinator = await world.staff('coordinator', 'kominfo');
  await world.staff('liaison', 'damkar');
  await world.staff('liaison', 'pupr');
  deps = depsOn(world, world.table);
});
afterAll(() => tables?.stop());

const run = (request: Request = { redrive: true }, more: Partial<ReconcileDeps> = {}) =>
  reconcile({ ...deps, ...more })(request, () => 900_000);
const told = async ({ code }: CaseRecord) =>
  (await world.receipts(code)).map((r) => `${r.seq} ${r.recipient} ${r.state}`);
const nothing = {
  ...{ republished: 0, projected: 0, indexed: 0, copied: 0, archiveAsked: 0, orphans: 0 },
  ...{ unreachable: 0, failed: 0, next: null },
};
const figuresSeq = async ({ code }: CaseRecord) => (await world.table.get(contributionKey(code)))?.['seq'];

describe('a 30-hour outage', () => {
  test('events made while no consumer ran are published, told and counted by redrive alone', async () => {
    const before = await world.file({ category: 'kebakaran' });
    await world.runRelay();
    await world.runDeliver();
    await run();

    const during = await world.file({ category: 'kebakaran' });
    await world.act(before, coordinator, 'assign', { unit: 'pupr' });
    world.pass(30 * 3600);
    // Streams keep a day.
    world.stream.splice(0);

    const found = await run();
    expect(found).toEqual({ ...nothing, cases: 2, republished: 3, projected: 2, indexed: 2 });
    await world.runDeliver();
    expect(await told(during)).toEqual(['2 liaison-damkar sent']);
    expect(await told(before)).toEqual([
      '2 liaison-damkar sent',
      '3 liaison-damkar sent',
      '3 liaison-pupr sent',
    ]);
    expect([await figuresSeq(before), await figuresSeq(during)]).toEqual([3, 2]);
    expect(await run()).toEqual({ ...nothing, cases: 2 });
  });

  test('events that were archived meanwhile are found', async () => {
    let record = await world.file({ category: 'kebakaran' });
    for (let i = 0; i < 10; i += 1) record = await world.act(record, coordinator, 'note', { text: `c${i}` });
    await world.store.archive(record, 9);
    world.stream.splice(0);
    expect((await run()).republished).toBe(12);
    await world.runDeliver();
    expect(await told(record)).toEqual(['2 liaison-damkar sent']);
  });

  test('a queue that was lost is filled again from a moment on; those who were told are not told twice', async () => {
    const told1 = await world.file({ category: 'kebakaran' });
    await world.runRelay();
    await world.runDeliver();
    world.pass(600);
    const since = world.now();
    const lost = await world.file({ category: 'kebakaran' });
    await world.runRelay();
    world.topic.splice(0);
    await run();
    expect(world.topic).toEqual([]);
    expect((await run({ redrive: true, since })).republished).toBe(2);
    await world.runDeliver();
    expect(await told(lost)).toEqual(['2 liaison-damkar sent']);
    expect(world.mails.filter(({ text }) => text.includes(told1.code))).toHaveLength(1);
  });

  test('killed between any two calls, the next run finishes it', async () => {
    for (let n = 1; n <= 12; n += 1) {
      for (const answered of [false, true]) {
        const record = await world.file({ category: 'kebakaran' });
        world.stream.splice(0);
        world.killAt(n, answered);
        await run({ redrive: true }, depsOn(world, world.mortal)).catch(() => undefined);
        world.killAt(Number.POSITIVE_INFINITY, false);
        await run();
        await world.runDeliver();
        expect(await told(record)).toEqual(['2 liaison-damkar sent']);
        expect(world.mails.filter(({ text }) => text.includes(record.code))).toHaveLength(1);
        expect(await figuresSeq(record)).toBe(2);
      }
    }
  });
});

test('SNS down: counted as failed, no mark moves, the next run heals', async () => {
  const record = await world.file({ category: 'kebakaran' });
  world.faults.sns = () => new Error('down');
  expect(await run()).toMatchObject({ failed: 1, republished: 0 });
  delete world.faults.sns;
  expect(await run()).toMatchObject({ failed: 0, republished: 2 });
  expect((await deps.marks.read([record.code])).get(record.code)).toBe(2);
});

test('a dry run counts and changes nothing', async () => {
  await world.file({ category: 'kebakaran' });
  const counted = { ...nothing, cases: 1, republished: 2, projected: 1, indexed: 1 };
  expect(await run({ redrive: true, dry: true })).toEqual(counted);
  expect(await run({ redrive: true, dry: true })).toEqual(counted);
  expect(world.topic).toEqual([]);
});

test('a walk without time returns where to go on, and every case is compared once', async () => {
  const codes = new Set<string>();
  for (let i = 0; i < 7; i += 1) codes.add((await world.file({ category: 'kebakaran' })).code);
  let from: Key | null | undefined;
  let cases = 0;
  for (let round = 0; round < 100 && from !== null; round += 1) {
    // A case and its marks are three items: a slice always completes one.
    let pages = 4;
    const done = await reconcile({ ...deps, walk: (position) => walkCases(world.table, position, 1) })(
      { redrive: true, from: from ?? null },
      () => (pages-- > 0 ? 900_000 : 0),
    );
    cases += done.cases;
    from = done.next;
  }
  expect([from, cases]).toEqual([null, 7]);
  expect(new Set(world.topic.map(({ body }) => JSON.parse(body).code))).toEqual(codes);
});

test('the night goes on where the last one stopped, then begins anew', async () => {
  for (let i = 0; i < 5; i += 1) await world.file();
  const night = (pages: number) => {
    let left = pages;
    return reconcile({ ...deps, walk: (position) => walkCases(world.table, position, 1) })(
      { version: '0', 'detail-type': 'Scheduled Event' },
      () => (left-- > 0 ? 900_000 : 0),
    );
  };
  const first = await night(4);
  expect(first.next).not.toBeNull();
  const second = await night(100);
  expect([second.next, first.cases + second.cases]).toEqual([null, 5]);
  expect((await night(100)).cases).toBe(5);
});

test('a timeline that nobody archived is asked for', async () => {
  let record = await world.file();
  for (let i = 0; i < 9; i += 1) record = await world.act(record, coordinator, 'note', { text: `c${i}` });
  await world.runRelay();
  world.topic.splice(0);
  expect(await run()).toMatchObject({ archiveAsked: 1, republished: 0 });
  expect(world.topic.map(({ body, attributes }) => [JSON.parse(body), Object.keys(attributes)])).toEqual([
    [{ v: 1, code: record.code }, ['inline']],
  ]);
});

test('figures that other rules made are made anew', async () => {
  const record = await world.file();
  await world.runRelay();
  await run();
  const known = await world.table.get(contributionKey(record.code));
  await world.table.put({ ...known, pk: `C#${record.code}`, sk: 'CONTRIB', figures: {} });
  expect(await run()).toMatchObject({ projected: 1 });
  expect(await run()).toMatchObject({ projected: 0 });
});

test('deadlines that no case has any more leave the figures when the whole table was compared', async () => {
  const record = await world.file();
  await run();
  await world.act(record, coordinator, 'assign', { unit: 'pupr' });
  const figures = figureStore(world.table);
  const dues = async () =>
    (await figures.rows(nowPartition('normal'))).flatMap(({ unit, counts }) =>
      Object.keys(counts).flatMap((name) => (isDue(name) ? [`${unit} ${counts[name]}`] : [])),
    );
  expect(await dues()).toEqual(['triage 1']);
  expect(await run({ redrive: true, dry: true })).toMatchObject({ projected: 1 });
  expect(await dues()).toEqual(['triage 1']);
  const failing = async (): Promise<number> => {
    throw new Error('throttled');
  };
  expect(await run({ redrive: true }, { removeZeros: failing })).toMatchObject({ projected: 1, failed: 1 });
  expect(await dues()).toEqual(['pupr 1', 'triage 0']);
  expect(await run()).toMatchObject({ projected: 0, failed: 0 });
  expect(await dues()).toEqual(['pupr 1']);
});

test('who could not be reached is told when somebody is there, and leaves the list', async () => {
  const record = await world.act(await world.file(), coordinator, 'assign', { unit: 'perkim' });
  await world.runRelay();
  await world.runDeliver();
  expect(await run()).toMatchObject({ unreachable: 1 });
  await world.runDeliver();
  await world.staff('liaison', 'perkim');
  world.pass(60);
  expect(await run()).toMatchObject({ unreachable: 1 });
  await world.runDeliver();
  expect(await told(record)).toEqual(['2 liaison-perkim sent']);
  expect(await run()).toMatchObject({ unreachable: 0 });
});
