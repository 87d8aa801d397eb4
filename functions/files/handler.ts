import { envSigner } from '../attachments/sign.ts';
import { fileStore } from '../attachments/store.ts';
import { caseStore } from '../cases/store.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { viewerAddress } from '../kernel/address.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock, toSeconds } from '../kernel/time.ts';
import { caseActor, citizenActor, staffActor } from '../people/actors.ts';
import { anonymous } from '../people/anonymous.ts';
import { staffReader } from '../people/staff.ts';
import { files } from './contract.ts';
import { operations } from './operations.ts';

const setting = readEnv(
  'casesTable',
  'incomingBucket',
  'filesBucket',
  'secretId',
  'originSecretId',
  'filingsPerHour',
);
const table = tableOf(dynamo(), setting.casesTable);
const keys = loadKeys(setting.secretId);
const city = liveCity(settingStore(table));

export const handler = api(
  files,
  operations({
    table,
    store: caseStore(table),
    files: fileStore(table),
    city,
    keys,
    now: systemClock,
    links: { signer: envSigner(), bucket: setting.filesBucket },
    incoming: setting.incomingBucket,
    // As many as one may file with.
    quota: { limit: 5 * Number(setting.filingsPerHour), seconds: 3600 },
  }),
  {
    log: logFor('files'),
    address: viewerAddress(setting.originSecretId),
    actors: {
      public: anonymous,
      case: caseActor(keys, () => toSeconds(systemClock())),
      citizen: citizenActor(keys),
      staff: staffActor({ staff: staffReader(table), city }),
    },
  },
);
