import { activeKey } from '../city/store.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { anonymous } from '../people/anonymous.ts';
import { health } from './contract.ts';

const { casesTable, city, stage } = readEnv('casesTable', 'city', 'stage');
const table = tableOf(dynamo(), casesTable);

export const handler = api(
  health,
  {
    health: async () => ({
      body: { ok: true, city, stage, ready: (await table.get(activeKey('profile'), false)) !== undefined },
    }),
  },
  { log: logFor('health'), actors: { public: anonymous } },
);
