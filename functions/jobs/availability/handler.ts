import type { Context } from 'aws-lambda';
import { availabilityStore } from '../../availability/store.ts';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { configuredChannels } from '../../events/channels/configured.ts';
import { mailClient } from '../../events/channels/email.ts';
import { receiptStore } from '../../events/receipts.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { env, readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { directory } from '../../people/directory.ts';
import { staffReader } from '../../people/staff.ts';
import { askDirectly, askVia } from './ask.ts';
import { type LookedAt, lookAround } from './availability.ts';
import { look } from './look.ts';

const setting = readEnv('casesTable', 'mailFrom', 'publicUrl');
const table = tableOf(dynamo(), setting.casesTable);
const city = liveCity(settingStore(table));
const via = process.env[env.linksVia];
const ask = via === undefined || via === '' ? askDirectly() : askVia(via);

const run = lookAround({
  city,
  store: availabilityStore(table),
  look: (url) => look(ask, url),
  directory: directory({ table, staff: staffReader(table), city }),
  channels: configuredChannels({ environment: process.env, ses: mailClient(), mailFrom: setting.mailFrom }),
  receipts: receiptStore(table),
  publicUrl: setting.publicUrl,
  now: systemClock,
  clock: () => performance.now(),
  log: logFor('availability'),
});

export const handler = async (
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<LookedAt> => run(() => context.getRemainingTimeInMillis());
