import { caseStore } from '../cases/store.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { openedMarks } from '../events/delivered.ts';
import { viewerAddress } from '../kernel/address.ts';
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
import { reporterWorkflows } from '../reporter-workflows.ts';
import { track } from './contract.ts';
import { operations } from './operations.ts';

const setting = readEnv('casesTable', 'secretId', 'originSecretId');
const table = tableOf(dynamo(), setting.casesTable);
const keys = loadKeys(setting.secretId);
const city = liveCity(settingStore(table));

export const handler = api(
  track,
  operations({
    table,
    store: caseStore(table),
    city,
    keys,
    now: systemClock,
    workflows: reporterWorkflows,
    noteOpened: openedMarks(table).note,
  }),
  {
    log: logFor('track'),
    address: viewerAddress(setting.originSecretId),
    actors: {
      public: anonymous,
      case: caseActor(keys, () => toSeconds(systemClock())),
      citizen: citizenActor(keys),
      staff: staffActor({ staff: staffReader(table), city }),
    },
  },
);
