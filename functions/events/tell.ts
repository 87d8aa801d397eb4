import type { Key } from '../kernel/table.ts';
import type { Clock, Instant } from '../kernel/time.ts';
import type { Notice } from './notice.ts';
import type { ReceiptFacts, ReceiptStore, Settled } from './receipts.ts';
import type { ChannelName } from './told.ts';

/** What a channel says about one notice. Reasons are our own words: a provider's may name the person. */
export type Sent =
  | {
      readonly state: 'sent';
      readonly messageId?: string | undefined;
      /** Taking it is all that this channel ever says about arrival. */
      readonly arrived?: true;
    }
  /** It will never take this one. `gone`: nor any other, the address is closed to us. */
  | { readonly state: 'failed'; readonly reason: string; readonly gone?: true }
  /** Later perhaps. `uncertain`: it may have taken it all the same (a timeout). */
  | { readonly state: 'waiting'; readonly reason: string; readonly uncertain: boolean };

export interface Channel {
  readonly name: ChannelName;
  /**
   * Never throws for what the provider says.
   * @param receipt what the provider may hand back with its news about this notice (feedback.ts); no address
   */
  readonly send: (to: string, notice: Notice, receipt?: string) => Promise<Sent>;
}

export interface Errand {
  readonly key: Key;
  readonly facts: ReceiptFacts;
  /** The address; a sealed one is opened only by the run that sends. Undefined: there is none any more. */
  readonly to: string | (() => Promise<string | undefined>);
  readonly notice: Notice;
  readonly channel: Channel;
  readonly receipt?: string;
  /** Whether something newer already arrived; asked after the claim, so that one run decides it. */
  readonly superseded?: () => Promise<boolean>;
  /**
   * When to try again what the channel did not take, asked after `tries` tries; it has to be noted where it will be
   * found. Undefined gives up. Without this the queue brings the message again.
   */
  readonly again?: (tries: number) => Promise<Instant | undefined>;
  /** The address is closed for good. */
  readonly gone?: (reason: string) => Promise<void>;
}

export interface TellDeps {
  readonly receipts: Pick<ReceiptStore, 'claim' | 'settle'>;
  readonly now: Clock;
}

/**
 * `sent` by this run or an earlier one; `busy`: another run has it in hand, or may have died with it; `held`: it is
 * noted for later.
 */
export type Told = 'sent' | 'failed' | 'superseded' | 'waiting' | 'busy' | 'held';

const broken = (reason: string, uncertain: boolean): Sent => ({ state: 'waiting', reason, uncertain });

/** Opens the address and sends; what breaks on the way is tried again. */
export const sendTo = async ({
  to,
  notice,
  channel,
  receipt,
}: Pick<Errand, 'to' | 'notice' | 'channel' | 'receipt'>): Promise<Sent> => {
  let address: string | undefined;
  try {
    address = typeof to === 'string' ? to : await to();
  } catch {
    return broken('addressNotOpened', false);
  }
  if (address === undefined) return { state: 'failed', reason: 'noAddress' };
  return channel.send(address, notice, receipt).catch(() => broken('channelBroken', true));
};

/**
 * Claim → send → receipt. Killed between any two of them, the next run finds the claim and, once its lease is over,
 * sends again and says on the receipt that it may have arrived twice.
 */
export const tell = async ({ receipts, now }: TellDeps, errand: Errand): Promise<Told> => {
  const { key, facts } = errand;
  const claim = await receipts.claim(key, facts, now());
  if (!claim.mine) {
    // What bounced was sent; it is over.
    if (claim.state === 'bounced') return 'failed';
    return claim.state === 'claimed' ? 'busy' : claim.state;
  }
  const end = async (how: Settled): Promise<Settled['state']> => {
    await receipts.settle(key, claim.claim, how, now());
    return how.state;
  };
  const { uncertain } = claim;
  if (await errand.superseded?.()) return end({ state: 'superseded', uncertain });
  const sent = await sendTo(errand);
  switch (sent.state) {
    case 'sent':
      return end({
        ...{ state: 'sent', uncertain, messageId: sent.messageId },
        ...(sent.arrived === undefined ? {} : { deliveredAt: now() }),
      });
    case 'failed':
      if (sent.gone === true) await errand.gone?.(sent.reason);
      return end({ state: 'failed', uncertain, reason: sent.reason });
    case 'waiting': {
      const how = { uncertain: uncertain || sent.uncertain, reason: sent.reason };
      if (errand.again === undefined) return end({ state: 'waiting', ...how });
      const notBefore = await errand.again(claim.tries);
      if (notBefore === undefined) return end({ state: 'failed', ...how, reason: 'gaveUp' });
      await end({ state: 'waiting', ...how, notBefore });
      return 'held';
    }
  }
};
