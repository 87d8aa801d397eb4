import { afterAll, beforeEach, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
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
