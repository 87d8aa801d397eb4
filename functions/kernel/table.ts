import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  ScanCommand,
  type ScanCommandInput,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { untilNoneIsLeft } from './unprocessed.ts';

export type Item = Readonly<Record<string, unknown>>;
export type Key = Readonly<Record<'pk' | 'sk', string>>;

const encode = (item: Item | Key): Record<string, AttributeValue> =>
  marshall(item, { removeUndefinedValues: true });
const decode = (item: Record<string, AttributeValue>): Item => unmarshall(item);

const pageOf = ({ Items: items = [], LastEvaluatedKey: last }: RawPage): Page => ({
  items: items.map(decode),
  last: last === undefined ? undefined : decode(last),
});

/** A write that its condition refused, with the item as it stood (when the table answered it). */
export interface Refused {
  readonly done: false;
  readonly old: Item | undefined;
}
export interface Done {
  readonly done: true;
}
export type Written = Done | Refused;

type Expression = Pick<PutItemCommandInput, 'ConditionExpression' | 'ExpressionAttributeNames'> & {
  readonly values?: Item;
};

export interface TransactPart {
  readonly put?: { readonly item: Item } & Expression;
  readonly update?: { readonly key: Key; readonly UpdateExpression: string } & Expression;
  readonly remove?: { readonly key: Key } & Expression;
  readonly check?: { readonly key: Key; readonly ConditionExpression: string } & Expression;
}

export interface Page {
  readonly items: readonly Item[];
  /** Where the index or table goes on; undefined at the end. */
  readonly last: Item | undefined;
}

type RawPage = Pick<QueryCommandOutput, 'Items' | 'LastEvaluatedKey'>;

export type Table = ReturnType<typeof tableOf>;

/**
 * The thin codec between plain objects and one DynamoDB table. It knows expressions' plumbing, never their meaning:
 * keys and conditions are written in each feature's `store.ts`.
 */
