import { problem } from './errors.ts';
import type { Table } from './table.ts';
import { type Instant, toSeconds } from './time.ts';

export interface Quota {
  /** At most this many … */
  readonly limit: number;
  /** … within a fixed window of this many seconds. */
  readonly seconds: number;
}

/**
 * Counts one use against a quota in one conditional update; the counter's window is part of its key and goes by
 * TTL. Refuses with 429 and the seconds to wait.
 * @param scope what is limited, e.g. `file#<keyed hash of the address>`: no address in the clear
 */
export const countAgainst = async (
  table: Table,
  scope: string,
  quota: Quota,
  now: Instant,
): Promise<void> => {
  const seconds = toSeconds(now);
  const window = Math.floor(seconds / quota.seconds);
  const end = (window + 1) * quota.seconds;
  const written = await table.update(
    { pk: `QUOTA#${scope}`, sk: `W#${window}` },
    {
      UpdateExpression: 'SET expires = :end ADD used :one',
      ConditionExpression: 'attribute_not_exists(used) OR used < :limit',
      values: { ':end': end, ':one': 1, ':limit': quota.limit },
    },
  );
  if (!written.done) throw problem('tooManyRequests', { retryAfter: end - seconds });
};

/** Takes one use back: what turned out to be rightful does not count. A window that has passed is left alone. */
export const giveBack = async (table: Table, scope: string, quota: Quota, now: Instant): Promise<void> => {
  await table.update(
    { pk: `QUOTA#${scope}`, sk: `W#${Math.floor(toSeconds(now) / quota.seconds)}` },
    {
      UpdateExpression: 'ADD used :less',
      ConditionExpression: 'used > :none',
      values: { ':less': -1, ':none': 0 },
    },
  );
};
