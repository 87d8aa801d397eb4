import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { caseStore, parseCase } from '../../cases/store.ts';
import { relayMarks } from '../../events/marks.ts';
import { publisher } from '../../events/publish.ts';
import { dynamo, unlogged } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { relay } from './relay.ts';

const setting = readEnv('casesTable', 'caseEventsTopic');
const table = tableOf(dynamo(), setting.casesTable);
// A hanging call must not eat the function's 30 s: what was published by then still has to be marked.
const sns = unlogged(
  new SNSClient({
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
  }),
);

const run = relay({
  store: caseStore(table),
  marks: relayMarks(table),
  publish: publisher(sns, setting.caseEventsTopic),
  now: systemClock,
  log: logFor('relay'),
});

export const handler = async ({ Records: records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const failed = await run(
    records.map(({ dynamodb: change }) => ({
      id: change?.SequenceNumber ?? '',
      read: () => parseCase(unmarshall((change?.NewImage ?? {}) as Record<string, AttributeValue>)),
    })),
  );
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