export const tableOf = (client: DynamoDBClient, name: string) => {
  const withValues = <E extends Expression>({ values, ...rest }: E) => ({
    ...rest,
    ...(values === undefined ? {} : { ExpressionAttributeValues: encode(values) }),
  });

  const judged = (condition: Expression) => ({
    ...withValues(condition),
    ...(condition.ConditionExpression === undefined
      ? {}
      : { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const }),
  });

  const refusedOr = async (send: () => Promise<unknown>): Promise<Written> => {
    try {
      await send();
      return { done: true };
    } catch (e) {
      if (!(e instanceof ConditionalCheckFailedException)) throw e;
      return { done: false, old: e.Item === undefined ? undefined : decode(e.Item) };
    }
  };

  const get = async (key: Key, consistent = true): Promise<Item | undefined> => {
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName: name, Key: encode(key), ConsistentRead: consistent }),
    );
    return item === undefined ? undefined : decode(item);
  };

  /** Puts an item; with a condition, tells whether it held and what stood there otherwise. */
  const put = (item: Item, condition: Expression = {}): Promise<Written> =>
    refusedOr(() =>
      client.send(
        new PutItemCommand({
          TableName: name,
          Item: encode(item),
          ...judged(condition),
        }),
      ),
    );

  const update = (
    key: Key,
    input: Pick<UpdateItemCommandInput, 'UpdateExpression'> & Expression,
  ): Promise<Written> =>
    refusedOr(() =>
      client.send(
        new UpdateItemCommand({
          TableName: name,
          Key: encode(key),
          ...withValues(input),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    );

  /** Deletes an item; with a condition, tells whether it held and what stood there otherwise. */
  const remove = (key: Key, condition: Expression = {}): Promise<Written> =>
    refusedOr(() =>
      client.send(
        new DeleteItemCommand({
          TableName: name,
          Key: encode(key),
          ...judged(condition),
        }),
      ),
    );

  /** One page of a query, as the table cuts it. */
  const query = async (
    input: Pick<
      QueryCommandInput,
      | 'IndexName'
      | 'KeyConditionExpression'
      | 'ExpressionAttributeNames'
      | 'Limit'
      | 'ScanIndexForward'
      | 'ConsistentRead'
      | 'ProjectionExpression'
    > & { readonly values: Item; readonly from?: Item | undefined },
  ): Promise<Page> => {
    const { values, from, ...rest } = input;
    const page = await client.send(
      new QueryCommand({
        TableName: name,
        ...rest,
        ExpressionAttributeValues: encode(values),
        ...(from === undefined ? {} : { ExclusiveStartKey: encode(from) }),
      }),
    );
    return pageOf(page);
  };

  /** One page of the whole table, strongly read: for jobs that compare everything, never for a request. */
  const scan = async (
    input: Pick<ScanCommandInput, 'FilterExpression' | 'Limit'> & {
      readonly values: Item;
      readonly from?: Item | undefined;
    },
  ): Promise<Page> => {
    const { values, from, ...rest } = input;
    const page = await client.send(
      new ScanCommand({
        TableName: name,
        ConsistentRead: true,
        ...rest,
        ExpressionAttributeValues: encode(values),
        ...(from === undefined ? {} : { ExclusiveStartKey: encode(from) }),
      }),
    );
    return pageOf(page);
  };

  /**
   * Up to 100 keys. Unprocessed keys are asked again, at most `tries` times with a growing wait.
   * @throws Error when the table still left keys out
   */
  const batchGet = async (keys: readonly Key[], consistent = true, tries = 5): Promise<readonly Item[]> => {
    const items: Item[] = [];
    await untilNoneIsLeft(tries, keys.map(encode), async (left) => {
      const answer = await client.send(
        new BatchGetItemCommand({ RequestItems: { [name]: { Keys: left, ConsistentRead: consistent } } }),
      );
      items.push(...(answer.Responses?.[name] ?? []).map(decode));
      return answer.UnprocessedKeys?.[name]?.Keys ?? [];
    });
    return items;
  };

  /**
   * Puts up to 25 items, each for itself and without conditions. Unprocessed ones are put again as in `batchGet`.
   * @throws Error when the table still left items out; the others are put
   */
  const batchPut = (items: readonly (Item & Key)[], tries = 5): Promise<void> => {
    const all: WriteRequest[] = items.map((item) => ({ PutRequest: { Item: encode(item) } }));
    return untilNoneIsLeft(tries, all, async (left) => {
      const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: left } }));
      return answer.UnprocessedItems?.[name] ?? [];
    });
  };

  /** All parts or none. `done: false` names the parts whose condition failed; other cancellations are thrown. */
  const transact = async (
    parts: readonly TransactPart[],
  ): Promise<Done | { readonly done: false; readonly failed: readonly number[] }> => {
    const items: TransactWriteItem[] = parts.map((part) => {
      if (part.put !== undefined) {
        const { item, ...condition } = part.put;
        return { Put: { TableName: name, Item: encode(item), ...withValues(condition) } };
      }
      if (part.update !== undefined) {
        const { key, ...update } = part.update;
        return { Update: { TableName: name, Key: encode(key), ...withValues(update) } };
      }
      if (part.remove !== undefined) {
        const { key, ...condition } = part.remove;
        return { Delete: { TableName: name, Key: encode(key), ...withValues(condition) } };
      }
      if (part.check === undefined) throw new Error('an empty transaction part');
      const { key, ...check } = part.check;
      return { ConditionCheck: { TableName: name, Key: encode(key), ...withValues(check) } };
    });
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
      return { done: true };
    } catch (e) {
      if (!(e instanceof TransactionCanceledException)) throw e;
      const reasons = e.CancellationReasons ?? [];
      const failed = reasons.flatMap((r, i) => (r.Code === 'ConditionalCheckFailed' ? [i] : []));
      if (failed.length === 0) throw e;
      return { done: false, failed };
    }
  };

  return { get, put, update, remove, query, scan, batchGet, batchPut, transact };
};
