import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * The table's client. A call that hangs is cut and tried again while the function still has time to answer; without
 * limits it would wait until the gateway gives up, and the caller would not know what became of it.
 */
export const dynamo = (): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 2500, throwOnRequestTimeout: true },
  });
