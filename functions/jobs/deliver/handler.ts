import { KMSClient } from '@aws-sdk/client-kms';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { caseStore } from '../../cases/store.ts';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { smsAllowance } from '../../events/channels/allowance.ts';
import { configuredChannels } from '../../events/channels/configured.ts';
import { mailClient } from '../../events/channels/email.ts';
import { smsChannel, smsClient } from '../../events/channels/sms.ts';
import { laterStore } from '../../events/later.ts';
import { publisher } from '../../events/publish.ts';
import { receiptStore } from '../../events/receipts.ts';
import { unreachableStore } from '../../events/unreachable.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { env, readEnv } from '../../kernel/env.ts';
import { loadKeys } from '../../kernel/keys.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock, toSeconds } from '../../kernel/time.ts';
import { together } from '../../kernel/together.ts';
import { bookStore } from '../../people/book.ts';
import { citizenReader } from '../../people/citizens.ts';
import { directory } from '../../people/directory.ts';
import { staffReader } from '../../people/staff.ts';
import { workflows } from '../../workflows.ts';
import { deliver } from './deliver.ts';

const setting = readEnv(
  'casesTable',
  'identitiesTable',
  'secretId',
  'caseEventsTopic',
  'mailFrom',
  'publicUrl',
);
const client = dynamo();
// The messages of a batch are worked on side by side and ask for their cases at the same moment.
const table = together(tableOf(client, setting.casesTable));
const city = liveCity(settingStore(table));
const keys = loadKeys(setting.secretId);
const perMonth = Number(process.env[env.smsPerMonth] ?? 0);

const channels = configuredChannels({
  environment: process.env,
  ses: mailClient(),
  mailFrom: setting.mailFrom,
  push: { keys, subject: setting.publicUrl, seconds: () => toSeconds(systemClock()) },
  sms: perMonth > 0 ? smsChannel(smsClient(), smsAllowance(table, perMonth, systemClock)) : undefined,
});

const run = deliver({
  store: caseStore(table),
  city,
  workflows,
  directory: directory({ table, staff: staffReader(table), city }),
  citizens: citizenReader({
    cases: table,
    books: bookStore(tableOf(client, setting.identitiesTable)),
    kms: new KMSClient({}),
    keys,
    channels: new Set(channels.map(({ name }) => name)),
  }),
  channels,
  receipts: receiptStore(table),
  later: laterStore(table),
  publish: publisher(new SNSClient({}), setting.caseEventsTopic),
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
