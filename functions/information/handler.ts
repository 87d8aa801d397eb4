import { KMSClient } from '@aws-sdk/client-kms';
import { envSigner } from '../attachments/sign.ts';
import { fileStore } from '../attachments/store.ts';
import { caseStore } from '../cases/store.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import * as reports from '../complaints/information-workflow.ts';
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
import { anonymous } from '../people/anonymous.ts';
import { identityWriter } from '../people/identity.ts';
import { staffReader } from '../people/staff.ts';
import { bookStore } from './books.ts';
import { information } from './contract.ts';
import { requesterReader, requesterWriter } from './identity.ts';
import { shelf } from './list/shelf.ts';
import { listStore } from './list/store.ts';
import { operations } from './operations.ts';
import { informationRequest } from './own-workflow.ts';

const setting = readEnv(
  'casesTable',
  'identitiesTable',
  'identitiesKey',
  'secretId',
  'incomingBucket',
  'papersKey',
  'publicUrl',
  'filesBucket',
);
const client = dynamo();
const table = tableOf(client, setting.casesTable);
const keys = loadKeys(setting.secretId);
const city = liveCity(settingStore(table));
const staff = staffReader(table);
const items = listStore(table);
const shelved = shelf(items, Date.now);
const kms = new KMSClient({});
const sealing = {
  table: tableOf(client, setting.identitiesTable),
  kms,
  keyId: setting.identitiesKey,
  keys,
};

export const handler = api(
  information,
  operations({
    table,
    store: caseStore(table),
    books: bookStore(table),
    issued: issuedStore(table),
    seal: kmsSealer(kms, setting.papersKey),
    publicUrl: setting.publicUrl,
    items,
    shelf: shelved,
    files: fileStore(table),
    links: { signer: envSigner(), bucket: setting.filesBucket },
    incoming: setting.incomingBucket,
    city,
    keys,
    now: systemClock,
    workflows: { ...reports, informationRequest },
    staff,
    matches: async (live, words) => (await shelved(live)).match(words, 5),
    sealRequester: requesterWriter(sealing),
    sealContact: identityWriter(sealing),
    openRequester: requesterReader(sealing),
  }),
  {
    log: logFor('information'),
    actors: {
      public: anonymous,
      case: caseActor(keys, () => toSeconds(systemClock())),
      citizen: citizenActor(keys),
      staff: staffActor({ staff, city }),
    },
  },
);
