import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { caseStore } from '../../cases/store.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { archive } from './archive.ts';

const setting = readEnv('casesTable');
const run = archive({
  store: caseStore(tableOf(dynamo(), setting.casesTable)),
  log: logFor('archive'),
});

export const handler = async ({ Records: records }: SQSEvent): Promise<SQSBatchResponse> => {
  const failed = await run(records.map(({ messageId, body }) => ({ id: messageId, body })));
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
