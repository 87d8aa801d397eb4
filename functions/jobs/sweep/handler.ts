import type { Context } from 'aws-lambda';
import { caseStore } from '../../cases/store.ts';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { workflows } from '../../workflows.ts';
import { waking } from './store.ts';
import { pageSize, type Swept, sweep } from './sweep.ts';

const setting = readEnv('casesTable');
const table = tableOf(dynamo(), setting.casesTable);

const run = sweep({
  waking: waking(table, pageSize),
  store: caseStore(table),
  city: liveCity(settingStore(table)),
  workflows,
  now: systemClock,
  log: logFor('sweep'),
});

/** Fails when a case or shard did, which the alarm counts; the next minute is the retry. */
export const handler = async (
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<Swept> => {
  const done = await run(() => context.getRemainingTimeInMillis());
  if (done.failed > 0) throw new Error(`${done.failed} cases or shards were not swept`);
  return done;
};
