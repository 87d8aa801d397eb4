import { SNSClient } from '@aws-sdk/client-sns';
import { applicationsHead } from '../applications/register.ts';
import { appointmentsHead } from '../appointments/register.ts';
import { envSigner } from '../attachments/sign.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { complaintsHead } from '../complaints/register.ts';
import { publisher } from '../events/publish.ts';
import { objectionsHead, requestsHead } from '../information/register.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock } from '../kernel/time.ts';
import { staffActor } from '../people/actors.ts';
import { staffReader } from '../people/staff.ts';
import { exportStore } from '../registers/exports.ts';
import { registerExports } from './contract.ts';
import { operations } from './operations.ts';

const setting = readEnv('casesTable', 'filesBucket', 'secretId', 'caseEventsTopic');
const table = tableOf(dynamo(), setting.casesTable);
const city = liveCity(settingStore(table));
const log = logFor('exports');

export const handler = api(
  registerExports,
  operations({
    table,
    store: exportStore(table),
    // The job makes what is named here: its handler lists the same.
    heads: [complaintsHead, applicationsHead, appointmentsHead, requestsHead, objectionsHead],
    city,
    keys: loadKeys(setting.secretId),
    publish: publisher(new SNSClient({}), setting.caseEventsTopic),
    links: { signer: envSigner(), bucket: setting.filesBucket },
    now: systemClock,
    log,
  }),
  { log, actors: { staff: staffActor({ staff: staffReader(table), city }) } },
);
