import { envSigner } from '../attachments/sign.ts';
import { fileStore } from '../attachments/store.ts';
import { caseStore } from '../cases/store.ts';
import { liveCity } from '../city/live.ts';
import { settingStore } from '../city/store.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { readEnv } from '../kernel/env.ts';
import { api } from '../kernel/http.ts';
import { loadKeys } from '../kernel/keys.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { systemClock } from '../kernel/time.ts';
import { staffActor } from '../people/actors.ts';
import { anonymous } from '../people/anonymous.ts';
import { staffReader } from '../people/staff.ts';
import { supporterStore } from '../people/supporters.ts';
import { searchPublic } from '../postings/public.ts';
import { postingStore } from '../postings/store.ts';
import { publicStore } from '../publication/store.ts';
import { kinds } from '../report-kinds.ts';
import { publicly } from './contract.ts';
import { operations } from './operations.ts';
import { photosBy } from './photos.ts';

const setting = readEnv('casesTable', 'filesBucket', 'secretId');
const table = tableOf(dynamo(), setting.casesTable);
const city = liveCity(settingStore(table));

export const handler = api(
  publicly,
  operations({
    cases: caseStore(table),
    copies: publicStore(table),
    search: searchPublic({ store: postingStore(table), cases: caseStore(table) }),
    city,
    keys: loadKeys(setting.secretId),
    supporters: supporterStore(table).totals,
    now: systemClock,
    kinds,
    photosOf: photosBy(fileStore(table), { signer: envSigner(), bucket: setting.filesBucket }),
  }),
  {
    log: logFor('public'),
    actors: { public: anonymous, staff: staffActor({ staff: staffReader(table), city }) },
  },
);
