import { caseStore } from '../cases/store.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { staffActor } from '../people/actors.ts';
import { staffReader } from '../people/staff.ts';
import { postingStore } from '../postings/store.ts';
import { search } from './contract.ts';
import { operations } from './operations.ts';

const setting = readEnv('casesTable', 'secretId');
const table = tableOf(dynamo(), setting.casesTable);
const city = liveCity(settingStore(table));

export const handler = api(
  search,
  operations({
    cases: caseStore(table),
    postings: postingStore(table),
    city,
    keys: loadKeys(setting.secretId),
  }),
  { log: logFor('search'), actors: { staff: staffActor({ staff: staffReader(table), city }) } },
);
