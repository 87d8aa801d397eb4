import type { City } from '../../city/schema.ts';
import type { SendingChannel } from '../../city/sendings.ts';
import type { Wishes } from '../../events/citizens.ts';
import { limiter } from '../../events/limit.ts';
import { quietUntil } from '../../events/quiet.ts';
import type { ChannelName } from '../../events/told.ts';
import type { Log } from '../../kernel/log.ts';
import type { Reaching } from '../../people/subscribers.ts';
import type { Allowance } from '../../sendings/allowance.ts';
import { channelsAtOnce, forDigest, toldAlong } from '../../sendings/match.ts';
import type { Order, Place, Subscription } from '../../sendings/model.ts';
import { announcementNotice, digestNotice, type ToTell } from '../../sendings/notice.ts';
import type { SendingReceipt, SendingReceipts } from '../../sendings/receipts.ts';
import type { Follower, Subscriber, SubscriberStore } from '../../sendings/subscribers.ts';
import { type PersonParts, type Reader, tellOne } from './person.ts';
import { purse } from './purse.ts';
import { type PageEnd, type PersonEnd, pageSize } from './rules.ts';

/** People who are told at once. */
const sendsAtOnce = 20;
/** What the last message of a page may take beyond its turn. */
const slowestMillis = 12_000;

export interface PageParts extends Omit<PersonParts, 'purse' | 'until' | 'receipts'> {
  readonly receipts: Pick<SendingReceipts, 'read' | 'claim' | 'settle'>;
  readonly subscribers: Pick<SubscriberStore, 'page' | 'readMany'>;
  readonly reaching: Reaching;
  readonly allowance: Pick<Allowance, 'take' | 'giveBack' | 'queue' | 'leave'>;
  /** Of the city and this deployment. */
  readonly priced: ReadonlyMap<ChannelName, SendingChannel>;
  readonly links: (subscriber: Subscriber) => Promise<Pick<ToTell, 'stopPath' | 'managePath'>>;
  /** Without a final slash. */
  readonly publicUrl: string;
  readonly millis: () => number;
  readonly sleep: (millis: number) => Promise<void>;
  readonly log: Log;
}

/** What is told in this run. */
export interface Telling {
  readonly city: City;
  readonly order: Order;
  readonly lists: readonly string[];
  /** What a digest may name. */
  readonly published: readonly Order[];
}

/** By which channels somebody is told; none when this is not for them. */
export const channelsFor = (
  { order, published }: Pick<Telling, 'order' | 'published'>,
  subscriptions: readonly Subscription[],
): readonly ChannelName[] =>
  order.digest === undefined
    ? channelsAtOnce(subscriptions, order)
    : forDigest(subscriptions, published).channels;

/**
 * Tells one page of a list. Whoever was told on it before, by a run that broke off, is counted and not told again.
 * @param left milliseconds that this run has
 * @returns undefined when the queues are too long for what is left: nobody was told
 */
export const tellPage = async (
  parts: PageParts,
  telling: Telling,
  place: Place,
  left: () => number,
): Promise<PageEnd | undefined> => {
  const { order, lists } = telling;
  const { list, after } = place;
  const { followers, next } = await parts.subscribers.page(list, after, pageSize([...parts.priced.values()]));
  const meant = oncePerPerson(
    followers.filter(
      ({ subscriptions }) =>
        toldAlong(subscriptions, lists) === list && channelsFor(telling, subscriptions).length > 0,
    ),
  );
  const receipts = await parts.receipts.read(
    order,
    meant.map(({ person }) => person),
  );
  const before = await Promise.all(
    meant.map(async ({ id, person }) => ({ id, end: await endedBefore(parts, order, receipts.get(person)) })),
  );
  const ends = before.flatMap(({ end }) => end ?? []);
  const readers = await readersOf(
    parts,
    telling,
    before.flatMap(({ id, end }) => (end === undefined ? [id] : [])),
    receipts,
  );
  const told = await tellAll(parts, order, readers, left);
  if (told === undefined) return undefined;
  return { list, next, ends: [...ends, ...told], down: parts.breaker.down() };
};

const oncePerPerson = (followers: readonly Follower[]): readonly Follower[] => [
  ...new Map(followers.map((one) => [one.person, one])).values(),
];

