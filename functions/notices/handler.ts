import { KMSClient } from '@aws-sdk/client-kms';
import { SNSClient } from '@aws-sdk/client-sns';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { caseStore } from '../cases/store.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { openedMarks, reporterReceipts } from '../events/delivered.ts';
import { receiptStore } from '../events/receipts.ts';
import { type ChannelName, channelNames } from '../events/told.ts';
import { unreachableStore } from '../events/unreachable.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { env, readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock, toSeconds } from '../kernel/time.ts';
import { caseActor, citizenActor, signedIn, staffActor } from '../people/actors.ts';
import { anonymous } from '../people/anonymous.ts';
import { bookStore } from '../people/book.ts';
import { staffReader } from '../people/staff.ts';
import { workflows } from '../workflows.ts';
import { notices } from './contract.ts';
import { operations } from './operations.ts';
import type { Account } from './preferences.ts';
import { subscriptionStore } from './store.ts';
import { snsTopic } from './topic.ts';

const setting = readEnv('casesTable', 'identitiesTable', 'identitiesKey', 'secretId', 'caseEventsTopic');
const client = dynamo();
const table = tableOf(client, setting.casesTable);
const keys = loadKeys(setting.secretId);
const city = liveCity(settingStore(table));
const staff = staffReader(table);

const offered: ReadonlySet<string> = new Set((process.env[env.citizenChannels] ?? '').split(','));
const isOffered = (channel: ChannelName): boolean => offered.has(channel);

const account = async (event: APIGatewayProxyEventV2): Promise<Account> => ({
  ...(await citizenActor(keys)(event)),
  email: (await signedIn(event)).verifiedEmail,
});

export const handler = api(
  notices,
  operations({
    store: caseStore(table),
    receipts: receiptStore(table),
    unreachable: unreachableStore(table),
    subscriptions: subscriptionStore(table),
    topic: snsTopic(new SNSClient({}), setting.caseEventsTopic),
    staff,
    city,
    keys,
    now: systemClock,
    kinds: Object.keys(workflows),
    table,
    books: bookStore(tableOf(client, setting.identitiesTable)),
    sealing: { kms: new KMSClient({}), keyId: setting.identitiesKey },
    channels: new Set(channelNames.filter(isOffered)),
    ofReporter: (code) => reporterReceipts(table, code),
    opened: openedMarks(table).read,
  }),
  {
    log: logFor('notices'),
    actors: {
      public: anonymous,
      case: caseActor(keys, () => toSeconds(systemClock())),
      citizen: account,
      staff: staffActor({ staff, city }),
    },
  },
);
