import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { steps } from '../../../test/ladder.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import type { StaffActor } from '../../cases/actor.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { toSeconds } from '../../kernel/time.ts';
import { workflows } from '../../workflows.ts';
import { waking } from './store.ts';
import { sweep } from './sweep.ts';

let tables: TestTables | undefined;
let world: World;
let coordinator: StaffActor;
beforeEach(async () => {
  tables ??= await testTables();
  world = await pipeline(tables);
  coordinator = await world.staff('coordinator', 'kominfo');
  await world.staff('liaison', 'pupr');
  await world.staff('liaison', 'perkim');
  await world.staff('executive', 'setda');
  await world.staff('inspector', 'inspektorat');
});
afterAll(() => tables?.stop());

/** Whom the passing of the first deadline is told to. */
const toldOf = async ({ code }: CaseRecord, at: string): Promise<readonly string[]> => {
  await world.runRelay();
  await world.runDeliver();
  world.mails.splice(0);
  world.pass(toSeconds(at) - toSeconds(world.now()));
  const { store, table, now, log, city } = world;
  await sweep({
    ...{ store, workflows, now, log, waking: waking(table, 10), city: async () => city },
    staff: async () => (await world.deliverDeps.directory.everyone()).map(({ actor }) => actor),
    delivered: async () => false,
  })(() => 55_000);
  const image = await store.read(code);
  if (image === undefined) throw new Error('gone');
  world.stream.push({ id: `swept-${code}`, read: () => image });
  await world.runRelay();
  await world.runDeliver();
  return world.mails
    .splice(0)
    .map(({ to }) => to.split('@')[0] ?? '')
    .sort();
};

const eventsOf = async ({ code }: CaseRecord): Promise<readonly string[]> =>
  (await world.store.read(code))?.events.map(({ type }) => type) ?? [];

test('the unit in charge and the coordinators are told of its deadline, nobody else', async () => {
  const record = await world.act(await world.file(), coordinator, 'assign', { unit: 'pupr' });
  expect(await toldOf(record, '2026-11-30T09:00:00Z')).toEqual(['coordinator-kominfo', 'liaison-pupr']);
});

test('in triage the coordinators alone', async () => {
  expect(await toldOf(await world.file(), '2026-11-26T09:00:00Z')).toEqual(['coordinator-kominfo']);
});

test('of an oversight case those alone who may know of it', async () => {
  const record = await world.file({ category: 'pungli' });
  expect(await toldOf(record, '2026-11-30T09:00:00Z')).toEqual(['inspector-inspektorat']);
});

describe('of a step of the ladder', () => {
  /** The test town with a ladder, and the people who stand on it. */
  const climbing = async (): Promise<void> => {
    Object.assign(world.city, { ladder: steps });
    await world.staff('head', 'pupr');
    await world.staff('executive', 'setda', { id: 'sekda-1', position: 'sekda' });
  };

  test('the reminder tells the unit, in triage the coordinators', async () => {
    await climbing();
    expect(await toldOf(await world.file(), '2026-11-25T00:30:00Z')).toEqual(['coordinator-kominfo']);
  });

  test('the deadline tells the head too; what goes to Sekda and mayor is told to the head alone', async () => {
    await climbing();
    const record = await world.act(await world.file(), coordinator, 'assign', { unit: 'pupr' });
    expect(await toldOf(record, '2026-11-27T00:30:00Z')).toEqual(['liaison-pupr']);
    expect(await toldOf(record, '2026-11-30T09:00:00Z')).toEqual([
      'coordinator-kominfo',
      'head-pupr',
      'liaison-pupr',
    ]);
    expect(await toldOf(record, '2026-12-03T09:00:00Z')).toEqual(['head-pupr']);
    expect(await toldOf(record, '2026-12-07T09:00:00Z')).toEqual(['head-pupr']);
  });

  test('a unit without a head is told through the one above it', async () => {
    await climbing();
    const record = await world.act(await world.file(), coordinator, 'assign', { unit: 'pupr-jalan' });
    await toldOf(record, '2026-11-27T00:30:00Z');
    expect(await toldOf(record, '2026-11-30T09:00:00Z')).toContain('head-pupr');
  });

  test('of one deadline nobody is told twice at once: in triage, by a unit of its head alone, after an outage', async () => {
    await climbing();
    await world.staff('head', 'damkar');
    const waiting = await world.file();
    expect(await toldOf(waiting, '2026-11-26T09:00:00Z')).toEqual(['coordinator-kominfo']);
    expect(await eventsOf(waiting)).toEqual(['filed', 'reminded', 'overdue', 'escalated']);
    const alone = await world.act(await world.file(), coordinator, 'assign', { unit: 'damkar' });
    expect(await toldOf(alone, '2026-12-07T09:00:00Z')).toEqual(['coordinator-kominfo', 'head-damkar']);
    const ignored = await world.act(await world.file(), coordinator, 'assign', { unit: 'pupr' });
    // Reminder, deadline, head, Sekda and mayor of the first response, all in one write.
    const told = await toldOf(ignored, '2026-12-21T09:00:00Z');
    expect(told).toEqual(['coordinator-kominfo', 'head-pupr', 'liaison-pupr']);
    expect((await eventsOf(ignored)).filter((type) => type === 'escalated')).toHaveLength(3);
  });

  test('of an oversight case nobody but who may know of it', async () => {
    await climbing();
    const record = await world.file({ category: 'pungli' });
    expect(new Set(await toldOf(record, '2026-12-08T09:00:00Z'))).toEqual(new Set(['inspector-inspektorat']));
  });
});
