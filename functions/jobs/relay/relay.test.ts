import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { pipeline, type World } from '../../../test/pipeline.ts';
import { relayMarks } from '../../events/marks.ts';
import { topicMessage } from '../../events/message.ts';

let tables: TestTables;
let world: World;
beforeAll(async () => {
  tables = await testTables();
  world = await pipeline(tables);
});
afterAll(() => tables.stop());

const published = () =>
  world.topic.splice(0).map(({ body }) => {
    const { code, seq, event } = topicMessage.parse(JSON.parse(body));
    return { code, seq, event };
  });
const markOf = async (code: string) => (await relayMarks(world.table).read([code])).get(code);
const coordinator = () => world.staff('coordinator', 'kominfo');

test('every new event of a record is published once, in order, and the mark moves', async () => {
  const record = await world.file({ category: 'kebakaran' });
  await world.runRelay();
  expect(published()).toEqual([
    { code: record.code, seq: 1, event: 'filed' },
    { code: record.code, seq: 2, event: 'assigned' },
  ]);
  expect(await markOf(record.code)).toBe(2);
});

test('the same record again publishes nothing', async () => {
  await world.file();
  const again = world.stream.slice();
  await world.runRelay();
  expect(published()).toHaveLength(1);
  world.stream.push(...again);
  await world.runRelay();
  expect(published()).toEqual([]);
  expect(world.stream).toEqual([]);
});

test('a change that only archives yields nothing', async () => {
  const record = await world.file();
  await world.runRelay();
  published();
  await world.store.archive(record, 1);
  const image = await world.store.read(record.code);
  world.stream.push({ id: 'rev', read: () => image ?? record });
  await world.runRelay();
  expect(published()).toEqual([]);
});

test('events that an outage left out are published with the next one, also from the archive', async () => {
  const who = await coordinator();
  let record = await world.file();
  await world.runRelay();
  published();
  for (let i = 0; i < 9; i += 1) record = await world.act(record, who, 'note', { text: `catatan ${i}` });
  await world.store.archive(record, 6);
  // Thirty hours later the stream has forgotten all of this.
  world.stream.splice(0);
  const archived = await world.store.read(record.code);
  if (archived === undefined) throw new Error('gone');
  await world.act(archived, who, 'verify');
  await world.runRelay();
  expect(published().map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(await markOf(record.code)).toBe(11);
});

test('with SNS down the records come again, and nothing is lost', async () => {
  const first = await world.file();
  const second = await world.file();
  let down = 3;
  world.faults.sns = () => {
    down -= 1;
    return down >= 0 ? Object.assign(new Error('throttled'), { name: 'ThrottledException' }) : undefined;
  };
  await world.runRelay(2);
  expect(world.stream).toHaveLength(2);
  expect(await markOf(first.code)).toBeUndefined();
  await world.runRelay();
  expect(published().map(({ code }) => code)).toEqual([first.code, second.code]);
  delete world.faults.sns;
});

test('throttled in the middle of a batch: what went out stays, the rest comes again, no mark passes a gap', async () => {
  const who = await coordinator();
  const record = await world.file();
  await world.act(record, who, 'verify');
  const other = await world.file();
  // Entries: filed and verified of the first case, filed of the other. The first is refused.
  let once = true;
  world.faults.refuses = (id) => once && id === 0;
  await world.runRelay(1);
  once = false;
  expect(await markOf(record.code)).toBeUndefined();
  expect(await markOf(other.code)).toBe(1);
  await world.runRelay();
  delete world.faults.refuses;
  const all = published();
  for (const seq of [1, 2]) expect(all).toContainEqual(expect.objectContaining({ code: record.code, seq }));
  expect(all.filter(({ code }) => code === other.code)).toHaveLength(1);
  expect(await markOf(record.code)).toBe(2);
});

test('a record that is no case fails alone', async () => {
  const record = await world.file();
  world.stream.push({
    id: 'poison',
    read: () => {
      throw new Error('no case');
    },
  });
  await world.runRelay(1);
  expect(published().map(({ code }) => code)).toEqual([record.code]);
  expect(world.stream.splice(0).map(({ id }) => id)).toEqual(['poison']);
});

test('killed between any two calls, before or after them: every event goes out, the mark is right', async () => {
  for (const answered of [false, true]) {
    for (let n = 1; n <= 4; n += 1) {
      const record = await world.file({ category: 'kebakaran' });
      world.killAt(n, answered);
      await world.runRelay();
      expect(world.stream).toEqual([]);
      expect([...new Set(published().map(({ seq }) => seq))]).toEqual([1, 2]);
      expect(await markOf(record.code)).toBe(2);
    }
  }
});
