import * as z from 'zod/mini';
import type { SendingChannel } from '../city/sendings.ts';
import type { Key, Table } from '../kernel/table.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';

/** A month's count is of no use after this; seconds. */
const kept = 92 * 86_400;
const monthKey = (channel: string, month: string): Key => ({
  pk: `QUOTA#sending.${channel}`,
  sk: `W#${month}`,
});
const paceKey = (channel: string): Key => ({ pk: `PACE#${channel}`, sk: 'PACE' });
/** Others who take their turns at the same moment. */
const tries = 8;

const counted = z.object({ used: z._default(z.int(), 0) });
const pace = z.object({ freeAt: z.number() });

/** How many messages of a channel a month allows: warnings of danger may use what others may not. */
export const limitOf = ({ perMonth, forEmergencies }: SendingChannel, emergency: boolean): number =>
  emergency ? perMonth : Math.max(0, perMonth - forEmergencies);

export type Allowance = ReturnType<typeof sendingAllowance>;

/** What a city lets its announcements cost: messages in a month, and in a second. */
export const sendingAllowance = (table: Pick<Table, 'get' | 'update'>) => {
  const add = async (channel: string, at: Instant, n: number, most: number) =>
    table.update(monthKey(channel, at.slice(0, 7)), {
      UpdateExpression: 'SET expires = :end ADD used :n',
      ConditionExpression: 'attribute_not_exists(used) OR used <= :most',
      values: { ':n': n, ':most': most, ':end': toSeconds(at) + kept },
    });

  /**
   * Takes up to `n` messages of this month, in one conditional update where all can be had.
   * @returns how many may be sent; what is not sent is given back
   */
  const take = async (
    channel: SendingChannel,
    emergency: boolean,
    n: number,
    at: Instant,
  ): Promise<number> => {
    const limit = limitOf(channel, emergency);
    for (let wanted = Math.min(n, limit), attempt = 0; wanted > 0 && attempt < tries; attempt += 1) {
      const taken = await add(channel.channel, at, wanted, limit - wanted);
      if (taken.done) return wanted;
      wanted = Math.min(wanted, limit - counted.parse(taken.old ?? {}).used);
    }
    return 0;
  };

  const giveBack = async (channel: string, n: number, at: Instant): Promise<void> => {
    if (n > 0) await add(channel, at, -n, Number.MAX_SAFE_INTEGER);
  };

  /** Messages of this month so far. */
  const used = async (channel: string, at: Instant): Promise<number> => {
    const item = await table.get(monthKey(channel, at.slice(0, 7)), false);
    return item === undefined ? 0 : counted.parse(item).used;
  };

  /**
   * Takes the next `n` places of a channel's queue: one after the other, whoever sends.
   * @param millis epoch milliseconds. @returns from when on the first may be sent, `1000 / perSecond` apart
   */
  const queue = async (
    { channel, perSecond }: SendingChannel,
    n: number,
    millis: number,
  ): Promise<number> => {
    const lasts = (n * 1000) / perSecond;
    let from = millis;
    let seen: number | undefined;
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const { done, ...refused } = await table.update(paceKey(channel), {
        UpdateExpression: 'SET freeAt = :next',
        ConditionExpression:
          seen === undefined ? 'attribute_not_exists(freeAt) OR freeAt <= :from' : 'freeAt = :seen',
        values: {
          ':next': from + lasts,
          ...(seen === undefined ? { ':from': from } : { ':seen': seen }),
        },
      });
      if (done) return from;
      const { old } = refused as { old?: unknown };
      seen = pace.parse(old).freeAt;
      from = Math.max(millis, seen);
    }
    throw new Error('the queue of a channel changes too often');
  };

  /** Gives places back that nobody used, where nobody queued behind them since. @param from as `queue` answered */
  const leave = async ({ channel, perSecond }: SendingChannel, n: number, from: number): Promise<void> => {
    await table.update(paceKey(channel), {
      UpdateExpression: 'SET freeAt = :from',
      ConditionExpression: 'freeAt = :mine',
      values: { ':from': from, ':mine': from + (n * 1000) / perSecond },
    });
  };

  return { take, giveBack, used, queue, leave };
};
