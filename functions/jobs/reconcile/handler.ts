import { SNSClient } from '@aws-sdk/client-sns';
import type { Context } from 'aws-lambda';
import { caseStore } from '../../cases/store.ts';
import { walkCases } from '../../cases/walk.ts';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { relayMarks } from '../../events/marks.ts';
import { publisher } from '../../events/publish.ts';
import { unreachableStore } from '../../events/unreachable.ts';
import { projector } from '../../figures/project.ts';
import { figureStore } from '../../figures/store.ts';
import { zeroRemover } from '../../figures/zeros.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { indexer } from '../../postings/indexer.ts';
import { postingStore } from '../../postings/store.ts';
import { bringUp, isBehind as isBehindCopy } from '../../publication/bring-up.ts';
import { publicStore } from '../../publication/store.ts';
import { isStale } from './figures.ts';
import { progressStore, type Reconciled, reconcile, request } from './reconcile.ts';
import { isBehind } from './terms.ts';

const setting = readEnv('casesTable', 'caseEventsTopic');
const table = tableOf(dynamo(), setting.casesTable);
const city = liveCity(settingStore(table));
const sns = new SNSClient({
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
});

const figures = figureStore(table);

const run = reconcile({
  store: caseStore(table),
  walk: (from) => walkCases(table, from),
  progress: progressStore(table),
  marks: relayMarks(table),
  publish: publisher(sns, setting.caseEventsTopic),
  figures: { stale: isStale, project: projector({ store: figures, city }) },
  words: {
    behind: isBehind,
    index: indexer({ store: postingStore(table), cases: caseStore(table), city }),
  },
  copies: {
    behind: isBehindCopy({ copies: publicStore(table) }),
    bringUp: bringUp({ cases: caseStore(table), copies: publicStore(table), city, now: systemClock }),
  },
  removeZeros: zeroRemover({ store: figures, city }),
  unreachable: unreachableStore(table),
  city,
  now: systemClock,
  log: logFor('reconcile'),
});

/** A night in which cases could not be healed counts as an error, which rings; a person sees the count instead. */
export const handler = async (
  event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<Reconciled> => {
  const done = await run(event, () => context.getRemainingTimeInMillis());
  if (done.failed > 0 && !request.parse(event ?? {}).redrive)
    throw new Error(`${done.failed} times something could not be healed`);
  return done;
};
