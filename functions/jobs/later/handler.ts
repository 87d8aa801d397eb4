import { SNSClient } from '@aws-sdk/client-sns';
import type { Context } from 'aws-lambda';
import { laterStore } from '../../events/later.ts';
import { publisher } from '../../events/publish.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { type Handed, later } from './later.ts';

const setting = readEnv('casesTable', 'caseEventsTopic');

const run = later({
  later: laterStore(tableOf(dynamo(), setting.casesTable)),
  publish: publisher(new SNSClient({}), setting.caseEventsTopic),
  now: systemClock,
  log: logFor('later'),
});

/** Fails when something could not be handed on, which the alarm counts; the next run is the retry. */
export const handler = async (
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<Handed> => {
  const done = await run(() => context.getRemainingTimeInMillis());
  if (done.failed > 0) throw new Error(`${done.failed} notices were not handed on`);
  return done;
};
