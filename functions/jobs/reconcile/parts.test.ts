import { afterAll, beforeEach, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import type { CaseRecord } from '../../cases/model.ts';
import type { Outgoing } from '../../events/message.ts';
import { reconcile } from './reconcile.ts';
import { depsOn } from './test/deps.ts';

let tables: TestTables | undefined;
let world: World;
beforeEach(async () => {
  tables ??= await testTables();
  world = await pipeline(tables);
});
afterAll(() => tables?.stop());

/** What a night asks the job `parts` to look at, everything else being up to date. */
const asked = async (): Promise<readonly string[]> => {
  const deps = depsOn(world, world.table);
  const run = reconcile(deps);
  await run({ redrive: true }, () => 900_000);
  const sent: Outgoing[] = [];
  const publish: typeof deps.publish = async (messages) => {
    sent.push(...messages);
    return { failed: new Set<number>(), error: undefined };
  };
  await reconcile({ ...deps, publish })({ redrive: true }, () => 900_000);
  return sent.filter(({ attributes }) => attributes['relations'] === 'ended').map(({ body }) => body.code);
};

const set = async (record: CaseRecord, more: Partial<CaseRecord>): Promise<CaseRecord> => {
  const next = { ...record, ...more, rev: record.rev + 1 };
  await world.store.save(next);
  return next;
};

test('a whole that never heard of the end of a part hears of it; one that did is left alone', async () => {
  const [whole, first, second] = [await world.file(), await world.file(), await world.file()];
  const parent = await set(whole, { children: [first.code, second.code] });
  const ended = await set(first, { parent: whole.code, state: 'closed', closedAt: world.now() });
  await set(second, { parent: whole.code });
  expect(await asked()).toEqual([ended.code]);
  await set(parent, { data: { ended: { [ended.code]: 'fixed' } } });
  expect(await asked()).toEqual([]);
});

test('a whole that ended before its parts has them end with it', async () => {
  const [whole, part] = [await world.file(), await world.file()];
  await set(whole, { children: [part.code], state: 'withdrawn', closedAt: world.now() });
  await set(part, { parent: whole.code });
  expect(await asked()).toEqual([whole.code]);
});
