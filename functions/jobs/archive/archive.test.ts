import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { tapped } from '../../../test/interleave.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import type { StaffActor } from '../../cases/actor.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { caseStore } from '../../cases/store.ts';
import { archiveRequestOf } from '../../events/message.ts';
import { eventsBetween } from '../../events/missing.ts';
import { archive, archiveThrough } from './archive.ts';

let tables: TestTables;
let world: World;
let coordinator: StaffActor;
beforeAll(async () => {
  tables = await testTables();
  world = await pipeline(tables);
  coordinator = await world.staff('coordinator', 'kominfo');
});
afterAll(() => tables.stop());

const withNotes = async (n: number, start?: CaseRecord): Promise<CaseRecord> => {
  let record = start ?? (await world.file());
  for (let i = 0; i < n; i += 1)
    record = await world.act(record, coordinator, 'note', { text: `catatan ${i}` });
  return record;
};
const message = (record: CaseRecord) => ({
  id: record.code,
  body: JSON.stringify(archiveRequestOf(record).body),
});
const run = (store: Parameters<typeof archive>[0]['store'] = world.store) =>
  archive({ store, log: world.log });
const now = async ({ code }: CaseRecord): Promise<CaseRecord> => {
  const record = await world.store.read(code);
  if (record === undefined) throw new Error('gone');
  return record;
};

test('the newest few stay in the case, all can still be read, seq and state stay', async () => {
  const record = await withNotes(10);
  expect(await run()([message(record)])).toEqual([]);
  const after = await now(record);
  expect(after.events.length).toBeLessThanOrEqual(4);
  expect(after.events.length).toBeGreaterThan(0);
  expect(JSON.stringify(after.events).length).toBeLessThanOrEqual(1100);
  expect([after.seq, after.state]).toEqual([record.seq, record.state]);
  expect(await eventsBetween(world.store, after, 0)).toEqual(record.events);
});

test('again it changes nothing; a short case is left alone', async () => {
  const record = await withNotes(10);
  await run()([message(record), message(record)]);
  const once = await now(record);
  expect(once.rev).toBe(record.rev + 1);
  await run()([message(record)]);
  expect(await now(record)).toEqual(once);
  const short = await withNotes(3);
  await run()([message(short)]);
  expect(await now(short)).toEqual(short);
});

test('a command that comes between wins, and its event is not lost', async () => {
  const record = await withNotes(10);
  let between: CaseRecord | undefined;
  const slow = caseStore(
    tapped(world.table, async () => {
      // Just before the archiver's own write of the case, once.
      if (between === undefined) {
        const current = await now(record);
        between = await world.act(current, coordinator, 'verify');
      }
    }),
  );
  const racing = { read: world.store.read, archive: slow.archive };
  expect(await run(racing)([message(record)])).toEqual([]);
  const after = await now(record);
  expect(after.seq).toBe(record.seq + 1);
  expect(after.state).toBe('verifying');
  expect((await eventsBetween(world.store, after, 0)).map((e) => e.seq)).toEqual(
    Array.from({ length: after.seq }, (_, i) => i + 1),
  );
});

test('killed at any call and run again: nothing is lost', async () => {
  for (let n = 1; n <= 14; n += 1) {
    const record = await withNotes(9);
    let calls = 0;
    const dying = tapped(world.table, async () => {
      calls += 1;
      if (calls >= n) throw new Error('killed');
    });
    const failed = await run(caseStore(dying))([message(record)]);
    if (failed.length > 0) expect(await run()([message(record)])).toEqual([]);
    const after = await now(record);
    expect(after.events.length).toBeLessThanOrEqual(4);
    expect(await eventsBetween(world.store, after, 0)).toEqual(record.events);
  }
});

test('while somebody has to validate, the proposal stays where the rule looks for it', async () => {
  const liaison = await world.staff('liaison', 'pupr');
  let record = await world.act(await world.file(), coordinator, 'assign', { unit: 'pupr' });
  record = await world.act(record, liaison, 'accept');
  record = await world.act(record, liaison, 'followUp', { outcome: 'fixed', text: 'Sudah ditambal.' });
  record = await withNotes(8, record);
  await run()([message(record)]);
  const after = await now(record);
  expect(after.archived).toBeGreaterThan(0);
  expect(after.events.map((e) => e.type)).toContain('proposed');
});

test('near the limit everything older goes, and the log says so', async () => {
  const record = await withNotes(24);
  world.lines.splice(0);
  await run()([message(record)]);
  expect(world.lines).toContainEqual(
    expect.objectContaining({ level: 'warn', event: 'long inline timeline', fields: { inline: 25 } }),
  );
  expect(archiveThrough(await now(record))).toBeUndefined();
});

test('a message that is no message fails alone', async () => {
  const record = await withNotes(9);
  expect(await run()([{ id: 'bad', body: 'x' }, message(record)])).toEqual(['bad']);
  expect((await now(record)).events.length).toBeLessThanOrEqual(4);
});
