import { availabilityStore } from '../availability/store.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock } from '../kernel/time.ts';
import { staffActor } from '../people/actors.ts';
import { anonymous } from '../people/anonymous.ts';
import { staffReader } from '../people/staff.ts';
import { services } from './contract.ts';
import { operations } from './operations.ts';
import { clickStore } from './store.ts';

const { casesTable } = readEnv('casesTable');
const table = tableOf(dynamo(), casesTable);
const settings = settingStore(table);
const city = liveCity(settings, Date.now, ['standards']);
const log = logFor('services');

export const handler = api(
  services,
  operations({
    city,
    settings,
    availability: availabilityStore(table),
    clicks: clickStore(table),
    now: systemClock,
    log,
  }),
  { log, actors: { public: anonymous, staff: staffActor({ staff: staffReader(table), city }) } },
);
