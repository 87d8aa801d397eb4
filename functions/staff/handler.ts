import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock } from '../kernel/time.ts';
import { signedIn, staffActor } from '../people/actors.ts';
import { staffReader } from '../people/staff.ts';
import { poolAccounts } from './accounts.ts';
import { staff } from './contract.ts';
import { delegationStore } from './delegation-store.ts';
import { type Caller, operations } from './operations.ts';
import { staffStore } from './store.ts';

const setting = readEnv('casesTable', 'secretId', 'staffPoolId', 'staffIssuer');
const table = tableOf(dynamo(), setting.casesTable);
const city = liveCity(settingStore(table));
const member = staffActor({ staff: staffReader(table), city });

export const handler = api<typeof staff, { staff: Caller }>(
  staff,
  operations({
    store: staffStore(table),
    delegations: delegationStore(table),
    accounts: poolAccounts(new CognitoIdentityProviderClient({}), setting.staffPoolId, setting.staffIssuer),
    city,
    keys: loadKeys(setting.secretId),
    now: systemClock,
    issuers: [setting.staffIssuer],
  }),
  {
    log: logFor('staff'),
    actors: {
      staff: (event, operation) =>
        operation === staff.operations.bindSignIn ? signedIn(event) : member(event, operation),
    },
  },
);
