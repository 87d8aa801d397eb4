import type { Context } from 'aws-lambda';
import { listRows } from '../../cases/store.ts';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { configuredChannels } from '../../events/channels/configured.ts';
import { mailClient } from '../../events/channels/email.ts';
import { receiptStore } from '../../events/receipts.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { directory } from '../../people/directory.ts';
import { staffReader } from '../../people/staff.ts';
import { type Digested, digest } from './digest.ts';

const setting = readEnv('casesTable', 'mailFrom', 'publicUrl');
const table = tableOf(dynamo(), setting.casesTable);
const city = liveCity(settingStore(table));

const run = digest({
  rows: (partition, limit) => listRows(table, 'gsi1', partition, undefined, limit),
  city,
  directory: directory({ table, staff: staffReader(table), city }),
  channels: configuredChannels({ environment: process.env, ses: mailClient(), mailFrom: setting.mailFrom }),
  receipts: receiptStore(table),
  publicUrl: setting.publicUrl,
  now: systemClock,
  log: logFor('digest'),
});

/** A run that did not end fails, so that it is tried again; the receipts say who has theirs. */
export const handler = async (
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<Digested> => {
  const done = await run(() => context.getRemainingTimeInMillis());
  if (done.left > 0) throw new Error(`${done.left} notices of the digest did not end`);
  return done;
};
