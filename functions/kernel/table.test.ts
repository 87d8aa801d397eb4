import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { isProblem } from './errors.ts';
import { countAgainst } from './quota.ts';
import { tableOf } from './table.ts';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

test('a transaction names the parts whose condition failed, and writes none', async () => {
  await tables.cases.put({ pk: 'x', sk: '1', n: 1 });
  const result = await tables.cases.transact([
    { put: { item: { pk: 'x', sk: '2' } } },
    { put: { item: { pk: 'x', sk: '1' }, ConditionExpression: 'attribute_not_exists(pk)' } },
  ]);
  expect(result).toEqual({ done: false, failed: [1] });
  expect(await tables.cases.get({ pk: 'x', sk: '2' })).toBeUndefined();
});

test('a transaction removes and counts together, or does neither', async () => {
  const count = (n: number) => ({
    key: { pk: 'x', sk: 'count' },
    UpdateExpression: 'ADD used :n',
    values: { ':n': n },
  });
  await tables.cases.transact([{ put: { item: { pk: 'x', sk: '3' } } }, { update: count(1) }]);
  const removed = { key: { pk: 'x', sk: '3' }, ConditionExpression: 'attribute_exists(pk)' };
  const take = () => tables.cases.transact([{ remove: removed }, { update: count(-1) }]);
  expect([await take(), await take()]).toEqual([{ done: true }, { done: false, failed: [0] }]);
  expect(await tables.cases.get({ pk: 'x', sk: 'count' })).toMatchObject({ used: 0 });
});

test('unprocessed items are put again, and leaving them out for ever is an error', async () => {
  await tables.cases.batchPut([1, 2].map((n) => ({ pk: 'batch', sk: String(n), n })));
  expect(await tables.cases.get({ pk: 'batch', sk: '2' })).toMatchObject({ n: 2 });
  const mock = mockClient(DynamoDBClient);
  const left = { t: [{ PutRequest: { Item: { pk: { S: 'b' }, sk: { S: '1' } } } }] };
  mock.on(BatchWriteItemCommand).resolvesOnce({ UnprocessedItems: left }).resolvesOnce({});
  const table = tableOf(new DynamoDBClient({}), 't');
  const item = (pk: string) => ({ pk, sk: '1' });
  await table.batchPut([item('a'), item('b')]);
  expect(mock.calls().map(({ args }) => args[0].input)).toMatchObject([
    { RequestItems: { t: { length: 2 } } },
    { RequestItems: left },
  ]);
  mock.on(BatchWriteItemCommand).resolves({ UnprocessedItems: left });
  await expect(table.batchPut([item('b')], 2)).rejects.toThrow('left 1');
  mock.restore();
});

test('unprocessed keys are asked again, and leaving them out for ever is an error', async () => {
  const mock = mockClient(DynamoDBClient);
  const left = { t: { Keys: [{ pk: { S: 'b' }, sk: { S: '1' } }] } };
  mock
    .on(BatchGetItemCommand)
    .resolvesOnce({ Responses: { t: [{ pk: { S: 'a' } }] }, UnprocessedKeys: left })
    .resolvesOnce({ Responses: { t: [{ pk: { S: 'b' } }] } })
    .resolves({ UnprocessedKeys: left });
  const table = tableOf(new DynamoDBClient({}), 't');
  const keys = [
    { pk: 'a', sk: '1' },
    { pk: 'b', sk: '1' },
  ];
  expect(await table.batchGet(keys)).toEqual([{ pk: 'a' }, { pk: 'b' }]);
  await expect(table.batchGet(keys, true, 2)).rejects.toThrow('unprocessed');
  mock.restore();
});

test('a cancellation that no condition caused is not taken for a refusal', async () => {
  const mock = mockClient(DynamoDBClient);
  mock.on(TransactWriteItemsCommand).rejects(
    new TransactionCanceledException({
      message: 'x',
      $metadata: {},
      CancellationReasons: [{ Code: 'ThrottlingError' }],
    }),
  );
  await expect(tableOf(new DynamoDBClient({}), 't').transact([])).rejects.toThrow();
  mock.restore();
});

test('a quota lets exactly its limit through, however many come at once, and opens again with the next window', async () => {
  const quota = { limit: 5, seconds: 60 };
  const at = (now: string) => countAgainst(tables.cases, 'q', quota, now);
  const results = await Promise.allSettled(Array.from({ length: 12 }, () => at('2026-11-23T03:00:10Z')));
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(5);
  const refused = results.find((r) => r.status === 'rejected');
  expect(isProblem(refused?.reason) && [refused.reason.code, refused.reason.retryAfter]).toEqual([
    'tooManyRequests',
    50,
  ]);
  await expect(at('2026-11-23T03:01:00Z')).resolves.toBeUndefined();
});
