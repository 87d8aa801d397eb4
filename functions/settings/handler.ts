import { caseStore } from '../cases/store.ts';
import { liveCity } from '../city/live.ts';
import { recomputeStates } from '../city/recomputing.ts';
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
import { kinds } from '../report-kinds.ts';
import { settings } from './contract.ts';
import { operations } from './operations.ts';
import { settingsStore } from './store.ts';

const setting = readEnv('casesTable', 'secretId');
const table = tableOf(dynamo(), setting.casesTable);

export const handler = api(
  settings,
  operations({
    store: settingsStore(table),
    table,
    cases: caseStore(table),
    kinds,
    recomputes: recomputeStates(table),
    keys: loadKeys(setting.secretId),
    now: systemClock,
  }),
  {
    log: logFor('settings'),
    actors: { staff: staffActor({ staff: staffReader(table), city: liveCity(settingStore(table)) }) },
  },
);
