import type { Outcome } from '../functions/worker.ts';
import type { Queues } from '../services/queues.ts';
import type { Topics } from '../services/sns.ts';
import { CannotStart } from '../template/model.ts';

/** Something that calls functions by itself: a stream, a queue, a schedule. */
export interface Source {
  readonly name: string;
  readonly status: () => Promise<Readonly<Record<string, unknown>>>;
  /** What it still has to hand over, in words; undefined when it is drained. */
  readonly pending: () => Promise<string | undefined>;
  readonly stop: () => Promise<void>;
}

/** Where the report of a failure goes: a queue or a topic of the template. */
export type Destination = (report: unknown) => void;

export const destinationOf = (
  arn: string | undefined,
  queues: Queues,
  topics: Topics,
): Destination | undefined => {
  if (arn === undefined) return undefined;
  const [, , service, , , name = ''] = arn.split(':');
  if (service === 'sqs') return (report) => queues.send(name, JSON.stringify(report));
  if (service === 'sns')
    return (report) => {
      topics.publish(arn, { message: JSON.stringify(report), subject: undefined, attributes: {} });
    };
  throw new CannotStart(`a failure cannot be reported to ${arn} here`);
};

/** The items that the function could not do, by their identifiers; undefined when it says that all of them failed. */
export const failuresIn = (outcome: Outcome & { ok: true }): readonly string[] | undefined => {
  const said: unknown = JSON.parse(outcome.payload);
  if (typeof said !== 'object' || said === null || !('batchItemFailures' in said)) return [];
  const list = said.batchItemFailures;
  if (list === null || list === undefined) return [];
  if (!Array.isArray(list)) return undefined;
  const ids = list.map((f: unknown) =>
    typeof f === 'object' && f !== null && 'itemIdentifier' in f ? String(f.itemIdentifier ?? '') : '',
  );
  return ids.includes('') ? undefined : ids;
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A pause that ends early when the runtime stops. */
export const pauseUnless = async (stopping: () => boolean, ms: number): Promise<void> => {
  for (let left = ms; left > 0 && !stopping(); left -= 50) await pause(Math.min(50, left));
};

/** A pause that `wake` cuts short; a `wake` in between shortens the next one to nothing. */
export const createNap = () => {
  let awake = false;
  let end = (): void => {};
  return {
    wake: () => {
      awake = true;
      end();
    },
    nap: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const over = (): void => {
          clearTimeout(timer);
          awake = false;
          end = () => {};
          resolve();
        };
        const timer = setTimeout(over, ms);
        end = over;
        if (awake) over();
      }),
  };
};
