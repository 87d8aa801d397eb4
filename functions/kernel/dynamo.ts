import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Takes a client's logging step out. It prepares every call and answer for a log that nobody keeps: 8 % of the CPU of
 * a warm request (docs/adr/0075).
 */
export const unlogged = <C extends { readonly middlewareStack: { remove: (name: string) => boolean } }>(
  client: C,
): C => {
  client.middlewareStack.remove('loggerMiddleware');
  return client;
};

/**
 * The table's client. A call that hangs is cut and tried again while the function still has time to answer; without
 * limits it would wait until the gateway gives up, and the caller would not know what became of it.
 */
export const dynamo = (): DynamoDBClient =>
  unlogged(
    new DynamoDBClient({
      maxAttempts: 4,
      requestHandler: { connectionTimeout: 1000, requestTimeout: 2500, throwOnRequestTimeout: true },
    }),
  );
