import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What one use case cost the table. */
export interface Spent {
  readonly calls: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

interface Capacity {
  readonly CapacityUnits?: number;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
}

const writes = /Put|Update|Delete|Transact/;

/** Counts calls and capacity units of everything a client sends, as the engine itself reports them. */
export const meter = (client: DynamoDBClient) => {
  let calls = 0;
  let readUnits = 0;
  let writeUnits = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const input = args.input as { ReturnConsumedCapacity?: string };
      const result = await next({ ...args, input: { ...input, ReturnConsumedCapacity: 'TOTAL' } as never });
      const { ConsumedCapacity } = result.output as { ConsumedCapacity?: Capacity | readonly Capacity[] };
      calls += 1;
      for (const c of [ConsumedCapacity ?? []].flat()) {
        const units = c.CapacityUnits ?? 0;
        if (writes.test(context.commandName ?? '')) writeUnits += c.WriteCapacityUnits ?? units;
        else readUnits += c.ReadCapacityUnits ?? units;
      }
      return result;
    },
    { step: 'initialize', name: 'meter' },
  );
  return async <T>(run: () => Promise<T>): Promise<Spent & { readonly result: T }> => {
    const before = { calls, readUnits, writeUnits };
    const result = await run();
    return {
      result,
      calls: calls - before.calls,
      readUnits: readUnits - before.readUnits,
      writeUnits: writeUnits - before.writeUnits,
    };
  };
};
