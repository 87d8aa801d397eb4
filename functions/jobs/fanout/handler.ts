import { KMSClient } from '@aws-sdk/client-kms';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { smsAllowance } from '../../events/channels/allowance.ts';
import { configuredChannels } from '../../events/channels/configured.ts';
import { mailClient } from '../../events/channels/email.ts';
import { smsChannel, smsClient } from '../../events/channels/sms.ts';
import { publisher } from '../../events/publish.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { env, readEnv } from '../../kernel/env.ts';
import { loadKeys } from '../../kernel/keys.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock, toSeconds } from '../../kernel/time.ts';
import { bookStore } from '../../people/book.ts';
import { subscriberReader } from '../../people/subscribers.ts';
import { sendingAllowance } from '../../sendings/allowance.ts';
import { linksOf } from '../../sendings/links.ts';
import { orderStore } from '../../sendings/order.ts';
import { sendingReceipts } from '../../sendings/receipts.ts';
import { sendingRequest } from '../../sendings/request.ts';
import { subscriberStore } from '../../sendings/subscribers.ts';
import { fanout } from './fanout.ts';

const setting = readEnv(
  'casesTable',
  'identitiesTable',
  'secretId',
  'caseEventsTopic',
  'mailFrom',
  'publicUrl',
);
const client = dynamo();
const table = tableOf(client, setting.casesTable);
const books = bookStore(tableOf(client, setting.identitiesTable));
const keys = loadKeys(setting.secretId);
const log = logFor('fanout');
const perMonth = Number(process.env[env.smsPerMonth] ?? 0);

const channels = configuredChannels({
  environment: process.env,
  ses: mailClient(),
  mailFrom: setting.mailFrom,
  push: { keys, subject: setting.publicUrl, seconds: () => toSeconds(systemClock()) },
  sms: perMonth > 0 ? smsChannel(smsClient(), smsAllowance(table, perMonth, systemClock)) : undefined,
});

const run = fanout({
  orders: orderStore(table),
  subscribers: subscriberStore(table),
  receipts: sendingReceipts(table),
  allowance: sendingAllowance(table),
  channels,
  reaching: subscriberReader({
    books,
    kms: new KMSClient({}),
    keys,
    channels: new Set(channels.map(({ name }) => name)),
  }),
  gone: books.close,
  links: linksOf(keys),
  city: liveCity(settingStore(table)),
  publish: publisher(new SNSClient({}), setting.caseEventsTopic),
  publicUrl: setting.publicUrl,
  now: systemClock,
  millis: Date.now,
  sleep: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
  log,
});

/** A message that failed comes again; the job `rounds` wakes what lost its message. */
export const handler = async (
  { Records: records }: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> => {
  const failed: string[] = [];
  for (const { messageId, body } of records) {
    try {
      const { sending: id, version } = sendingRequest.parse(JSON.parse(body));
      await run({ id, version }, () => context.getRemainingTimeInMillis());
    } catch (e) {
      log.error('a sending broke off', e);
      failed.push(messageId);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
