import staffOperations from '../../docs/operations.json' with { type: 'json' };
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { staffActor } from '../people/actors.ts';
import { staffReader } from '../people/staff.ts';
import { me } from './contract.ts';
import { operations, type StaffOperation } from './operations.ts';

const { casesTable } = readEnv('casesTable');
const table = tableOf(dynamo(), casesTable);
const city = liveCity(settingStore(table));

export const handler = api(
  me,
  operations({ city, staffOperations: staffOperations as readonly StaffOperation[] }),
  {
    log: logFor('me'),
    actors: { staff: staffActor({ staff: staffReader(table), city }) },
  },
);
