import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { sendingWorld } from '../../../test/sendings.ts';
import { fanout } from './fanout.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

test('a run that finds the queue of a channel too long leaves it as it was, however often it comes', async () => {
  const world = await sendingWorld(tables);
  const { allowance, millis } = world.deps;
  for (let n = 0; n < 3; n += 1) await world.subscribe(`p${n}`);
  const what = world.announced();
  await world.orders.place(what);
  const [mail] = world.city.sendings.channels;
  if (mail?.channel !== 'email') throw new Error('mail comes first');
  // Other sendings have places for longer than a run lasts.
  await allowance.queue(mail, mail.perSecond * 55, millis());
  for (let n = 0; n < 4; n += 1) expect(await fanout(world.deps)(what, () => 60_000)).toBe('next');
  expect(await allowance.queue(mail, 1, millis())).toBe(millis() + 55_000);
  expect(world.messages).toEqual([]);
  world.pass(60);
  expect(await world.work(what)).toBe('done');
  expect(world.messages).toHaveLength(3);
});
