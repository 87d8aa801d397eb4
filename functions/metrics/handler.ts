import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { figureStore } from '../figures/store.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock } from '../kernel/time.ts';
import { staffActor } from '../people/actors.ts';
import { staffReader } from '../people/staff.ts';
import { metrics } from './contract.ts';
import { operations } from './operations.ts';

const setting = readEnv('casesTable');
const table = tableOf(dynamo(), setting.casesTable);
const city = liveCity(settingStore(table));

export const handler = api(metrics, operations({ store: figureStore(table), city, now: systemClock }), {
  log: logFor('metrics'),
  actors: { staff: staffActor({ staff: staffReader(table), city }) },
});
