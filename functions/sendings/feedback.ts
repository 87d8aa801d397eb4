import type { Citizens } from '../events/citizens.ts';
import type { News } from '../events/feedback.ts';
import type { Log } from '../kernel/log.ts';
import type { SendingReceipts } from './receipts.ts';
import { readSendingRef } from './ref.ts';

export interface SendingFeedbackDeps {
  readonly receipts: Pick<SendingReceipts, 'sentAt' | 'bounced'>;
  readonly close: Citizens['gone'];
  readonly log: Log;
}

/**
 * Writes down what came back about a message of a sending, and closes the address where nothing will arrive; the next
 * sending finds that and lets whoever has no other rest. That it arrived changes nothing.
 * @param ref as it came back from the provider
 * @returns false for what is about no sending
 */
export const sendingFeedback =
  ({ receipts, close, log }: SendingFeedbackDeps) =>
  async (ref: string, news: News): Promise<boolean> => {
    const about = readSendingRef(ref);
    if (about === undefined) return false;
    const { person, slot, book } = about;
    const sentAt = await receipts.sentAt(about, person);
    if (sentAt === undefined) {
      log.warn('news about a message that is not there', { kind: news.kind });
      return true;
    }
    if (news.kind === 'bounced') await receipts.bounced(about, person, news.why);
    if (news.kind === 'complained') await close(book, slot, 'complained', sentAt);
    if (news.kind === 'bounced' && news.forGood) await close(book, slot, news.why, sentAt);
    log.info('heard', { kind: news.kind, channel: slot.replace(/\..*$/, '') });
    return true;
  };
