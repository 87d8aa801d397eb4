import type { Log } from '../kernel/log.ts';
import type { Instant } from '../kernel/time.ts';
import type { Citizens } from './citizens.ts';
import { keyOfRef, readReceiptRef } from './receipt-ref.ts';
import type { ReceiptStore } from './receipts.ts';

/** What a provider says became of a notice. Reasons are our own words. */
export type News =
  | { readonly kind: 'arrived'; readonly at: Instant }
  /** `forGood`: nothing will ever arrive there. */
  | { readonly kind: 'bounced'; readonly why: string; readonly forGood: boolean }
  /** It arrived, and its reader called it unwanted: a stop by other means. */
  | { readonly kind: 'complained' };

export interface FeedbackDeps {
  readonly receipts: Pick<ReceiptStore, 'heard' | 'sentAt'>;
  readonly close: Citizens['gone'];
  readonly log: Log;
}

/**
 * Writes news on the receipt that it is about, and closes the address where nothing will arrive. Heard twice, or in
 * another order than it happened, it ends the same. News about nothing of ours is passed over.
 * @param ref as it came back from the provider
 */
export const feedback =
  ({ receipts, close, log }: FeedbackDeps) =>
  async (ref: string, news: News): Promise<void> => {
    const about = readReceiptRef(ref);
    if (about === undefined) {
      log.warn('news about no receipt', { kind: news.kind });
      return;
    }
    const key = keyOfRef(about);
    const sentAt = await receipts.sentAt(key);
    if (sentAt === undefined) {
      log.warn('news about a receipt that is not there', { kind: news.kind });
      return;
    }
    if (news.kind === 'arrived') await receipts.heard(key, { arrived: news.at });
    if (news.kind === 'bounced') await receipts.heard(key, { bounced: news.why });
    const closes = news.kind === 'complained' || (news.kind === 'bounced' && news.forGood);
    if (closes && about.book !== undefined)
      await close(about.book, about.slot, news.kind === 'bounced' ? news.why : 'complained', sentAt);
    log.info('heard', { kind: news.kind, channel: about.slot.replace(/\..*$/, '') });
  };
