import { KMSClient } from '@aws-sdk/client-kms';
import { caseStore } from '../cases/store.ts';
import { liveCity } from '../city/live.ts';
import { pastServices } from '../city/past.ts';
import { settingStore } from '../city/store.ts';
import { kmsSealer } from '../issued/seal.ts';
import { issuedStore } from '../issued/store.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock, toSeconds } from '../kernel/time.ts';
import { caseActor, citizenActor, staffActor } from '../people/actors.ts';
import { staffReader } from '../people/staff.ts';
import { receipts } from './contract.ts';
import { operations } from './operations.ts';

const setting = readEnv('casesTable', 'papersKey', 'secretId', 'publicUrl');
const table = tableOf(dynamo(), setting.casesTable);
const settings = settingStore(table);
const city = liveCity(settings);
const keys = loadKeys(setting.secretId);

export const handler = api(
  receipts,
  operations({
    table,
    store: caseStore(table),
    issued: issuedStore(table),
    seal: kmsSealer(new KMSClient({}), setting.papersKey),
    city,
    services: pastServices(settings),
    keys,
    now: systemClock,
    publicUrl: setting.publicUrl,
  }),
  {
    log: logFor('receipts'),
    actors: {
      case: caseActor(keys, () => toSeconds(systemClock())),
      citizen: citizenActor(keys),
      staff: staffActor({ staff: staffReader(table), city }),
    },
  },
);
