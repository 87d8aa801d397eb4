import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

test('a condition that fails answers the item that stood there', async () => {
  await tables.cases.put({ pk: 'a', sk: 'b', n: 1 });
  expect(
    await tables.cases.put({ pk: 'a', sk: 'b', n: 2 }, { ConditionExpression: 'attribute_not_exists(pk)' }),
  ).toEqual({ done: false, old: { pk: 'a', sk: 'b', n: 1 } });
});
