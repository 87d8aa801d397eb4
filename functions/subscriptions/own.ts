import type { City } from '../city/schema.ts';
import type { PushSubscription } from '../events/channels/push.ts';
import { vapidOf } from '../events/channels/push-crypto.ts';
import { choicesOf, sourcesOf } from '../events/citizens.ts';
import type { QuietHours } from '../events/quiet.ts';
import { type ChannelName, channelNames } from '../events/told.ts';
import { keyedHash } from '../kernel/code.ts';
import { type Language, problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import type { Clock } from '../kernel/time.ts';
import {
  accountRef,
  type BookChange,
  type BookStore,
  type Entry,
  noEntry,
  subscriberRef,
} from '../people/book.ts';
import { type Sealing, sealGroup } from '../people/sealed.ts';
import type { Subscriber, SubscriberStore } from '../sendings/subscribers.ts';
import { faultsOf, renewed } from './rules.ts';
import type { Choice, Shown } from './shapes.ts';

/** Changes an hour of one subscriber. */
const changes: Quota = { limit: 30, seconds: 3600 };
/** Hour of the digest for who chose none: with the first coffee. */
const usualHour = 7;
/** Tries to write beside another writer, where nobody named a version. */
const tries = 4;

export interface OwnDeps {
  readonly table: Table;
  readonly subscribers: SubscriberStore;
  readonly books: BookStore;
  readonly sealing: Sealing;
  readonly keys: () => Promise<Keys>;
  readonly city: () => Promise<City>;
  readonly now: Clock;
  /** Channels by which this deployment reaches citizens. */
  readonly channels: ReadonlySet<ChannelName>;
}

/** Whose subscriptions. */
export interface Whose {
  /** Of the subscriber. */
  readonly id: string;
  /** Who is told once: the same for an account and for its address alone. */
  readonly person: string;
  /** Keyed hash of the account. */
  readonly citizen?: string | undefined;
  /** Of the account, checked by its issuer. */
  readonly email?: string | undefined;
}

export interface Chosen {
  readonly subscriptions: readonly Choice[];
  readonly hour?: number | undefined;
  readonly language?: Language | undefined;
  readonly quiet?: QuietHours | null | undefined;
}

/** The subscriber that an address is: the same whoever gives it, in whatever case. */
export const addressId = (keys: Keys, kind: 'email' | 'push', address: string): string =>
  keyedHash(keys.first('contact'), 'subscriber', kind, kind === 'email' ? address.toLowerCase() : address);
export const accountId = (keys: Keys, citizen: string): string =>
  keyedHash(keys.first('contact'), 'subscriber', 'account', citizen);

/** Addresses by slot, as they go into a book. */
export type Addresses = Readonly<Record<string, string>>;

interface Books {
  readonly ref: string;
  readonly own: Entry;
  readonly account: Entry;
}

export type Own = ReturnType<typeof ownSubscriptions>;

/** Subscriptions of one subscriber as they are read, chosen and ended, whoever it is. */
export const ownSubscriptions = (deps: OwnDeps) => {
  const { subscribers, books, now } = deps;

  const booksOf = async ({ id, citizen }: Whose, keys: Keys): Promise<Books> => {
    const ref = subscriberRef(keys, id);
    const account = citizen === undefined ? ref : accountRef(keys, citizen);
    const found = await books.read([ref, account]);
    return {
      ref,
      own: found.get(ref) ?? noEntry,
      account: (citizen === undefined ? undefined : found.get(account)) ?? noEntry,
    };
  };

  /** Channels that the city sends announcements by. */
  const offered = (city: City): ReadonlySet<ChannelName> =>
    new Set(
      city.sendings.channels.flatMap(({ channel, perMonth }) =>
        perMonth > 0 && deps.channels.has(channel) ? [channel] : [],
      ),
    );

  const reachable = ({ own, account }: Books): ReadonlySet<ChannelName> =>
    new Set(
      sourcesOf(own.book, account.book, new Set()).flatMap(({ channel, gone }) =>
        gone === undefined ? [channel] : [],
      ),
    );

  const show = async (whose: Whose): Promise<{ readonly body: Shown; readonly etag: number }> => {
    const [keys, city, one] = await Promise.all([deps.keys(), deps.city(), subscribers.read(whose.id)]);
    const found = await booksOf(whose, keys);
    const [available, open] = [offered(city), reachable(found)];
    const { language, quiet } = choicesOf(found.own.book, found.account.book);
    const vapid = vapidOf(keys);
    if (vapid === undefined) throw new Error('no current key');
    return {
      etag: one?.rev ?? 0,
      body: {
        subscriptions: [...(one?.subscriptions ?? [])],
        ...{ hour: one?.hour ?? usualHour, language, quiet, rests: one?.rests ?? null },
        channels: channelNames.map((channel) => ({
          ...{ channel, available: available.has(channel), reachable: open.has(channel) },
        })),
        pushKey: { id: vapid.id, key: vapid.publicKey },
      },
    };
  };

  /** The city is known, and offers all that is wanted. */
  const checked = async (wanted: readonly Choice[]): Promise<City> => {
    const city = await deps.city();
    const faults = faultsOf(city, wanted, offered(city));
    if (faults !== undefined) throw problem(faults.wrong, { fields: faults.fields });
    return city;
  };

  const nextOf = (city: City, whose: Whose, was: Subscriber | undefined, chosen: Chosen): Subscriber => {
    const hourBefore = was?.hour ?? usualHour;
    const hour = chosen.hour ?? hourBefore;
    const { zone } = city.profile;
    return {
      ...{ v: 1, id: whose.id, rev: (was?.rev ?? 0) + 1, person: whose.person, hour, at: now() },
      ...(whose.citizen === undefined ? {} : { citizen: whose.citizen }),
      subscriptions: [
        ...renewed(was?.subscriptions ?? [], chosen.subscriptions, { now: now(), zone, hourBefore, hour }),
      ],
    };
  };

  const note = async (
    ref: string,
    { language, quiet }: Pick<Chosen, 'language' | 'quiet'>,
    addresses: Addresses = {},
  ): Promise<void> => {
    const reach = Object.fromEntries(
      await Promise.all(
        Object.entries(addresses).map(
          async ([slot, address]) =>
            [slot, await sealGroup(deps.sealing, ref, 'notices', { [slot]: address })] as const,
        ),
      ),
    );
    await books.change(ref, { language, quiet: quiet === null ? 'none' : quiet, reach }, now());
  };

  /** Every wanted channel leads somewhere; the address that an account proved is taken over. */
  const addressesOf = (
    whose: Whose,
    was: Subscriber | undefined,
    found: Books,
    wanted: readonly Choice[],
  ): Addresses => {
    const open = reachable(found);
    const taken: Record<string, string> = {};
    wanted.forEach(({ channel }, i) => {
      const fields = [{ field: `/subscriptions/${i}/channel`, problem: 'addressMissing' }];
      if (channel === 'email' && whose.citizen !== undefined) {
        if (whose.email === undefined) throw problem('emailUnverified', { fields });
        const { slots, gone } = found.own.book;
        const known = was?.person === whose.person && slots.has('email') && !gone.has('email');
        if (!known) taken['email'] = whose.email.toLowerCase();
      } else if (!open.has(channel)) throw problem('addressMissing', { fields });
    });
    return taken;
  };

  const choose = async (whose: Whose, chosen: Chosen, ifMatch: number) => {
    const keys = await deps.keys();
    await countAgainst(deps.table, `subscriptions#${whose.id}`, changes, now());
    const [city, was] = await Promise.all([checked(chosen.subscriptions), subscribers.read(whose.id)]);
    if ((was?.rev ?? 0) !== ifMatch) throw problem('staleRecord', { extra: { current: was?.rev ?? 0 } });
    const found = await booksOf(whose, keys);
    await note(found.ref, chosen, addressesOf(whose, was, found, chosen.subscriptions));
    if (!(await subscribers.write(was, nextOf(city, whose, was, chosen)))) throw problem('staleRecord');
    return show(whose);
  };

  /** Writes what follows from what stands there, whoever writes beside it. */
  const write = async (
    id: string,
    next: (was: Subscriber | undefined) => Subscriber | undefined | 'asItIs',
  ): Promise<void> => {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const was = await subscribers.read(id);
      const wanted = next(was);
      if (wanted === 'asItIs' || (await subscribers.write(was, wanted))) return;
    }
    throw problem('busy', { retryAfter: 1 });
  };

  /** What somebody chose at an address that is proved to be theirs. @param change what the book takes over */
  const take = async (
    whose: Whose,
    chosen: (was: Subscriber | undefined) => Chosen,
    change: BookChange,
  ): Promise<void> => {
    const [keys, city] = await Promise.all([deps.keys(), deps.city()]);
    await books.change(subscriberRef(keys, whose.id), change, now());
    await write(whose.id, (was) => nextOf(city, whose, was, chosen(was)));
  };

  /** Nobody is told here any more; what was chosen rests until it is saved again. */
  const stop = (id: string): Promise<void> =>
    write(id, (was) =>
      was === undefined || was.rests?.why === 'stopped'
        ? 'asItIs'
        : { ...was, rev: was.rev + 1, rests: { at: now(), why: 'stopped' } },
    );

  /** Forgets a subscriber and their own addresses; those of an account stay its own. */
  const end = async (whose: Whose): Promise<void> => {
    await write(whose.id, (was) => (was === undefined ? 'asItIs' : undefined));
    const { ref, own } = await booksOf(whose, await deps.keys());
    if (own.book.slots.size > 0) await books.change(ref, { remove: [...own.book.slots] }, now());
  };

  return { show, choose, checked, take, stop, end };
};

/** As it lies sealed in the book of a device. */
export const deviceAddress = (subscription: PushSubscription): string => JSON.stringify(subscription);
