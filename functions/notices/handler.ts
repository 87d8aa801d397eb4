import { SNSClient } from '@aws-sdk/client-sns';
import { caseStore } from '../cases/store.ts';
import { caseKinds } from '../city/kinds.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { openedMarks, reporterReceipts } from '../events/delivered.ts';
import { receiptStore } from '../events/receipts.ts';
import { unreachableStore } from '../events/unreachable.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock } from '../kernel/time.ts';
import { staffActor } from '../people/actors.ts';
import { staffReader } from '../people/staff.ts';
import { notices } from './contract.ts';
import { operations } from './operations.ts';
import { subscriptionStore } from './store.ts';
import { snsTopic } from './topic.ts';

const setting = readEnv('casesTable', 'secretId', 'caseEventsTopic');
const table = tableOf(dynamo(), setting.casesTable);
const keys = loadKeys(setting.secretId);
const city = liveCity(settingStore(table));
const staff = staffReader(table);

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
    kinds: caseKinds,
    ofReporter: (code) => reporterReceipts(table, code),
    opened: openedMarks(table).read,
  }),
  { log: logFor('notices'), actors: { staff: staffActor({ staff, city }) } },
);
