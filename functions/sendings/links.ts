import type { Keys } from '../kernel/keys.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';
import { seal, unseal } from '../kernel/token.ts';
import type { ToTell } from './notice.ts';
import type { Subscriber } from './subscribers.ts';

/** Below the city's public address: page and button that stop, page and button that confirm an address. */
export const stopPath = '/v1/news/stop';
export const confirmPath = '/v1/news/confirm';
/** The page of one's own subscriptions; what follows `#` stays in the browser. */
const managePath = '/langganan';

/** Seconds that an address may be confirmed after somebody gave it. */
export const confirmSeconds = 48 * 3600;

/** What a link may do with a subscriber's subscriptions. */
export type LinkUse = 'stop' | 'manage';

const bound = (use: LinkUse): string => `subscriptions.${use}`;

/** A token that does one thing for one subscriber, and names nobody. */
export const subscriberToken = (keys: Keys, use: LinkUse, id: string): string =>
  seal(keys, 'stop', id, bound(use));

/** The subscriber's id; undefined for what is no such token. */
export const readSubscriberToken = (keys: Keys, use: LinkUse, token: string): string | undefined => {
  const id = unseal(keys, 'stop', token, bound(use));
  return typeof id === 'string' ? id : undefined;
};

/** The links of every message. Whoever has an account changes subscriptions signed in. */
export const linksOf =
  (keys: () => Promise<Keys>) =>
  async ({ id, citizen }: Subscriber): Promise<Pick<ToTell, 'stopPath' | 'managePath'>> => {
    const secret = await keys();
    return {
      stopPath: `${stopPath}?t=${subscriberToken(secret, 'stop', id)}`,
      managePath:
        citizen === undefined ? `${managePath}#t=${subscriberToken(secret, 'manage', id)}` : managePath,
    };
  };

interface Confirmation {
  readonly s: string;
  readonly e: number;
}

/** Proves that whoever holds it reads the address that was given at `at`. */
export const confirmToken = (keys: Keys, id: string, at: Instant): string =>
  seal(
    keys,
    'stop',
    { s: id, e: toSeconds(at) + confirmSeconds } satisfies Confirmation,
    'subscriptions.confirm',
  );

export const readConfirmToken = (keys: Keys, token: string, now: Instant): string | undefined => {
  const value = unseal(keys, 'stop', token, 'subscriptions.confirm') as Confirmation | undefined;
  return value !== undefined && value.e > toSeconds(now) ? value.s : undefined;
};
