import { KMSClient } from '@aws-sdk/client-kms';
import { caseStore } from '../cases/store.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { publicHalf } from '../issued/seal.ts';
import { issuedStore } from '../issued/store.ts';
import { viewerAddress } from '../kernel/address.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock } from '../kernel/time.ts';
import { anonymous } from '../people/anonymous.ts';
import { verify } from './contract.ts';
import { operations } from './operations.ts';

const setting = readEnv('casesTable', 'papersKey', 'secretId', 'originSecretId');
const table = tableOf(dynamo(), setting.casesTable);

export const handler = api(
  verify,
  operations({
    table,
    issued: issuedStore(table),
    store: caseStore(table),
    city: liveCity(settingStore(table)),
    keys: loadKeys(setting.secretId),
    publicKey: publicHalf(new KMSClient({}), setting.papersKey),
    now: systemClock,
  }),
  {
    log: logFor('verify'),
    address: viewerAddress(setting.originSecretId),
    actors: { public: anonymous },
  },
);
