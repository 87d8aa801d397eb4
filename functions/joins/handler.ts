import { KMSClient } from '@aws-sdk/client-kms';
import { caseStore } from '../cases/store.ts';
import { viewerAddress } from '../kernel/address.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock } from '../kernel/time.ts';
import { citizenActor } from '../people/actors.ts';
import { anonymous } from '../people/anonymous.ts';
import { identityPutter } from '../people/identity.ts';
import { supporterStore } from '../people/supporters.ts';
import { kinds } from '../report-kinds.ts';
import { joins } from './contract.ts';
import { operations } from './operations.ts';

const setting = readEnv(
  'casesTable',
  'identitiesTable',
  'identitiesKey',
  'secretId',
  'originSecretId',
  'filingsPerHour',
);
const client = dynamo();
const table = tableOf(client, setting.casesTable);
const keys = loadKeys(setting.secretId);

export const handler = api(
  joins,
  operations({
    table,
    store: caseStore(table),
    supporters: supporterStore(table),
    keys,
    now: systemClock,
    kinds,
    identify: identityPutter({
      table: tableOf(client, setting.identitiesTable),
      kms: new KMSClient({}),
      keyId: setting.identitiesKey,
      keys,
    }),
    // Whoever may file so often may also join so often.
    quota: { limit: Number(setting.filingsPerHour), seconds: 3600 },
  }),
  {
    log: logFor('joins'),
    address: viewerAddress(setting.originSecretId),
    actors: { public: anonymous, citizen: citizenActor(keys) },
  },
);
