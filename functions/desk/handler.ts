import { caseStore } from '../cases/store.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { deskWorkflows } from '../desk-workflows.ts';
import { figureStore } from '../figures/store.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock } from '../kernel/time.ts';
import { staffActor } from '../people/actors.ts';
import { staffReader } from '../people/staff.ts';
import { desk } from './contract.ts';
import { handoverStore } from './handover-store.ts';
import { operations } from './operations.ts';

const setting = readEnv('casesTable', 'secretId');
const table = tableOf(dynamo(), setting.casesTable);
const city = liveCity(settingStore(table));
const staff = staffReader(table);

export const handler = api(
  desk,
  operations({
    table,
    store: caseStore(table),
    city,
    keys: loadKeys(setting.secretId),
    now: systemClock,
    workflows: deskWorkflows,
    staff,
    figures: figureStore(table),
    handovers: handoverStore(table),
    clock: Date.now,
  }),
  { log: logFor('desk'), actors: { staff: staffActor({ staff, city }) } },
);
