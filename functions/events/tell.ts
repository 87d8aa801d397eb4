import type { Key } from '../kernel/table.ts';
import type { Clock } from '../kernel/time.ts';
import type { Notice } from './notice.ts';
import type { ReceiptFacts, ReceiptStore, Settled } from './receipts.ts';
import type { ChannelName } from './told.ts';

/** What a channel says about one notice. Reasons are our own words: a provider's may name the person. */
export type Sent =
  | { readonly state: 'sent'; readonly messageId?: string | undefined }
  /** It will never take this one: the address is wrong or closed to us. */
  | { readonly state: 'failed'; readonly reason: string }
  /** Later perhaps. `uncertain`: it may have taken it all the same (a timeout). */
  | { readonly state: 'waiting'; readonly reason: string; readonly uncertain: boolean };

export interface Channel {
  readonly name: ChannelName;
  /** Never throws for what the provider says. */
  readonly send: (to: string, notice: Notice) => Promise<Sent>;
}

export interface Errand {
  readonly key: Key;
  readonly facts: ReceiptFacts;
  readonly to: string;
  readonly notice: Notice;
  readonly channel: Channel;
  /** Whether something newer already arrived; asked after the claim, so that one run decides it. */
  readonly superseded?: () => Promise<boolean>;
}

export interface TellDeps {
  readonly receipts: Pick<ReceiptStore, 'claim' | 'settle'>;
  readonly now: Clock;
}

/** `sent` by this run or an earlier one; `busy`: another run has it in hand, or may have died with it. */
export type Told = 'sent' | 'failed' | 'superseded' | 'waiting' | 'busy';

/**
 * Claim → send → receipt. Killed between any two of them, the next run finds the claim and, once its lease is over,
 * sends again and says on the receipt that it may have arrived twice.
 */
export const tell = async ({ receipts, now }: TellDeps, errand: Errand): Promise<Told> => {
  const { key, facts, channel } = errand;
  const claim = await receipts.claim(key, facts, now());
  if (!claim.mine) return claim.state === 'claimed' ? 'busy' : claim.state;
  const end = async (how: Settled): Promise<Told> => {
    await receipts.settle(key, claim.claim, how, now());
    return how.state;
  };
  const { uncertain } = claim;
  if (await errand.superseded?.()) return end({ state: 'superseded', uncertain });
  const sent = await channel
    .send(errand.to, errand.notice)
    .catch((): Sent => ({ state: 'waiting', reason: 'channelBroken', uncertain: true }));
  switch (sent.state) {
    case 'sent':
      return end({ state: 'sent', uncertain, messageId: sent.messageId });
    case 'failed':
      return end({ state: 'failed', uncertain, reason: sent.reason });
    case 'waiting':
      return end({ state: 'waiting', uncertain: uncertain || sent.uncertain, reason: sent.reason });
  }
};
