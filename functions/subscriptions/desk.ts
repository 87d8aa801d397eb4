import type { Head } from '../announcing/model.ts';
import { maySee } from '../announcing/rights.ts';
import type { AnnouncementStore } from '../announcing/store.ts';
import { announced } from '../announcing/telling.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { City } from '../city/schema.ts';
import type { SendingChannel } from '../city/sendings.ts';
import type { ChannelName } from '../events/told.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Clock } from '../kernel/time.ts';
import { type Allowance, limitOf } from '../sendings/allowance.ts';
import { countAlong } from '../sendings/count.ts';
import { channelsAtOnce, forDigest, listsFor } from '../sendings/match.ts';
import type { Order, Subscription } from '../sendings/model.ts';
import { type OrderStore, orderOf } from '../sendings/order.ts';
import type { SubscriberStore } from '../sendings/subscribers.ts';
import type { subscriptions } from './contract.ts';
import { remainingOf } from './rules.ts';

type Operations = (typeof subscriptions)['operations'];

/** A request may count for so long; milliseconds. A city of 60,000 subscribers takes a part of it. */
const countingMillis = 7_000;

export interface DeskDeps {
  readonly announcements: Pick<AnnouncementStore, 'read' | 'readVersion'>;
  readonly orders: Pick<OrderStore, 'ofAnnouncement'>;
  readonly subscribers: Pick<SubscriberStore, 'page'>;
  readonly allowance: Pick<Allowance, 'used'>;
  readonly city: () => Promise<City>;
  readonly now: Clock;
  readonly millis: () => number;
  /** Channels by which this deployment reaches citizens. */
  readonly channels: ReadonlySet<ChannelName>;
}

/** What whoever publishes sees: before, whom it is for and what it costs; after, how it went. */
export const deskOperations = (deps: DeskDeps) => {
  const seen = async (id: string, actor: StaffActor): Promise<Head> => {
    const [city, head] = await Promise.all([deps.city(), deps.announcements.read(id)]);
    if (head === undefined || !maySee(city, actor, head, deps.now())) throw problem('notFound');
    return head;
  };

  return {
    countRecipients: async ({ input, actor }: Call<Operations['countRecipients'], StaffActor>) => {
      const { id } = input.params;
      const [head, city] = await Promise.all([seen(id, actor), deps.city()]);
      const version = await deps.announcements.readVersion(
        id,
        head.pending?.version ?? head.live?.version ?? 0,
      );
      if (version === undefined) throw problem('notFound');
      const at = deps.now();
      const order = orderOf(announced(head, version, at));
      const usable = city.sendings.channels.filter(({ channel }) => deps.channels.has(channel));
      const ends = deps.millis() + countingMillis;
      const { by, whole } = await countAlong(
        deps.subscribers,
        listsFor(
          order,
          city.areas.map(({ code }) => code),
        ),
        classifier(order, new Set(usable.map(({ channel }) => channel))),
        () => deps.millis() > ends,
      );
      const used = await Promise.all(usable.map(({ channel }) => deps.allowance.used(channel, at)));
      const channels = usable.map((channel, i) =>
        priced(channel, by.get(channel.channel) ?? 0, used[i] ?? 0, order),
      );
      return {
        body: {
          ...{ at, version: version.version, whole, channels },
          people: channels.reduce((sum, { people }) => sum + people, 0),
          rupiah: channels.reduce((sum, { rupiah }) => sum + rupiah, 0),
          ...{ digest: by.get('digest') ?? 0, unreachable: by.get('unreachable') ?? 0 },
        },
      };
    },

    sendingProgress: async ({ input, actor }: Call<Operations['sendingProgress'], StaffActor>) => {
      await seen(input.params.id, actor);
      const orders = await deps.orders.ofAnnouncement(input.params.id);
      return { body: { sendings: orders.map(progressOf).reverse() } };
    },
  };
};

/** By what somebody is told: the first channel that the city has, the next digest, or nothing. */
const classifier =
  (order: Order, usable: ReadonlySet<ChannelName>) =>
  (subscriptions: readonly Subscription[]): ChannelName | 'digest' | 'unreachable' | undefined => {
    const channels = channelsAtOnce(subscriptions, order);
    if (channels.length > 0) return channels.find((channel) => usable.has(channel)) ?? 'unreachable';
    return forDigest(subscriptions, [order]).channels.length > 0 ? 'digest' : undefined;
  };

const priced = (channel: SendingChannel, people: number, used: number, { emergency }: Order) => ({
  ...{ channel: channel.channel, people },
  // To the hundredth, as prices of mail are.
  rupiah: Math.round(people * channel.rupiah * 100) / 100,
  monthLeft: Math.max(0, limitOf(channel, emergency) - used),
  seconds: Math.ceil(people / channel.perSecond),
});

const progressOf = (order: Order) => {
  const { version, state, emergency, at, people, tally, walk, touchedAt } = order;
  return {
    ...{ version, state, emergency, at, walk, touchedAt, told: tally },
    people: people ?? null,
    remaining: remainingOf(order),
    waiting: order.leftBefore ?? order.left,
    nextWalkAt: order.resumeAt ?? null,
    startedAt: order.startedAt ?? null,
    endedAt: order.endedAt ?? null,
  };
};
