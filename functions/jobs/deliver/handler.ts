import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { caseStore } from '../../cases/store.ts';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { configuredChannels } from '../../events/channels/configured.ts';
import { mailClient } from '../../events/channels/email.ts';
import { receiptStore } from '../../events/receipts.ts';
import { unreachableStore } from '../../events/unreachable.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { directory } from '../../people/directory.ts';
import { staffReader } from '../../people/staff.ts';
import { workflows } from '../../workflows.ts';
import { deliver } from './deliver.ts';

const setting = readEnv('casesTable', 'mailFrom', 'publicUrl');
const table = tableOf(dynamo(), setting.casesTable);
const city = liveCity(settingStore(table));

const run = deliver({
  store: caseStore(table),
  city,
  workflows,
  directory: directory({ table, staff: staffReader(table), city }),
  channels: configuredChannels({ environment: process.env, ses: mailClient(), mailFrom: setting.mailFrom }),
  receipts: receiptStore(table),
  unreachable: unreachableStore(table),
  publicUrl: setting.publicUrl,
  now: systemClock,
  log: logFor('deliver'),
});

export const handler = async (
  { Records: records }: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> => {
  const failed = await run(
    records.map(({ messageId, body }) => ({ id: messageId, body })),
    () => context.getRemainingTimeInMillis(),
  );
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
