import * as z from 'zod/mini';
import { whenContended } from '../kernel/contention.ts';
import { problem } from '../kernel/errors.ts';
import { instant } from '../kernel/schema.ts';
import type { Table } from '../kernel/table.ts';
import { protocols } from './contract.ts';

const subscriptionRecord = z.object({
  v: z.literal(1),
  /** Keyed hash of protocol and endpoint: one subscription each, as SNS has it. */
  id: z.string(),
  commandId: z.string(),
  fingerprint: z.string(),
  protocol: z.enum(protocols),
  endpoint: z.string(),
  units: z.array(z.string()),
  kinds: z.array(z.string()),
  /** Staff id. */
  by: z.string(),
  at: instant,
  /** Of the subscription in SNS; absent while it is being made. */
  arn: z.optional(z.string()),
});
export type SubscriptionRecord = z.output<typeof subscriptionRecord>;

/** A city has a handful; the list is read whole. */
const subscriptionsLimit = 50;

const key = (id: string) => ({ pk: 'SUBSCRIPTIONS', sk: id });
/** How many there are: written with each of them, so that no two people at once can go over the limit. */
const countKey = { pk: 'SUBSCRIPTIONCOUNT', sk: 'COUNT' };
const counted = (n: 1 | -1) => ({
  key: countKey,
  UpdateExpression: 'ADD used :n',
  values: { ':n': n },
});

export type SubscriptionStore = ReturnType<typeof subscriptionStore>;

/** Who subscribed what for whom. SNS knows the subscription; this knows its filter and who is answerable for it. */
export const subscriptionStore = (table: Table) => {
  const list = async (): Promise<readonly SubscriptionRecord[]> => {
    const page = await table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': key('').pk },
      ConsistentRead: true,
      Limit: subscriptionsLimit * 2,
    });
    return page.items.map((item) => subscriptionRecord.parse(item));
  };

  const read = async (id: string): Promise<SubscriptionRecord | undefined> => {
    const item = await table.get(key(id));
    return item === undefined ? undefined : subscriptionRecord.parse(item);
  };

  /**
   * Puts a new record and counts it, together. Answers the record that stands there now: this one or, of the same
   * endpoint, an earlier one; `tooMany` when the limit is reached.
   */
  const add = async (record: SubscriptionRecord): Promise<SubscriptionRecord | 'tooMany'> => {
    const one = counted(1);
    const written = await whenContended(() =>
      table.transact([
        {
          put: {
            item: { ...key(record.id), ...record },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
        {
          update: {
            ...one,
            ConditionExpression: 'attribute_not_exists(used) OR used < :limit',
            values: { ...one.values, ':limit': subscriptionsLimit },
          },
        },
      ]),
    );
    if (written.done) return record;
    const there = await read(record.id);
    if (there !== undefined) return there;
    // Removed between the two calls: the caller's next try finds the place free.
    if (written.failed.includes(0)) throw problem('busy', { retryAfter: 1 });
    return 'tooMany';
  };

  /** Keeps the subscription's ARN; nothing when the record was removed meanwhile. */
  const made = async (record: SubscriptionRecord, arn: string): Promise<void> => {
    await table.put({ ...key(record.id), ...record, arn }, { ConditionExpression: 'attribute_exists(pk)' });
  };

  /** Removes a record and counts it off, together; nothing when it is gone already. */
  const remove = async (id: string): Promise<void> => {
    await whenContended(() =>
      table.transact([
        { remove: { key: key(id), ConditionExpression: 'attribute_exists(pk)' } },
        { update: counted(-1) },
      ]),
    );
  };

  return { list, read, add, made, remove };
};
