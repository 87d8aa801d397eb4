import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { caseStore } from '../../cases/store.ts';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { eachCase } from '../../events/each-case.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { bringUp } from '../../publication/bring-up.ts';
import { publicStore } from '../../publication/store.ts';

const setting = readEnv('casesTable');
const table = tableOf(dynamo(), setting.casesTable);

/** Brings the public copies of the cases that the messages name up to date. */
const run = eachCase({
  bringUp: bringUp({
    cases: caseStore(table),
    copies: publicStore(table),
    city: liveCity(settingStore(table)),
    now: systemClock,
  }),
  says: { done: 'published', failed: 'a public copy was not brought up to date' },
  log: logFor('publish'),
});

export const handler = async ({ Records: records }: SQSEvent): Promise<SQSBatchResponse> => {
  const failed = await run(records.map(({ messageId, body }) => ({ id: messageId, body })));
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
