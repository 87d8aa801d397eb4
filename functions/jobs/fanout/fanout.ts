import { randomUUID } from 'node:crypto';
import type { City } from '../../city/schema.ts';
import type { PublishAny } from '../../events/publish.ts';
import type { Channel } from '../../events/tell.ts';
import type { ChannelName } from '../../events/told.ts';
import type { Instant } from '../../kernel/time.ts';
import { countAlong } from '../../sendings/count.ts';
import { listsFor } from '../../sendings/match.ts';
import type { Order, OrderKey } from '../../sendings/model.ts';
import type { OrderStore } from '../../sendings/order.ts';
import { sendingRequestOf } from '../../sendings/request.ts';
import type { SubscriberStore } from '../../sendings/subscribers.ts';
import { breaker } from './breaker.ts';
import { channelsFor, type PageParts, type Telling, tellPage } from './page.ts';
import { afterPage, letGo, placeOf, takenBy, usable } from './rules.ts';

export interface FanoutDeps
  extends Omit<PageParts, 'breaker' | 'priced' | 'channels' | 'subscribers' | 'rest'> {
  readonly orders: Pick<OrderStore, 'read' | 'change' | 'open' | 'between'>;
  readonly subscribers: Pick<SubscriberStore, 'page' | 'readMany' | 'write'>;
  readonly channels: readonly Channel[];
  readonly city: () => Promise<City>;
  readonly publish: PublishAny;
}

/** No page is begun with less time; milliseconds. */
const leastMillis = 15_000;
/** Counting whom a sending is for may take so much of its first run. */
const countingMillis = 15_000;
/** Announcements that one digest chooses from. */
const digestLimit = 100;
/** Open warnings that are looked at: there are hardly ever two. */
const warningsLimit = 5;
/** A warning that nobody worked on for so long holds nothing up any more; seconds. */
const stuckSeconds = 600;

/** Why a run ended: `next` published its continuation, `later` is for the job `rounds` to wake. */
export type Ran = 'done' | 'next' | 'later' | 'yielded' | 'nothing';

/**
 * Works one order off, page by page, as long as a run lasts; the next page is another message. Pages go on record as
 * they end, so a run that breaks off is gone on with where it was, and each person's receipt keeps them from being told
 * twice.
 */
export const fanout =
  (deps: FanoutDeps) =>
  async (key: OrderKey, remaining: () => number): Promise<Ran> => {
    const city = await deps.city();
    const present = new Set(deps.channels.map(({ name }) => name));
    const me = randomUUID();
    const { changed: mine, order: found } = await deps.orders.change(key, (one) =>
      takenBy(one, me, deps.now()),
    );
    if (found === undefined || found.state !== 'open') return 'nothing';
    if (!mine) return 'later';
    const leave = async <R>(why: R): Promise<R> => {
      await deps.orders.change(key, (one) => letGo(one, me));
      return why;
    };
    let order = found;
    const parts = partsOf(deps, city, present, order);
    const lists = listsFor(
      order,
      city.areas.map(({ code }) => code),
    );
    const published =
      order.digest === undefined
        ? []
        : (await deps.orders.between(order.digest.from, order.digest.to, digestLimit)).filter(
            standsAt(order.digest.to),
          );
    for (;;) {
      const now = deps.now();
      if (order.resumeAt !== undefined && order.resumeAt > now) return leave('later');
      if (now >= order.until) return finish(deps, order);
      if (!order.emergency && (await warningRuns(deps, now))) return leave('yielded');
      if (remaining() < leastMillis) return goOn(deps, await leave(key));
      const telling: Telling = { city, order, lists, published };
      if (order.countedAt === undefined) order = await counted(deps, telling, remaining);
      const { turn } = order;
      const end = await tellPage(parts, { ...telling, order }, placeOf(order, lists), remaining);
      if (end === undefined) return goOn(deps, await leave(key));
      const { changed, order: next } = await deps.orders.change(key, (one) =>
        one.state === 'open' && one.turn === turn && one.runner?.id === me
          ? afterPage(one, end, lists, deps.now())
          : undefined,
      );
      if (next === undefined || next.state === 'cancelled') return 'nothing';
      // This run was too slow, and another has taken the order over.
      if (!changed) return 'later';
      order = next;
      if (order.state === 'done') {
        const { tally, people, walk } = order;
        deps.log.info('a sending is done', { ...tally, people, walk });
        return 'done';
      }
    }
  };

/** A digest names what still stands: nothing that was withdrawn, or has expired by its hour. */
const standsAt =
  (hour: Instant) =>
  ({ state, until }: Order): boolean =>
    state !== 'cancelled' && until > hour;

const partsOf = (
  deps: FanoutDeps,
  city: City,
  present: ReadonlySet<ChannelName>,
  { down }: Order,
): PageParts => {
  const priced = usable(city.sendings.channels, present);
  return {
    ...deps,
    priced,
    channels: new Map(deps.channels.filter(({ name }) => priced.has(name)).map((one) => [one.name, one])),
    breaker: breaker(down),
    rest: async (subscriber, at) => {
      const rests = { at, why: 'unreachable' } as const;
      await deps.subscribers.write(subscriber, { ...subscriber, rev: subscriber.rev + 1, rests });
    },
  };
};

/** Writes down how many a sending is for, before the first of them is told. */
const counted = async (deps: FanoutDeps, telling: Telling, remaining: () => number): Promise<Order> => {
  const { order, lists } = telling;
  const least = remaining() - countingMillis;
  const { people, whole } = await countAlong(
    deps.subscribers,
    lists,
    (subscriptions) => channelsFor(telling, subscriptions)[0],
    () => remaining() < Math.max(least, leastMillis),
  );
  const countedAt = deps.now();
  const { order: next = order } = await deps.orders.change(order, (one) =>
    one.state === 'open' && one.countedAt === undefined
      ? { ...one, countedAt, ...(whole ? { people } : {}) }
      : undefined,
  );
  return next;
};

const finish = async (deps: FanoutDeps, order: Order): Promise<Ran> => {
  const endedAt: Instant = deps.now();
  await deps.orders.change(order, (one) =>
    one.state === 'open' ? { ...one, state: 'done', endedAt } : undefined,
  );
  deps.log.warn('a sending ran out of time', { ...order.tally, people: order.people, walk: order.walk });
  return 'done';
};

/** Whether a warning of danger is being sent: everything else waits for it. */
const warningRuns = async ({ orders }: FanoutDeps, now: Instant): Promise<boolean> => {
  const keys = await orders.open(warningsLimit, true);
  const found = await Promise.all(keys.map((key) => orders.read(key)));
  const latest = Date.parse(now) - stuckSeconds * 1000;
  return found.some(
    (one) =>
      one?.state === 'open' &&
      (one.resumeAt === undefined || one.resumeAt <= now) &&
      Date.parse(one.touchedAt) >= latest,
  );
};

const goOn = async ({ publish, log }: FanoutDeps, key: OrderKey): Promise<Ran> => {
  const { error } = await publish([sendingRequestOf(key)]);
  if (error === undefined) return 'next';
  log.error('the next page of a sending was not published', error);
  return 'later';
};
