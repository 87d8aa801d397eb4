import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock } from '../kernel/time.ts';
import { anonymous } from '../people/anonymous.ts';
import { about } from './contract.ts';
import { operations } from './operations.ts';

const { casesTable } = readEnv('casesTable');
const table = tableOf(new DynamoDBClient({}), casesTable);

export const handler = api(about, operations({ city: liveCity(settingStore(table)), now: systemClock }), {
  log: logFor('about'),
  actors: { public: anonymous },
});
