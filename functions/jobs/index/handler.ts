import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { caseStore } from '../../cases/store.ts';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { indexer } from '../../postings/indexer.ts';
import { postingStore } from '../../postings/store.ts';
import { indexMessages } from './index.ts';

const setting = readEnv('casesTable');
const table = tableOf(dynamo(), setting.casesTable);

const run = indexMessages({
  index: indexer({
    store: postingStore(table),
    cases: caseStore(table),
    city: liveCity(settingStore(table)),
  }),
  log: logFor('index'),
});

export const handler = async ({ Records: records }: SQSEvent): Promise<SQSBatchResponse> => {
  const failed = await run(records.map(({ messageId, body }) => ({ id: messageId, body })));
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
