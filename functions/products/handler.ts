import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { application } from '../applications/product-workflow.ts';
import { envSigner } from '../attachments/sign.ts';
import { caseStore } from '../cases/store.ts';
import { liveCity } from '../city/live.ts';
import { pastServices } from '../city/past.ts';
import { settingStore } from '../city/store.ts';
import { issuedStore } from '../issued/store.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { env, readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock, toSeconds } from '../kernel/time.ts';
import { caseActor, citizenActor, staffActor } from '../people/actors.ts';
import { staffReader } from '../people/staff.ts';
import { bsreCredentials, bsreSigner } from './bsre.ts';
import { products } from './contract.ts';
import { signedObjects } from './objects.ts';
import { operations } from './operations.ts';

const setting = readEnv('casesTable', 'incomingBucket', 'filesBucket', 'secretId', 'publicUrl');
const table = tableOf(dynamo(), setting.casesTable);
const settings = settingStore(table);
const city = liveCity(settings);
const keys = loadKeys(setting.secretId);

/** Both or neither are given (lib/paper-grants.ts). */
const { [env.bsreUrl]: url, [env.bsreSecretId]: secretId } = process.env;
const signer =
  url === undefined || secretId === undefined
    ? undefined
    : bsreSigner({ url, credentials: bsreCredentials(new SecretsManagerClient({}), secretId) });

export const handler = api(
  products,
  operations({
    store: caseStore(table),
    issued: issuedStore(table),
    objects: signedObjects(envSigner(), setting.incomingBucket, setting.filesBucket),
    signer,
    city,
    services: pastServices(settings),
    keys,
    now: systemClock,
    workflows: { application },
    publicUrl: setting.publicUrl,
  }),
  {
    log: logFor('products'),
    actors: {
      case: caseActor(keys, () => toSeconds(systemClock())),
      citizen: citizenActor(keys),
      staff: staffActor({ staff: staffReader(table), city }),
    },
  },
);
