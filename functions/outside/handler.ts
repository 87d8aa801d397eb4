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
import { systemClock } from '../kernel/time.ts';
import { outsideWorkflows } from '../outside-workflows.ts';
import { staffActor } from '../people/actors.ts';
import { anonymous } from '../people/anonymous.ts';
import { staffReader } from '../people/staff.ts';
import { outside } from './contract.ts';
import { operations } from './operations.ts';

const setting = readEnv('casesTable', 'secretId', 'originSecretId', 'publicUrl');
const table = tableOf(dynamo(), setting.casesTable);
const city = liveCity(settingStore(table));

export const handler = api(
  outside,
  operations({
    table,
    store: caseStore(table),
    city,
    keys: loadKeys(setting.secretId),
    now: systemClock,
    workflows: outsideWorkflows,
    publicUrl: setting.publicUrl,
  }),
  {
    log: logFor('outside'),
    address: viewerAddress(setting.originSecretId),
    actors: { public: anonymous, staff: staffActor({ staff: staffReader(table), city }) },
  },
);
