import * as z from 'zod/mini';
import type { Keys } from '../../kernel/keys.ts';
import type { Notice } from '../notice.ts';
import { readReceiptRef } from '../receipt-ref.ts';
import type { Channel, Sent } from '../tell.ts';
import { type Fetch, mayHaveTaken, notAnswered, patience } from './http.ts';
import { encryptFor, vapidHeader, vapidOf } from './push-crypto.ts';

/** What a browser gave when it subscribed, and the root key whose public key it was given. Kept sealed. */
export const pushSubscription = z.object({
  endpoint: z.string(),
  p256dh: z.string(),
  auth: z.string(),
  key: z.string(),
});
export type PushSubscription = z.output<typeof pushSubscription>;

/**
 * Push services of the browsers that there are; nobody makes us call anything else. Each is a processor abroad
 * (docs/processors.md).
 */
const services = [
  /^fcm\.googleapis\.com$/,
  /^updates\.push\.services\.mozilla\.com$/,
  /^web\.push\.apple\.com$/,
  /^[a-z0-9-]+\.notify\.windows\.com$/,
];

export const isPushEndpoint = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password } = new URL(text);
  const plain = port === '' && `${username}${password}` === '';
  return protocol === 'https:' && plain && services.some((service) => service.test(hostname));
};

/** Seconds that a service keeps a message for a phone that is off. */
const kept = 3 * 86_400;
const tokenSeconds = 12 * 3600;

const outcomeOf = (status: number): Sent => {
  // What the service took is all that it ever says.
  if (status >= 200 && status < 300) return { state: 'sent', arrived: true };
  if (status === 404 || status === 410) return { state: 'failed', reason: 'unsubscribed', gone: true };
  if (status === 429 || status >= 500)
    return { state: 'waiting', reason: `status${status}`, uncertain: mayHaveTaken(status) };
  return { state: 'failed', reason: `refused${status}` };
};

const messageOf = ({ subject, short, text, link }: Notice): string =>
  JSON.stringify({ title: subject, body: short ?? text, url: link ?? null });

export interface PushParts {
  readonly fetching: Fetch;
  readonly keys: () => Promise<Keys>;
  /** Whom a push service may write to: `mailto:` or an address of the city. */
  readonly subject: string;
  readonly seconds: () => number;
  /** Every message is handed to this address instead, with the service's own as `x-push-endpoint`. */
  readonly via?: string | undefined;
}

/** Web push (RFC 8030, 8291, 8292). A newer message takes the place of one that the browser has not fetched yet. */
export const pushChannel = ({ fetching, keys, subject, seconds, via }: PushParts): Channel => ({
  name: 'push',
  send: async (to, notice, receipt) => {
    const { endpoint, p256dh, auth, key } = pushSubscription.parse(JSON.parse(to));
    const vapid = vapidOf(await keys(), key);
    // A rotated-out key: this browser has to subscribe anew.
    if (vapid === undefined || !isPushEndpoint(endpoint))
      return { state: 'failed', reason: 'unsubscribed', gone: true };
    // The book of one citizen and report: a pseudonym, where the code itself would tell the service what to look up.
    const topic = receipt === undefined ? undefined : readReceiptRef(receipt)?.book;
    let response: Response;
    try {
      response = await fetching(via ?? endpoint, {
        method: 'POST',
        headers: {
          authorization: vapidHeader(vapid, new URL(endpoint).origin, subject, seconds() + tokenSeconds),
          'content-encoding': 'aes128gcm',
          'content-type': 'application/octet-stream',
          ttl: String(kept),
          urgency: notice.urgent === true ? 'high' : 'normal',
          ...(topic === undefined ? {} : { topic }),
          ...(via === undefined ? {} : { 'x-push-endpoint': new URL(endpoint).hostname }),
        },
        body: new Uint8Array(encryptFor({ p256dh, auth }, messageOf(notice))),
        signal: AbortSignal.timeout(patience),
        redirect: 'error',
      });
    } catch (e) {
      return notAnswered(e);
    }
    await response.text().catch(() => '');
    return outcomeOf(response.status);
  },
});
