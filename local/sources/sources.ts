import type { Functions } from '../functions/functions.ts';
import type { MovedClock } from '../moved.ts';
import type { Engine } from '../services/engine.ts';
import type { Queues } from '../services/queues.ts';
import type { Topics } from '../services/sns.ts';
import { startExpiry } from '../services/ttl.ts';
import type { State } from '../state.ts';
import { account } from '../template/kind.ts';
import type { Loaded, Loadout } from '../template/load.ts';
import { CannotStart } from '../template/model.ts';
import { startObjects } from './objects.ts';
import { type Json, unknownIn } from './pattern.ts';
import { startQueue } from './queue.ts';
import { startScheduler } from './scheduler.ts';
import { destinationOf, type Source } from './source.ts';
import { startStream } from './stream.ts';
import { createSharedReads } from './stream-reader.ts';

export interface SourceParts {
  readonly loadout: Loadout;
  readonly functions: Functions;
  readonly engine: Engine;
  readonly queues: Queues;
  readonly topics: Topics;
  readonly clock: MovedClock;
  readonly state: State;
  readonly instances: number;
  readonly log: (source: string, line: string) => void;
}

type Mapping = Loaded<'AWS::Lambda::EventSourceMapping'>;

const patternsOf = ({ props, stack, logicalId }: Mapping): Json[] =>
  (props.FilterCriteria?.Filters ?? []).map(({ Pattern }) => {
    const pattern: unknown = JSON.parse(Pattern);
    const unknown = unknownIn(pattern);
    if (unknown !== undefined)
      throw new CannotStart(`${stack.name}/${logicalId}: filter pattern: ${unknown} is not known here`);
    return pattern as Json;
  });

/**
 * No worker of an earlier run still holds what is in flight: it is shown again after a second, not after minutes. Not
 * at once, since the emulator cannot persist a timeout of 0 (it writes no receive count, which its own table refuses).
 */
const release = async (queues: Queues, name: string): Promise<void> => {
  for (const handle of queues.inFlight(name))
    await queues.call('ChangeMessageVisibility', {
      QueueUrl: `${queues.url}/${account}/${name}`,
      ReceiptHandle: handle,
      VisibilityTimeout: 1,
    });
};

/** Starts what calls functions by itself: stream and queue mappings, schedules; and the deletion of expired items. */
export const startSources = async (parts: SourceParts): Promise<readonly Source[]> => {
  const sources: Source[] = [];
  try {
    await startInto(sources, parts);
    return sources;
  } catch (error) {
    await Promise.all(sources.map((source) => source.stop()));
    throw error;
  }
};

const startInto = async (sources: Source[], parts: SourceParts): Promise<void> => {
  const { loadout, functions, engine, queues, topics, clock, state, instances, log } = parts;
  const tables = loadout.of('AWS::DynamoDB::Table');
  const allQueues = loadout.of('AWS::SQS::Queue');
  const nudges: (() => void)[] = [];
  const shared = createSharedReads();
  for (const mapping of loadout.of('AWS::Lambda::EventSourceMapping')) {
    const { props } = mapping;
    const pool = functions.byArn(props.FunctionName);
    const common = {
      mapping,
      pool,
      patterns: patternsOf(mapping),
      clock,
      log: (line: string) => log(pool.spec.name, line),
    };
    const queue = allQueues.find((q) => q.arn === props.EventSourceArn);
    const table = tables.find((t) => t.atts['StreamArn'] === props.EventSourceArn);
    if (queue !== undefined) {
      await release(queues, queue.name);
      sources.push(startQueue({ ...common, queue, queues, instances }));
    } else if (table !== undefined) {
      const onFailure = destinationOf(props.DestinationConfig?.OnFailure?.Destination, queues, topics);
      const stream = await startStream({
        ...common,
        ...{ table: table.name, call: engine.call, state, onFailure, instances, shared },
      });
      nudges.push(stream.nudge);
      sources.push(stream);
    } else
      throw new CannotStart(
        `${mapping.stack.name}/${mapping.logicalId}: event source ${props.EventSourceArn} is not known here`,
      );
  }
  await startObjects(loadout, queues, clock);
  let looking = false;
  functions.onDone(() => {
    if (looking) return;
    looking = true;
    // Many requests end close to each other; one look a moment later sees what all of them wrote.
    setTimeout(() => {
      looking = false;
      for (const nudge of nudges) nudge();
    }, 15);
  });
  const configs = loadout.of('AWS::Lambda::EventInvokeConfig');
  sources.push(
    startScheduler({
      schedules: loadout.of('AWS::Scheduler::Schedule'),
      poolOf: functions.byArn,
      rulesOf: (pool) => {
        const config = configs.find((c) => functions.byArn(c.props.FunctionName) === pool)?.props;
        return {
          retries: config?.MaximumRetryAttempts ?? 2,
          onFailure: destinationOf(config?.DestinationConfig?.OnFailure?.Destination, queues, topics),
        };
      },
      clock,
      state,
      log,
    }),
    startExpiry(engine.call, tables, clock, (line) => log('expiry', line)),
  );
};
