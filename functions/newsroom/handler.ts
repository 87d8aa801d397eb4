import { markStore } from '../announcing/cap/marks.ts';
import { announcementStore } from '../announcing/store.ts';
import { telling } from '../announcing/telling.ts';
import { envSigner } from '../attachments/sign.ts';
import { fileStore } from '../attachments/store.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock } from '../kernel/time.ts';
import { staffActor } from '../people/actors.ts';
import { staffReader } from '../people/staff.ts';
import { orderStore } from '../sendings/order.ts';
import { newsroom } from './contract.ts';
import { operations } from './operations.ts';

const setting = readEnv('casesTable', 'incomingBucket', 'filesBucket', 'secretId');
const table = tableOf(dynamo(), setting.casesTable);
const city = liveCity(settingStore(table));
const store = announcementStore(table);
const log = logFor('newsroom');

export const handler = api(
  newsroom,
  operations({
    table,
    store,
    marks: markStore(table),
    files: fileStore(table),
    telling: telling({ store, orders: orderStore(table) }),
    city,
    keys: loadKeys(setting.secretId),
    now: systemClock,
    links: { signer: envSigner(), bucket: setting.filesBucket },
    incoming: setting.incomingBucket,
    log,
  }),
  { log, actors: { staff: staffActor({ staff: staffReader(table), city }) } },
);
