import type { CitizenActor } from '../cases/actor.ts';
import type { CaseStore } from '../cases/store.ts';
import { isPushEndpoint, type PushSubscription } from '../events/channels/push.ts';
import { isBrowserKey, vapidOf } from '../events/channels/push-crypto.ts';
import { channelOf, choicesOf, isOn, type Source, sourcesOf } from '../events/citizens.ts';
import { type ChannelName, channelNames } from '../events/told.ts';
import { keyedHash, readCode } from '../kernel/code.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst, type Quota } from '../kernel/quota.ts';
import type { Table } from '../kernel/table.ts';
import type { Clock } from '../kernel/time.ts';
import {
  accountRef,
  type BookChange,
  type BookStore,
  devicesLimit,
  type Entry,
  noEntry,
} from '../people/book.ts';
import { e164, identityRef } from '../people/identity.ts';
import { type Sealing, sealGroup } from '../people/sealed.ts';
import type { citizens } from './contract.ts';
import type { WishesBody, WishesShown } from './wishes.ts';

type Operations = (typeof citizens)['operations'];
/** What a case token opens. */
export interface Holder {
  readonly code: string;
  readonly pinVersion: number;
}
export interface Account extends CitizenActor {
  /** Only when the issuer says that it checked the address. */
  readonly email: string | undefined;
}

/** Changes an hour of one book: enough for a person, useless for writing to strangers. */
const changes: Quota = { limit: 30, seconds: 3600 };

export interface PreferenceDeps {
  readonly table: Table;
  readonly store: Pick<CaseStore, 'read'>;
  readonly books: BookStore;
  readonly sealing: Sealing;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
  /** Channels by which this deployment reaches citizens. */
  readonly channels: ReadonlySet<ChannelName>;
}

/** Whose book, and what else counts for it. */
interface Whose {
  readonly ref: string;
  readonly account: string | undefined;
  readonly email?: string | undefined;
}

const wrong = (code: 'channelOff' | 'addressMissing' | 'endpointRefused', field: string) =>
  problem(code, { fields: [{ field, problem: code }] });

/** The book, as its owner sees it. */
const shown = (own: Entry, account: Entry, keys: Keys, available: ReadonlySet<ChannelName>): WishesShown => {
  const sources = sourcesOf(own.book, account.book, new Set(Object.keys(own.filed?.fields ?? {})));
  const { language, quiet } = choicesOf(own.book, account.book);
  const at = (channel: ChannelName): Source | undefined => sources.find((s) => s.slot === channel);
  const vapid = vapidOf(keys);
  if (vapid === undefined) throw new Error('no current key');
  return {
    ...{ language, quiet },
    stoppedAt: own.book.stoppedAt ?? account.book.stoppedAt ?? null,
    channels: channelNames.map((channel) => ({
      channel,
      available: available.has(channel),
      on: isOn(channel, own.book, account.book),
      address: at(channel)?.from ?? null,
      problem: at(channel)?.gone ?? null,
    })),
    devices: sources.flatMap(({ slot, from, gone }) =>
      slot.startsWith('push.') && from !== 'filing'
        ? [{ id: slot.slice('push.'.length), from, problem: gone ?? null }]
        : [],
    ),
    pushKey: { id: vapid.id, key: vapid.publicKey },
  };
};

const givenAddress = (
  channels: NonNullable<WishesBody['channels']>,
  channel: ChannelName,
): string | undefined => {
  switch (channel) {
    case 'email':
      return channels.email?.address?.toLowerCase();
    case 'telegram':
      return channels.telegram?.chat;
    case 'push':
      return undefined;
    default: {
      const phone = channels[channel]?.phone;
      return phone === undefined ? undefined : e164(phone);
    }
  }
};

