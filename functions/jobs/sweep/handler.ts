import type { Context } from 'aws-lambda';
import { caseStore } from '../../cases/store.ts';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { deliveredReader } from '../../events/delivered.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { directory } from '../../people/directory.ts';
import { staffReader } from '../../people/staff.ts';
import { workflows } from '../../workflows.ts';
import { waking } from './store.ts';
import { pageSize, type Swept, sweep } from './sweep.ts';

const setting = readEnv('casesTable');
const table = tableOf(dynamo(), setting.casesTable);

const city = liveCity(settingStore(table));
const people = directory({ table, staff: staffReader(table), city });

const run = sweep({
  waking: waking(table, pageSize),
  store: caseStore(table),
  city,
  staff: async () => (await people.everyone()).map(({ actor }) => actor),
  delivered: deliveredReader(table, systemClock),
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
