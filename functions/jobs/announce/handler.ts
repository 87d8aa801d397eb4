import { markStore } from '../../announcing/cap/marks.ts';
import { alertTaker } from '../../announcing/cap/take.ts';
import { announcementStore } from '../../announcing/store.ts';
import { telling } from '../../announcing/telling.ts';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { loadKeys } from '../../kernel/keys.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { orderStore } from '../../sendings/order.ts';
import { type Announced, announce } from './announce.ts';
import { fetchText } from './fetch.ts';
import { seenStore } from './store.ts';

const setting = readEnv('casesTable', 'secretId');
const table = tableOf(dynamo(), setting.casesTable);
const city = liveCity(settingStore(table));
const store = announcementStore(table);
const teller = telling({ store, orders: orderStore(table) });

const run = announce({
  telling: teller,
  take: alertTaker({
    ...{ store, city, telling: teller, marks: markStore(table) },
    keys: loadKeys(setting.secretId),
    now: systemClock,
  }),
  fetchText: fetchText(),
  seen: seenStore(table),
  city,
  now: systemClock,
  log: logFor('announce'),
});

/** Fails when something could not be done yet, which the alarm counts; the next minute is the retry. */
export const handler = async (): Promise<Announced> => {
  const done = await run();
  if (done.failed > 0) throw new Error(`${done.failed} announcements or sources of warnings were left`);
  return done;
};
