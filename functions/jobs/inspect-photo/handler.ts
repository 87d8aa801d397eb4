import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { fileStore } from '../../attachments/store.ts';
import { caseStore } from '../../cases/store.ts';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { workflows } from '../../workflows.ts';
import { createCodecs } from './codecs.ts';
import { s3Objects } from './objects.ts';
import { inspectFiles } from './run.ts';

const setting = readEnv('casesTable', 'incomingBucket', 'filesBucket');
const table = tableOf(dynamo(), setting.casesTable);
const run = inspectFiles({
  store: caseStore(table),
  files: fileStore(table),
  objects: s3Objects(setting.incomingBucket, setting.filesBucket),
  codecs: createCodecs(),
  city: liveCity(settingStore(table)),
  workflows,
  now: systemClock,
  log: logFor('inspect-photo'),
});

export const handler = async ({ Records: records }: SQSEvent): Promise<SQSBatchResponse> => {
  const failed = await run(records.map(({ messageId, body }) => ({ id: messageId, body })));
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
