import { randomUUID } from 'node:crypto';
import { type FunctionSpec, type Outcome, startThread, type Thread, type WorkerSetting } from './worker.ts';

export interface PoolStatus {
  readonly workers: number;
  readonly busy: number;
  readonly queued: number;
  readonly invocations: number;
  readonly errors: number;
  readonly throttles: number;
}

/** One function: at most `instances` workers, started on first use, one request at a time each. */
export interface Pool {
  readonly spec: FunctionSpec;
  /** @param event JSON text; @returns undefined when the function is throttled (reserved concurrency, full queue) */
  readonly invoke: (event: string) => Promise<Outcome | undefined>;
  readonly status: () => PoolStatus;
  /** Ends the workers in the middle of what they do; the next request starts new ones. */
  readonly kill: () => number;
  readonly stop: () => Promise<void>;
}

const over: Outcome = {
  ok: false,
  requestId: 'none',
  error: { errorType: 'Runtime.Stopped', errorMessage: 'the runtime stops' },
};

interface Slot {
  readonly thread: Thread;
  busy: boolean;
  /** Ends it when nobody has needed it for long, as Lambda does; memory is better kept for others. */
  readonly rest: NodeJS.Timeout;
}

interface Waiting {
  readonly event: string;
  readonly settle: (outcome: Outcome) => void;
}

/** AWS starts more instances; here requests wait, and a queue that nobody will live to see the end of is refused. */
const longestQueue = 1_000;
const longestRest = 600_000;

export const createPool = (
  spec: FunctionSpec,
  instances: number,
  setting: WorkerSetting,
  /** Told after every invocation: it may have written to a table. */
  after: () => void,
): Pool => {
  const size = Math.min(instances, spec.reserved ?? instances);
  const slots = new Set<Slot>();
  const queue: Waiting[] = [];
  let stopped = false;
  const counts = { invocations: 0, errors: 0, throttles: 0 };

  const open = (): Slot => {
    const thread = startThread(spec, setting);
    const rest = setTimeout(() => {
      if (slot.busy) return;
      slots.delete(slot);
      thread.end('Runtime rests');
    }, longestRest);
    rest.unref();
    const slot: Slot = { thread, busy: false, rest };
    slots.add(slot);
    void thread.ended.then(() => {
      clearTimeout(rest);
      slots.delete(slot);
      next();
    });
    return slot;
  };

  const work = async (slot: Slot, { event, settle }: Waiting): Promise<void> => {
    slot.busy = true;
    counts.invocations++;
    const outcome = await slot.thread.run(event, randomUUID());
    if (!outcome.ok) {
      counts.errors++;
      const gone =
        outcome.error.errorType === 'Sandbox.Timedout' || outcome.error.errorType.startsWith('Runtime.');
      if (gone) slots.delete(slot);
      setting.log(spec.name, `${outcome.error.errorType}: ${outcome.error.errorMessage}`);
    }
    slot.busy = false;
    slot.rest.refresh();
    settle(outcome);
    after();
    next();
  };

  const next = (): void => {
    while (queue.length > 0) {
      let slot: Slot | undefined;
      for (const candidate of slots)
        if (!candidate.busy) {
          slot = candidate;
          break;
        }
      if (slot === undefined && slots.size < size) slot = open();
      const waiting = slot === undefined ? undefined : queue.shift();
      if (slot === undefined || waiting === undefined) return;
      void work(slot, waiting);
    }
  };

  const busy = (): number => [...slots].filter((s) => s.busy).length;

  return {
    spec,
    invoke: (event) => {
      if (stopped) return Promise.resolve(over);
      const inHand = busy() + queue.length;
      if ((spec.reserved !== undefined && inHand >= spec.reserved) || queue.length >= longestQueue) {
        counts.throttles++;
        return Promise.resolve(undefined);
      }
      return new Promise((settle) => {
        queue.push({ event, settle });
        next();
      });
    },
    status: () => ({ workers: slots.size, busy: busy(), queued: queue.length, ...counts }),
    kill: () => {
      const ending = [...slots];
      slots.clear();
      for (const slot of ending) slot.thread.end('Runtime was killed');
      return ending.length;
    },
    stop: async () => {
      stopped = true;
      for (const { settle } of queue.splice(0)) settle(over);
      const ending = [...slots];
      for (const slot of ending) slot.thread.end('Runtime stops');
      await Promise.all(ending.map((slot) => slot.thread.ended));
    },
  };
};
