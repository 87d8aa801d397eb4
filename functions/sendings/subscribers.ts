import * as z from 'zod/mini';
import { instant } from '../kernel/schema.ts';
import type { Item, Key, Table } from '../kernel/table.ts';
import { dailyList, listsOf } from './match.ts';
import { type Subscription, subscription } from './model.ts';

/**
 * Somebody who wants to hear of announcements: an account, or an address without one. Holds no address: those are in
 * the books of `identities`, sealed (functions/people/book.ts).
 */
export const subscriber = z.object({
  v: z.literal(1),
  /** Keyed hash of the account or of the address. */
  id: z.string(),
  /** Counts changes; the ETag. */
  rev: z.int(),
  /** Who is told once, by whatever subscriber: keyed hash of the address where it is known to be theirs. */
  person: z.string(),
  /** Keyed hash of the account; absent without one. */
  citizen: z.optional(z.string()),
  subscriptions: z.array(subscription),
  /** Of the digest, local time. */
  hour: z.int(),
  at: instant,
  /** Stopped, by their own wish or because no address of theirs is open: what they had rests here. */
  rests: z.optional(z.object({ at: instant, why: z.enum(['stopped', 'unreachable']) })),
});
export type Subscriber = z.output<typeof subscriber>;

/**
 * What stands in the lists: a copy of what decides, so that a walk reads nothing else of those whom it passes by. One
 * JSON text, since a walk of 60,000 would spend most of its time on the table's own writing of lists and maps.
 */
const follower = z.object({ sk: z.string(), person: z.string(), subscriptions: z.string() });
const copied = z.array(subscription);
export interface Follower {
  readonly id: string;
  readonly person: string;
  readonly subscriptions: readonly Subscription[];
}

const recordKey = (id: string): Key => ({ pk: `SUBSCRIBER#${id}`, sk: 'RECORD' });
const followerKey = (list: string, id: string): Key => ({ pk: `FOLLOWERS#${list}`, sk: id });

/** Lists in which a subscriber stands now: none while it rests. */
const standingIn = (one: Subscriber | undefined): readonly string[] => {
  if (one === undefined || one.rests !== undefined) return [];
  const daily = one.subscriptions.some(({ pace }) => pace === 'daily');
  return [...listsOf(one.subscriptions), ...(daily ? [dailyList(one.hour)] : [])];
};

const placeOf = (list: string, { id, person, subscriptions }: Subscriber): Item & Key => ({
  ...followerKey(list, id),
  v: 1,
  person,
  subscriptions: JSON.stringify(subscriptions),
});

/** A subscriber and their places in the lists, as they lie in the table. */
export const subscriberItems = (one: Subscriber): readonly (Item & Key)[] => [
  { ...recordKey(one.id), ...one },
  ...standingIn(one).map((list) => placeOf(list, one)),
];

export interface FollowerPage {
  readonly followers: readonly Follower[];
  /** Where the list goes on; undefined at its end. */
  readonly next: string | undefined;
}

export type SubscriberStore = ReturnType<typeof subscriberStore>;

/** Subscribers and the lists in which they stand: the only file that knows their keys. */
export const subscriberStore = (table: Pick<Table, 'get' | 'batchGet' | 'query' | 'transact'>) => {
  const read = async (id: string): Promise<Subscriber | undefined> => {
    const item = await table.get(recordKey(id));
    return item === undefined ? undefined : subscriber.parse(item);
  };

  /** At most 100. */
  const readMany = async (ids: readonly string[]): Promise<ReadonlyMap<string, Subscriber>> => {
    const items = ids.length === 0 ? [] : await table.batchGet([...new Set(ids)].map(recordKey));
    return new Map(items.map((item) => subscriber.parse(item)).map((one) => [one.id, one]));
  };

  /**
   * Writes a subscriber and their places in the lists, together.
   * @param was as it was read; undefined for a new one. @param next undefined takes it out
   * @returns false when somebody changed it since
   */
  const write = async (was: Subscriber | undefined, next: Subscriber | undefined): Promise<boolean> => {
    const id = next?.id ?? was?.id;
    if (id === undefined) return true;
    const unchanged =
      was === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#rev = :rev',
            ExpressionAttributeNames: { '#rev': 'rev' },
            values: { ':rev': was.rev },
          };
    const lists = standingIn(next);
    const gone = standingIn(was).filter((list) => !lists.includes(list));
    const [record, ...places] = next === undefined ? [] : subscriberItems(next);
    const { done } = await table.transact([
      record === undefined
        ? { remove: { key: recordKey(id), ...unchanged } }
        : { put: { item: record, ...unchanged } },
      ...places.map((item) => ({ put: { item } })),
      ...gone.map((list) => ({ remove: { key: followerKey(list, id) } })),
    ]);
    return done;
  };

  /** One page of a list, in order of the subscribers' ids. */
  const page = async (list: string, after: string | undefined, limit?: number): Promise<FollowerPage> => {
    const { items, last } = await table.query({
      KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :after',
      values: { ':pk': followerKey(list, '').pk, ...(after === undefined ? {} : { ':after': after }) },
      ...(limit === undefined ? {} : { Limit: limit }),
    });
    const followers = items
      .map((item) => follower.parse(item))
      .map(({ sk, person, subscriptions }) => ({
        ...{ id: sk, person },
        subscriptions: copied.parse(JSON.parse(subscriptions)),
      }));
    return { followers, next: last === undefined ? undefined : String(last['sk']) };
  };

  return { read, readMany, write, page };
};
