import { announcementStore } from '../announcing/store.ts';
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
import { anonymous } from '../people/anonymous.ts';
import { announcements } from './contract.ts';
import { operations } from './operations.ts';

const setting = readEnv('casesTable', 'filesBucket', 'secretId', 'publicUrl');
const table = tableOf(dynamo(), setting.casesTable);

export const handler = api(
  announcements,
  operations({
    store: announcementStore(table),
    files: fileStore(table),
    city: liveCity(settingStore(table)),
    keys: loadKeys(setting.secretId),
    now: systemClock,
    links: { signer: envSigner(), bucket: setting.filesBucket },
    publicUrl: setting.publicUrl,
  }),
  { log: logFor('announcements'), actors: { public: anonymous } },
);
