import type { Instant } from '../kernel/time.ts';
import type { Card, Head, State } from './model.ts';

/**
 * What an announcement is at a moment: time alone publishes and ends it, to the minute, so that no late job shows it too
 * early, too late or for too long. A version that is being written changes nothing until it is published.
 */
export const stateAt = (head: Head, now: Instant): State => {
  if (head.discarded !== undefined) return 'discarded';
  if (head.withdrawn !== undefined) return 'withdrawn';
  const { live } = head;
  if (live === undefined) return head.pending?.stage ?? 'discarded';
  if (live.at > now) return 'scheduled';
  if (live.expiresAt !== undefined && live.expiresAt <= now) return 'expired';
  return head.corrections.length > 0 ? 'corrected' : 'published';
};

/** Was public at some time, and may be spoken of. */
export const wasPublic = (head: Head, now: Instant): boolean =>
  head.live !== undefined &&
  head.live.at <= now &&
  // Withdrawn before its time: nobody ever read it.
  (head.withdrawn === undefined || head.withdrawn.at >= head.live.at);

/** The same of a copy in a list. */
export const cardState = (card: Card, now: Instant): State => {
  if (card.withdrawnAt !== undefined) return 'withdrawn';
  if (card.at > now) return 'scheduled';
  if (card.expiresAt !== undefined && card.expiresAt <= now) return 'expired';
  return card.correctedAt === undefined ? 'published' : 'corrected';
};

/** Whether a card stands in public lists at a moment. */
export const isCurrent = (card: Card, now: Instant): boolean =>
  ['published', 'corrected'].includes(cardState(card, now));
