import { afterAll, beforeEach, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import type { StaffActor } from '../../cases/actor.ts';
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
  deps = depsOn(world, world.table);
});
afterAll(() => tables?.stop());

const run = (request: Request = { redrive: true }, more: Partial<ReconcileDeps> = {}) =>
  reconcile({ ...deps, ...more })(request, () => 900_000);

test('words that nothing names go after a day; those of a filing, an event or an archived event stay', async () => {
  const put = (code: string, id: string) =>
    world.store.putText(code, {
      v: 1,
      id,
      fingerprint: 'f',
      audience: 'staff',
      body: 'kata',
      at: world.now(),
    });
  let record = await world.file();
  await put(record.code, record.filing.id);
  const named: string[] = [record.filing.id];
  for (let i = 0; i < 10; i += 1) {
    record = await world.act(record, coordinator, 'note', { text: `c${i}` });
    const id = record.events.at(-1)?.texts[0]?.id ?? '';
    await put(record.code, id);
    named.push(id);
  }
  await world.store.archive(record, 8);
  await put(record.code, 'left-behind');
  await put('NEVERFILED', 'left-too');
  world.pass(86_400 + 60);
  await put(record.code, 'still-young');
  expect(await run({ redrive: true, dry: true })).toMatchObject({ orphans: 2 });
  expect(await run()).toMatchObject({ orphans: 2, failed: 0 });
  expect([...(await world.store.texts(record.code)).keys()].sort()).toEqual([...named, 'still-young'].sort());
  expect((await world.store.texts('NEVERFILED')).size).toBe(0);
});

test('a retry that comes while its words are judged keeps them', async () => {
  const record = await world.file();
  const text = {
    v: 1,
    id: 'late',
    fingerprint: 'f',
    audience: 'staff',
    body: 'kata',
    at: world.now(),
  } as const;
  await world.store.putText(record.code, text);
  world.pass(86_400 + 60);
  const named = { ...record, rev: record.rev + 1, data: { text: 'late' } };
  const read = async (code: string) => {
    await world.store.save(named);
    return deps.store.read(code);
  };
  expect(await run({ redrive: true }, { store: { ...deps.store, read } })).toMatchObject({ orphans: 0 });
  expect((await world.store.texts(record.code)).has('late')).toBe(true);
});
