import { KMSClient } from '@aws-sdk/client-kms';
import { caseStore } from '../cases/store.ts';
import { liveCity } from '../city/live.ts';
import type { City } from '../city/schema.ts';
import { settingStore } from '../city/store.ts';
import { viewerAddress } from '../kernel/address.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock } from '../kernel/time.ts';
import { citizenActor, staffActor } from '../people/actors.ts';
import { anonymous } from '../people/anonymous.ts';
import { identityWriter } from '../people/identity.ts';
import { staffReader } from '../people/staff.ts';
import { complaints } from './contract.ts';
import { entries } from './entry.ts';
import { operations } from './operations.ts';
import { type Prepared, prepare, suggest } from './suggest.ts';

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
const city = liveCity(settingStore(table), Date.now, ['boundaries']);

let prepared: { readonly of: City['categories']; readonly as: Prepared } | undefined;

export const handler = api(
  complaints,
  operations({
    table,
    store: caseStore(table),
    city,
    keys,
    now: systemClock,
    workflows: entries,
    suggest: ({ categories }, text) => {
      if (prepared?.of !== categories) prepared = { of: categories, as: prepare(categories) };
      return suggest(text, prepared.as);
    },
    identify: identityWriter({
      table: tableOf(client, setting.identitiesTable),
      kms: new KMSClient({}),
      keyId: setting.identitiesKey,
      keys,
    }),
    quota: { limit: Number(setting.filingsPerHour), seconds: 3600 },
  }),
  {
    log: logFor('complaints'),
    address: viewerAddress(setting.originSecretId),
    actors: {
      public: anonymous,
      citizen: citizenActor(keys),
      staff: staffActor({ staff: staffReader(table), city }),
    },
  },
);
