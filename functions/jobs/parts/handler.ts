import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { caseStore } from '../../cases/store.ts';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { workflows } from '../../workflows.ts';
import { parts } from './parts.ts';

const setting = readEnv('casesTable');
const table = tableOf(dynamo(), setting.casesTable);

const run = parts({
  store: caseStore(table),
  city: liveCity(settingStore(table)),
  workflows,
  now: systemClock,
  log: logFor('parts'),
});

export const handler = async ({ Records: records }: SQSEvent): Promise<SQSBatchResponse> => {
  const failed = await run(records.map(({ messageId, body }) => ({ id: messageId, body })));
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