/** How it ended for somebody before this run; undefined when they are to be told. */
const endedBefore = async (
  { receipts, now }: PageParts,
  order: Order,
  receipt: SendingReceipt | undefined,
): Promise<PersonEnd | undefined> => {
  if (receipt === undefined || receipt.state === 'waiting') return undefined;
  const { state, turn } = receipt;
  if (state === 'claimed') {
    if (receipt.leaseUntil >= now()) return { left: 'busy' };
    const how = { state: 'uncertain', reason: 'brokeOff' } as const;
    const person = receipt.sk.slice(receipt.sk.indexOf('#') + 1);
    await receipts.settle(order, person, receipt.claim, how, { turn: order.turn, now: now() });
    return { counted: 'uncertain' };
  }
  if (turn !== order.turn) return 'passed';
  return { counted: state === 'bounced' ? 'failed' : state };
};

/** Those who are to be told, as they want it now: whoever changed or stopped since the list was copied is heard. */
const readersOf = async (
  parts: PageParts,
  telling: Telling,
  ids: readonly string[],
  receipts: ReadonlyMap<string, SendingReceipt>,
): Promise<readonly Reader[]> => {
  const subscribers = [...(await parts.subscribers.readMany(ids)).values()].filter(
    ({ rests, subscriptions }) => rests === undefined && channelsFor(telling, subscriptions).length > 0,
  );
  const wishes = await parts.reaching(subscribers);
  return Promise.all(
    subscribers.flatMap((subscriber) => {
      const wanted = wishes.get(subscriber.id);
      const receipt = receipts.get(subscriber.person);
      return wanted === undefined ? [] : [readerOf(parts, telling, subscriber, wanted, receipt)];
    }),
  );
};

const readerOf = async (
  parts: PageParts,
  telling: Telling,
  subscriber: Subscriber,
  wishes: Wishes,
  receipt: SendingReceipt | undefined,
): Promise<Reader> => {
  const { city, order, published } = telling;
  const { subscriptions } = subscriber;
  const to = {
    ...{ city, language: wishes.language, publicUrl: parts.publicUrl },
    ...(await parts.links(subscriber)),
  };
  const { orders: named } = forDigest(subscriptions, published);
  // Who chose an hour for the digest wants it then.
  const waits = !order.emergency && order.digest === undefined;
  return {
    ...{ subscriber, wishes, receipt, channels: channelsFor(telling, subscriptions) },
    quietUntil: waits ? quietUntil(wishes.quiet, city.profile.zone, parts.now()) : undefined,
    notice: (channel) =>
      order.digest === undefined
        ? announcementNotice({ ...to, channel }, order)
        : digestNotice({ ...to, channel }, named),
  };
};

/** The channel that is asked first, of those that are in question at all. */
const firstPlace = ({ channels, wishes }: Reader): ChannelName | undefined =>
  channels.find((channel) => wishes.addresses.some((address) => address.channel === channel));

const tellAll = async (
  parts: PageParts,
  order: Order,
  readers: readonly Reader[],
  left: () => number,
): Promise<readonly PersonEnd[] | undefined> => {
  const wanted = new Map<ChannelName, number>();
  for (const reader of readers) {
    const first = reader.quietUntil === undefined ? firstPlace(reader) : undefined;
    if (first !== undefined && !parts.breaker.isOpen(first)) wanted.set(first, (wanted.get(first) ?? 0) + 1);
  }
  const { allowance, priced: channels, millis, sleep } = parts;
  const { emergency } = order;
  const money = await purse({ allowance, channels, emergency, at: parts.now(), millis }, wanted);
  try {
    if (money.lastAt() - millis() + slowestMillis > left()) {
      await money.leave();
      return undefined;
    }
    const until = async (at: number): Promise<void> => {
      const wait = at - millis();
      if (wait > 0) await sleep(wait);
    };
    const slot = limiter(sendsAtOnce);
    return await Promise.all(
      readers.map((reader) =>
        slot(() => tellOne({ ...parts, purse: money, until }, order, reader)).catch(
          (e: unknown): PersonEnd => {
            parts.log.error('a message of a sending did not end', e);
            return { left: 'busy' };
          },
        ),
      ),
    );
  } finally {
    await money.close();
  }
};
