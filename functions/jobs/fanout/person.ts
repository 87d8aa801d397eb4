import type { Address, Wishes } from '../../events/citizens.ts';
import type { Notice } from '../../events/notice.ts';
import { type Channel, type Sent, sendTo } from '../../events/tell.ts';
import type { ChannelName } from '../../events/told.ts';
import type { Clock, Instant } from '../../kernel/time.ts';
import type { Left, Order } from '../../sendings/model.ts';
import type { Ended, SendingReceipt, SendingReceipts } from '../../sendings/receipts.ts';
import { sendingRef } from '../../sendings/ref.ts';
import type { Subscriber } from '../../sendings/subscribers.ts';
import type { Breaker } from './breaker.ts';
import type { Purse } from './purse.ts';
import type { PersonEnd } from './rules.ts';

/** Somebody whom a page tells, or tries again to tell. */
export interface Reader {
  readonly subscriber: Subscriber;
  readonly wishes: Wishes;
  /** By which they are told, the first of them first. */
  readonly channels: readonly ChannelName[];
  /** Left by a channel that did not take it. */
  readonly receipt: SendingReceipt | undefined;
  readonly quietUntil: Instant | undefined;
  readonly notice: (channel: ChannelName) => Notice;
}

export interface PersonParts {
  readonly receipts: Pick<SendingReceipts, 'claim' | 'settle'>;
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  readonly breaker: Breaker;
  readonly purse: Purse;
  /** The address is closed for good. */
  readonly gone: (ref: string, slot: string, why: string, at: Instant) => Promise<void>;
  /** No address of theirs is open: their subscriptions rest. */
  readonly rest: (subscriber: Subscriber, at: Instant) => Promise<void>;
  readonly now: Clock;
  /** Waits until this moment, epoch milliseconds. */
  readonly until: (millis: number) => Promise<void>;
}

/** Where somebody can be reached, in the order in which it is tried. */
const placesOf = ({ channels, wishes }: Reader): readonly Address[] =>
  wishes.stopped
    ? []
    : channels.flatMap((channel) => wishes.addresses.filter((address) => address.channel === channel));

/** The month's allowance of SMS is counted by the channel itself. */
const isUsedUp = (sent: Sent): boolean => sent.state === 'failed' && sent.reason === 'monthlyCap';

/**
 * Tells one person once: claim → send → receipt. The next address is asked only where the one before has certainly taken
 * nothing; a try that ended without a word is the last one.
 */
export const tellOne = async (parts: PersonParts, order: Order, reader: Reader): Promise<PersonEnd> => {
  const { receipts, breaker, purse, now } = parts;
  const { subscriber, quietUntil } = reader;
  const { person } = subscriber;
  const { turn } = order;
  if (quietUntil !== undefined) return { left: 'quiet', until: quietUntil };
  const places = placesOf(reader);
  let claim: string | undefined;
  const claimed = async (slot: string): Promise<boolean> => {
    if (claim !== undefined) return true;
    const tries = reader.receipt?.tries ?? 0;
    const got = await receipts.claim(order, person, { turn, slot, tries, now: now() });
    claim = got.mine ? got.claim : undefined;
    return got.mine;
  };
  const settle = async (how: Ended): Promise<void> => {
    if (claim !== undefined) await receipts.settle(order, person, claim, how, { turn, now: now() });
  };

  let held: Exclude<keyof Left, 'quiet' | 'busy'> | undefined;
  let refused: string | undefined;
  for (const place of places) {
    const { channel: name, slot, ref } = place;
    const channel = parts.channels.get(name);
    if (channel === undefined) continue;
    if (breaker.isOpen(name)) {
      held = 'channel';
      continue;
    }
    const from = await purse.take(name);
    if (from === undefined) {
      held ??= 'allowance';
      continue;
    }
    await parts.until(from);
    let busy = false;
    const sent = await breaker.through(
      name,
      async (): Promise<Sent | undefined> => {
        busy = !(await claimed(slot));
        if (busy) return undefined;
        const { id, version } = order;
        const receipt = sendingRef({ id, version, person, slot, book: ref });
        return sendTo({ to: place.open, notice: reader.notice(name), channel, receipt });
      },
      (one) => one?.state !== 'waiting',
    );
    if (sent?.state === 'sent') {
      await settle({ state: 'sent', messageId: sent.messageId });
      return { counted: 'sent' };
    }
    if (sent?.state === 'waiting' && sent.uncertain) {
      await settle({ state: 'uncertain', reason: sent.reason });
      return { counted: 'uncertain' };
    }
    purse.putBack(name);
    if (busy) return { left: 'busy' };
    if (sent === undefined || sent.state === 'waiting') held = 'channel';
    else if (isUsedUp(sent)) held ??= 'allowance';
    else if (sent.gone === true) await parts.gone(ref, slot, sent.reason, now());
    else refused = sent.reason;
  }
  if (held !== undefined) {
    await settle({ state: 'waiting' });
    return { left: held };
  }
  return ended(parts, reader, refused, claimed, settle);
};

/** Nobody took it and nobody will: it failed, or they have no open address left. */
const ended = async (
  { rest, now }: PersonParts,
  { subscriber, wishes }: Reader,
  refused: string | undefined,
  claimed: (slot: string) => Promise<boolean>,
  settle: (how: Ended) => Promise<void>,
): Promise<PersonEnd> => {
  if (!(await claimed('none'))) return { left: 'busy' };
  if (refused !== undefined) {
    await settle({ state: 'failed', reason: refused });
    return { counted: 'failed' };
  }
  await settle({ state: 'pruned' });
  // Whoever stopped all notices of the account may want them again, with what was subscribed.
  if (!wishes.stopped) await rest(subscriber, now());
  return { counted: 'pruned' };
};
