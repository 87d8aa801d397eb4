import type { KMSClient } from '@aws-sdk/client-kms';
import type { City } from '../../city/schema.ts';
import type { Channel } from '../../events/tell.ts';
import type { Keys } from '../../kernel/keys.ts';
import type { Log } from '../../kernel/log.ts';
import type { Clock } from '../../kernel/time.ts';
import { subscriberRef } from '../../people/book.ts';
import type { Pending, PendingStore } from '../../people/pending.ts';
import { openGroup } from '../../people/sealed.ts';
import type { Letter, LetterStore } from '../../sendings/letters.ts';
import { confirmPath, confirmToken } from '../../sendings/links.ts';
import { confirmNotice } from '../../sendings/notice.ts';

export interface LettersDeps {
  readonly letters: Pick<LetterStore, 'waiting' | 'remove'>;
  readonly pending: Pick<PendingStore, 'read'>;
  readonly kms: Pick<KMSClient, 'send'>;
  readonly keys: () => Promise<Keys>;
  readonly mail: Channel;
  readonly city: () => Promise<City>;
  /** Without a final slash. */
  readonly publicUrl: string;
  readonly now: Clock;
  readonly log: Log;
}

const lettersLimit = 100;

/**
 * Asks those who gave an address whether it is theirs. Sent first, then taken off the list: killed in between, a letter
 * comes twice and says the same. What the mail service does not take stays for the next run.
 * @returns how many went out
 */
export const sendLetters =
  (deps: LettersDeps) =>
  async (remaining: () => number): Promise<number> => {
    const waiting = await deps.letters.waiting(lettersLimit);
    if (waiting.length === 0) return 0;
    const [keys, city] = await Promise.all([deps.keys(), deps.city()]);
    const refs = waiting.map(({ id }) => subscriberRef(keys, id));
    const pending = await deps.pending.read([...new Set(refs)], deps.now());
    let sent = 0;
    for (const [i, letter] of waiting.entries()) {
      if (remaining() < 15_000) break;
      const one = pending.get(refs[i] ?? '');
      // Expired or confirmed meanwhile: nobody waits for this letter.
      const ended =
        one === undefined || one.confirmedAt !== undefined || (await send(deps, keys, city, letter, one));
      if (!ended) break;
      await deps.letters.remove(letter);
      sent += 1;
    }
    deps.log.info('letters', { sent, left: waiting.length - sent });
    return sent;
  };

/** @returns whether there is nothing more to do about it */
const send = async (
  { kms, mail, publicUrl, log }: LettersDeps,
  keys: Keys,
  city: City,
  letter: Letter,
  { id, reach, language }: Pending,
): Promise<boolean> => {
  const { email } = await openGroup(kms, subscriberRef(keys, id), 'notices', reach);
  if (email === undefined) return true;
  const link = `${publicUrl}${confirmPath}?t=${confirmToken(keys, id, letter.at)}`;
  const sent = await mail.send(email, confirmNotice(city, language, link));
  if (sent.state === 'waiting') log.warn('a letter was not taken', { reason: sent.reason });
  return sent.state !== 'waiting';
};
