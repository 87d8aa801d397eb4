import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { caseStore } from '../../cases/store.ts';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { eachCase } from '../../events/each-case.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { indexer } from '../../postings/indexer.ts';
import { postingStore } from '../../postings/store.ts';

const setting = readEnv('casesTable');
const table = tableOf(dynamo(), setting.casesTable);

const index = indexer({
  store: postingStore(table),
  cases: caseStore(table),
  city: liveCity(settingStore(table)),
});

/** Brings the postings of the cases that the messages name up to date. */
const run = eachCase({
  bringUp: async (code) => (await index(code)) === 'indexed',
  says: { done: 'indexed', failed: 'a case was not indexed' },
  log: logFor('index'),
});

export const handler = async ({ Records: records }: SQSEvent): Promise<SQSBatchResponse> => {
  const failed = await run(records.map(({ messageId, body }) => ({ id: messageId, body })));
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
