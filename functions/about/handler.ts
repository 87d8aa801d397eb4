import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock } from '../kernel/time.ts';
import { anonymous } from '../people/anonymous.ts';
import { about } from './contract.ts';
import { operations } from './operations.ts';

const { casesTable } = readEnv('casesTable');
const table = tableOf(dynamo(), casesTable);

export const handler = api(about, operations({ city: liveCity(settingStore(table)), now: systemClock }), {
  log: logFor('about'),
  actors: { public: anonymous },
});
