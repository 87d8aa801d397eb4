import * as z from 'zod/mini';
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
export const subscriptionsLimit = 50;

const key = (id: string) => ({ pk: 'SUBSCRIPTIONS', sk: id });

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

  /** Puts a new record; answers the one that stands there, if any. */
  const add = async (record: SubscriptionRecord): Promise<SubscriptionRecord | undefined> => {
    const written = await table.put(
      { ...key(record.id), ...record },
      { ConditionExpression: 'attribute_not_exists(pk)' },
    );
    return written.done || written.old === undefined ? undefined : subscriptionRecord.parse(written.old);
  };

  /** Keeps the subscription's ARN; nothing when the record was removed meanwhile. */
  const made = async (record: SubscriptionRecord, arn: string): Promise<void> => {
    await table.put({ ...key(record.id), ...record, arn }, { ConditionExpression: 'attribute_exists(pk)' });
  };

  const remove = async (id: string): Promise<void> => {
    await table.remove(key(id));
  };

  return { list, read, add, made, remove };
};
