import { KMSClient } from '@aws-sdk/client-kms';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { announcementStore } from '../announcing/store.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { channelNames } from '../events/told.ts';
import { viewerAddress } from '../kernel/address.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { env, readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock as now } from '../kernel/time.ts';
import { citizenActor, signedIn, staffActor } from '../people/actors.ts';
import { anonymous } from '../people/anonymous.ts';
import { bookStore } from '../people/book.ts';
import { pendingStore } from '../people/pending.ts';
import { staffReader } from '../people/staff.ts';
import { sendingAllowance } from '../sendings/allowance.ts';
import { letterStore } from '../sendings/letters.ts';
import { orderStore } from '../sendings/order.ts';
import { subscriberStore } from '../sendings/subscribers.ts';
import { type Account, accountOperations } from './citizens.ts';
import { subscriptions } from './contract.ts';
import { deskOperations } from './desk.ts';
import { newsOperations } from './news.ts';
import { ownSubscriptions } from './own.ts';
import { pageOperations } from './pages.ts';

const setting = readEnv('casesTable', 'identitiesTable', 'identitiesKey', 'secretId', 'originSecretId');
const client = dynamo();
const table = tableOf(client, setting.casesTable);
const identities = tableOf(client, setting.identitiesTable);
const keys = loadKeys(setting.secretId);
const city = liveCity(settingStore(table));
const books = bookStore(identities);
const pending = pendingStore(identities);
const sealing = { kms: new KMSClient({}), keyId: setting.identitiesKey };
const subscribers = subscriberStore(table);
const offered: ReadonlySet<string> = new Set((process.env[env.citizenChannels] ?? '').split(','));
const channels = new Set(channelNames.filter((channel) => offered.has(channel)));
const own = ownSubscriptions({ table, subscribers, books, sealing, keys, city, now, channels });

const account = async (event: APIGatewayProxyEventV2): Promise<Account> => ({
  ...(await citizenActor(keys)(event)),
  email: (await signedIn(event)).verifiedEmail,
});

export const handler = api(
  subscriptions,
  {
    ...accountOperations(own, keys),
    ...newsOperations({ own, table, books, sealing, keys, now, pending, letters: letterStore(table) }),
    ...pageOperations({ own, pending, keys, now }),
    ...deskOperations({
      announcements: announcementStore(table),
      orders: orderStore(table),
      subscribers,
      allowance: sendingAllowance(table),
      ...{ city, now, millis: Date.now, channels },
    }),
  },
  {
    log: logFor('subscriptions'),
    address: viewerAddress(setting.originSecretId),
    actors: { public: anonymous, citizen: account, staff: staffActor({ staff: staffReader(table), city }) },
  },
);
