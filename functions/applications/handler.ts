import { KMSClient } from '@aws-sdk/client-kms';
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
import { identityWriter } from '../people/identity.ts';
import { staffReader } from '../people/staff.ts';
import { catalogueOf } from './catalogue.ts';
import { applications } from './contract.ts';
import { draftStore } from './draft-store.ts';
import { operations } from './operations.ts';
import { application } from './own-workflow.ts';
import { answerStore } from './sealed.ts';

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
const settings = settingStore(table);
const city = liveCity(settings, Date.now, ['standards']);
const staff = staffReader(table);
const identities = {
  table: tableOf(client, setting.identitiesTable),
  kms: new KMSClient({}),
  keyId: setting.identitiesKey,
  keys,
};

export const handler = api(
  applications,
  operations({
    table,
    store: caseStore(table),
    city,
    keys,
    now: systemClock,
    workflows: { application },
    catalogue: catalogueOf(settings),
    answers: answerStore(identities),
    drafts: draftStore(identities),
    identify: identityWriter(identities),
    staff,
    quota: { limit: Number(setting.filingsPerHour), seconds: 3600 },
  }),
  {
    log: logFor('applications'),
    address: viewerAddress(setting.originSecretId),
    actors: {
      public: anonymous,
      case: caseActor(keys, () => toSeconds(systemClock())),
      citizen: citizenActor(keys),
      staff: staffActor({ staff, city }),
    },
  },
);
