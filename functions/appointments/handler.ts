import { caseStore } from '../cases/store.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock, toSeconds } from '../kernel/time.ts';
import { caseActor, citizenActor, staffActor } from '../people/actors.ts';
import { anonymous } from '../people/anonymous.ts';
import { staffReader } from '../people/staff.ts';
import { appointments } from './contract.ts';
import { deskOperations } from './desk.ts';
import { operations } from './operations.ts';
import { appointmentStore } from './store.ts';

const setting = readEnv('casesTable', 'secretId');
const table = tableOf(dynamo(), setting.casesTable);
const keys = loadKeys(setting.secretId);
const city = liveCity(settingStore(table));
const deps = {
  ...{ table, keys, city, now: systemClock },
  store: appointmentStore(table),
  cases: caseStore(table),
};

export const handler = api(
  appointments,
  { ...operations(deps), ...deskOperations(deps) },
  {
    log: logFor('appointments'),
    actors: {
      public: anonymous,
      case: caseActor(keys, () => toSeconds(systemClock())),
      citizen: citizenActor(keys),
      staff: staffActor({ staff: staffReader(table), city }),
    },
  },
);
