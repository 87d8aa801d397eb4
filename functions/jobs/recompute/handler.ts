import type { Context } from 'aws-lambda';
import { caseStore } from '../../cases/store.ts';
import { walkOpenCases } from '../../cases/walk.ts';
import { liveCity } from '../../city/live.ts';
import { recomputeStates } from '../../city/recomputing.ts';
import { settingStore } from '../../city/store.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { workflows } from '../../workflows.ts';
import { type Recomputed, recompute } from './recompute.ts';

const setting = readEnv('casesTable');
const table = tableOf(dynamo(), setting.casesTable);

const run = recompute({
  states: recomputeStates(table),
  walk: (from) => walkOpenCases(table, from),
  store: caseStore(table),
  city: () => liveCity(settingStore(table))(),
  workflows,
  now: systemClock,
  log: logFor('recompute'),
});

export const handler = (
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<Recomputed> => run(() => context.getRemainingTimeInMillis());
