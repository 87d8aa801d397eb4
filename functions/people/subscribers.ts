import type { KMSClient } from '@aws-sdk/client-kms';
import { choicesOf, sourcesOf, type Wishes } from '../events/citizens.ts';
import type { ChannelName } from '../events/told.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Instant } from '../kernel/time.ts';
import { addressReader, type Entries, entriesOf, type Refs } from './addresses.ts';
import { accountRef, type BookStore, type Entry, subscriberRef } from './book.ts';

/** Who subscribed: by an account, or by an address alone. */
export interface Subscribed {
  readonly id: string;
  /** Keyed hash of the account. */
  readonly citizen?: string | undefined;
}

/** Where subscribers can be reached, by their ids. */
export type Reaching = (people: readonly Subscribed[]) => Promise<ReadonlyMap<string, Wishes>>;

/** Books in one read. */
const atOnce = 50;

/** When a place was given: of several devices the newest is asked first. */
const givenAt = ({ own, account }: Entries, slot: string): Instant =>
  (own.book.reach.get(slot) ?? account.book.reach.get(slot))?.at ?? '';

/**
 * Reads where subscribers can be reached: the own book of the subscriptions first, then the account's. Which channel is
 * used is for the subscriptions to say, and not for what somebody switched off for notices of a report.
 * @param channels those that this deployment has
 */
export const subscriberReader = ({
  books,
  kms,
  keys,
  channels,
}: {
  readonly books: Pick<BookStore, 'read'>;
  readonly kms: Pick<KMSClient, 'send'>;
  readonly keys: () => Promise<Keys>;
  readonly channels: ReadonlySet<ChannelName>;
}): Reaching => {
  const addressOf = addressReader(kms);

  const wishesOf = (refs: Refs, entries: Entries): Wishes => {
    const { own, account } = entries;
    const addresses = sourcesOf(own.book, account.book, new Set())
      .filter(({ channel, gone }) => gone === undefined && channels.has(channel))
      .sort((a, b) => (givenAt(entries, a.slot) < givenAt(entries, b.slot) ? 1 : -1))
      .flatMap((source) => addressOf(refs, entries, source) ?? []);
    return { ref: refs.own, ...choicesOf(own.book, account.book), addresses };
  };

  return async (people) => {
    const secret = await keys();
    const refs = people.map(
      ({ id, citizen }): Refs => ({
        own: subscriberRef(secret, id),
        account: citizen === undefined ? undefined : accountRef(secret, citizen),
      }),
    );
    const wanted = [...new Set(refs.flatMap(({ own, account }) => [own, account ?? own]))];
    const pages = Array.from({ length: Math.ceil(wanted.length / atOnce) }, (_, i) =>
      books.read(wanted.slice(i * atOnce, (i + 1) * atOnce)),
    );
    const entries = new Map<string, Entry>((await Promise.all(pages)).flatMap((page) => [...page]));
    return new Map(
      people.map(({ id }, i) => {
        const of = refs[i] ?? { own: '', account: undefined };
        return [id, wishesOf(of, entriesOf(of, entries))] as const;
      }),
    );
  };
};
