import { KMSClient } from '@aws-sdk/client-kms';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Context } from 'aws-lambda';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { emailChannel, mailClient } from '../../events/channels/email.ts';
import { publisher } from '../../events/publish.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { loadKeys } from '../../kernel/keys.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { pendingStore } from '../../people/pending.ts';
import { digestMark } from '../../sendings/digests.ts';
import { letterStore } from '../../sendings/letters.ts';
import { orderStore } from '../../sendings/order.ts';
import { sendLetters } from './letters.ts';
import { type Rounded, rounds } from './rounds.ts';

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
const city = liveCity(settingStore(table));
const log = logFor('rounds');

const run = rounds({
  orders: orderStore(table),
  mark: digestMark(table),
  city,
  publish: publisher(new SNSClient({}), setting.caseEventsTopic),
  now: systemClock,
  log,
});
const letters = sendLetters({
  letters: letterStore(table),
  pending: pendingStore(tableOf(client, setting.identitiesTable)),
  kms: new KMSClient({}),
  keys: loadKeys(setting.secretId),
  mail: emailChannel(mailClient(), setting.mailFrom),
  city,
  publicUrl: setting.publicUrl,
  now: systemClock,
  log,
});

/** Sendings first: a warning may be among them. */
export const handler = async (
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<Rounded & { readonly letters: number }> => {
  const rounded = await run();
  return { ...rounded, letters: await letters(() => context.getRemainingTimeInMillis()) };
};
