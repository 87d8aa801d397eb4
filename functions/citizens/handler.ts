import { KMSClient } from '@aws-sdk/client-kms';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { caseStore } from '../cases/store.ts';
import { type ChannelName, channelNames } from '../events/told.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { env, readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock, toSeconds } from '../kernel/time.ts';
import { caseActor, citizenActor, signedIn } from '../people/actors.ts';
import { anonymous } from '../people/anonymous.ts';
import { bookStore } from '../people/book.ts';
import { citizens } from './contract.ts';
import { type Account, preferenceOperations } from './preferences.ts';
import { stopOperations } from './stop.ts';

const setting = readEnv('casesTable', 'identitiesTable', 'identitiesKey', 'secretId');
const client = dynamo();
const table = tableOf(client, setting.casesTable);
const keys = loadKeys(setting.secretId);
const books = bookStore(tableOf(client, setting.identitiesTable));

const offered: ReadonlySet<string> = new Set((process.env[env.citizenChannels] ?? '').split(','));
const isOffered = (channel: ChannelName): boolean => offered.has(channel);

const account = async (event: APIGatewayProxyEventV2): Promise<Account> => ({
  ...(await citizenActor(keys)(event)),
  email: (await signedIn(event)).verifiedEmail,
});

export const handler = api(
  citizens,
  {
    ...preferenceOperations({
      table,
      store: caseStore(table),
      books,
      sealing: { kms: new KMSClient({}), keyId: setting.identitiesKey },
      keys,
      now: systemClock,
      channels: new Set(channelNames.filter(isOffered)),
    }),
    ...stopOperations({ books, keys, now: systemClock }),
  },
  {
    log: logFor('citizens'),
    actors: {
      public: anonymous,
      case: caseActor(keys, () => toSeconds(systemClock())),
      citizen: account,
    },
  },
);
