import { caseStore } from '../cases/store.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock } from '../kernel/time.ts';
import { staffActor } from '../people/actors.ts';
import { staffReader } from '../people/staff.ts';
import { relationsWorkflows } from '../relations-workflows.ts';
import { relations } from './contract.ts';
import { operations } from './operations.ts';

const setting = readEnv('casesTable', 'secretId');
const table = tableOf(dynamo(), setting.casesTable);
const city = liveCity(settingStore(table));
const staff = staffReader(table);

export const handler = api(
  relations,
  operations({
    store: caseStore(table),
    city,
    keys: loadKeys(setting.secretId),
    now: systemClock,
    workflows: relationsWorkflows,
  }),
  { log: logFor('relations'), actors: { staff: staffActor({ staff, city }) } },
);