/** Preferences of the reporter of a case and of an account: one book each, changed part by part. */
export const preferenceOperations = (deps: PreferenceDeps) => {
  const { books, now } = deps;

  const entriesOf = async ({ ref, account }: Whose): Promise<{ own: Entry; account: Entry }> => {
    const entries = await books.read([ref, account ?? ref]);
    return {
      own: entries.get(ref) ?? noEntry,
      account: (account === undefined ? undefined : entries.get(account)) ?? noEntry,
    };
  };

  const show = async (whose: Whose): Promise<{ readonly body: WishesShown }> => {
    const [keys, { own, account }] = await Promise.all([deps.keys(), entriesOf(whose)]);
    return { body: shown(own, account, keys, deps.channels) };
  };

  /** Addresses by slot, as they go into the book. A channel that is switched on has to lead somewhere. */
  const addressesOf = (body: WishesBody, whose: Whose, own: Entry, account: Entry, keys: Keys) => {
    const found = new Map<string, string>();
    const known = new Set(
      sourcesOf(own.book, account.book, new Set(Object.keys(own.filed?.fields ?? {})))
        .filter(({ gone }) => gone === undefined)
        .map(({ slot }) => channelOf(slot)),
    );
    const { channels = {}, addDevice: device } = body;
    for (const channel of channelNames) {
      const given = givenAddress(channels, channel);
      const wanted = channels[channel]?.on === true;
      if (wanted && !deps.channels.has(channel)) throw wrong('channelOff', `/channels/${channel}`);
      const address =
        given ?? (channel === 'email' && wanted && !known.has('email') ? whose.email : undefined);
      if (address !== undefined) found.set(channel, address);
      else if (wanted && channel !== 'push' && !known.has(channel))
        throw wrong('addressMissing', `/channels/${channel}`);
    }
    if (device !== undefined) {
      const { endpoint, p256dh, auth, key } = device;
      if (!isPushEndpoint(endpoint)) throw wrong('endpointRefused', '/addDevice/endpoint');
      if (!isBrowserKey(p256dh)) throw wrong('endpointRefused', '/addDevice/p256dh');
      if (vapidOf(keys, key) === undefined) throw wrong('endpointRefused', '/addDevice/key');
      const id = keyedHash(keys.first('contact'), 'device', endpoint).slice(0, 10);
      found.set(`push.${id}`, JSON.stringify({ endpoint, p256dh, auth, key } satisfies PushSubscription));
    }
    return found;
  };

  /** Devices that go: those named, and the oldest where a new one has no place. */
  const removedBy = (body: WishesBody, own: Entry, added: readonly string[]): readonly string[] => {
    const named = (body.removeDevices ?? [])
      .map((id) => `push.${id}`)
      .filter((slot) => own.book.slots.has(slot));
    const left = [...own.book.reach]
      .filter(([slot]) => slot.startsWith('push.') && !named.includes(slot) && !added.includes(slot))
      .sort(([, a], [, b]) => (a.at < b.at ? -1 : 1));
    const room = devicesLimit - added.filter((slot) => slot.startsWith('push.')).length;
    return [...named, ...left.slice(0, Math.max(0, left.length - room)).map(([slot]) => slot)];
  };

  const write = async (whose: Whose, body: WishesBody): Promise<{ readonly body: WishesShown }> => {
    const keys = await deps.keys();
    await countAgainst(deps.table, `notices#${keyedHash(keys.now('quota'), whose.ref)}`, changes, now());
    const { own, account } = await entriesOf(whose);
    const addresses = addressesOf(body, whose, own, account, keys);
    const reach = await Promise.all(
      [...addresses].map(
        async ([slot, address]) =>
          [slot, await sealGroup(deps.sealing, whose.ref, 'notices', { [slot]: address })] as const,
      ),
    );
    const { channels = {}, quiet } = body;
    const on = Object.fromEntries(
      channelNames.flatMap((channel) => {
        const wanted =
          channels[channel]?.on ?? (channel === 'push' && body.addDevice !== undefined ? true : undefined);
        return wanted === undefined ? [] : [[channel, wanted]];
      }),
    );
    const change: BookChange = {
      language: body.language,
      quiet: quiet === null ? 'none' : quiet,
      stopped: body.stop,
      on,
      reach: Object.fromEntries(reach),
      remove: removedBy(body, own, [...addresses.keys()]),
    };
    await books.change(whose.ref, change, now());
    return show(whose);
  };

  /** A token opens its own case only, and only until the PIN changes. */
  const ofCase = async (typed: string, actor: Holder): Promise<Whose> => {
    const code = readCode(typed);
    const record = code !== undefined && code === actor.code ? await deps.store.read(code) : undefined;
    if (record === undefined || record.pin.version !== actor.pinVersion) throw problem('caseTokenInvalid');
    const keys = await deps.keys();
    return {
      ref: identityRef(keys, record.code),
      account: record.reporter === undefined ? undefined : accountRef(keys, record.reporter),
    };
  };
  const ofAccount = async ({ id, email }: Account): Promise<Whose> => ({
    ref: accountRef(await deps.keys(), id),
    account: undefined,
    email,
  });

  return {
    caseNotices: async ({ input, actor }: Call<Operations['caseNotices'], Holder>) =>
      show(await ofCase(input.params.code, actor)),
    chooseCaseNotices: async ({ input, actor }: Call<Operations['chooseCaseNotices'], Holder>) =>
      write(await ofCase(input.params.code, actor), input.body),
    myNotices: async ({ actor }: Call<Operations['myNotices'], Account>) => show(await ofAccount(actor)),
    chooseMyNotices: async ({ input, actor }: Call<Operations['chooseMyNotices'], Account>) =>
      write(await ofAccount(actor), input.body),
  };
};
