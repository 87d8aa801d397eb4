import { isPushEndpoint } from '../events/channels/push.ts';
import { isBrowserKey, vapidOf } from '../events/channels/push-crypto.ts';
import { keyedHash } from '../kernel/code.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import { countAgainst, type Quota } from '../kernel/quota.ts';
import { fromSeconds, toSeconds } from '../kernel/time.ts';
import { subscriberRef } from '../people/book.ts';
import type { PendingStore } from '../people/pending.ts';
import { sealGroup } from '../people/sealed.ts';
import type { LetterStore } from '../sendings/letters.ts';
import { confirmSeconds, readSubscriberToken, subscriberToken } from '../sendings/links.ts';
import type { subscriptions } from './contract.ts';
import { addressId, deviceAddress, type Own, type OwnDeps, type Whose } from './own.ts';
import type { Device } from './shapes.ts';

type Operations = (typeof subscriptions)['operations'];

/** From one connection: a family or an office may share it. */
const perCaller: Quota = { limit: 20, seconds: 3600 };
/** Letters to one address: nobody is written to who does not answer. */
const perAddress: Quota = { limit: 3, seconds: 86_400 };

export interface NewsDeps extends Omit<OwnDeps, 'subscribers' | 'city' | 'channels'> {
  readonly own: Own;
  readonly pending: Pick<PendingStore, 'put'>;
  readonly letters: Pick<LetterStore, 'add'>;
}

/** Somebody without account is who their address is. */
export const byAddress = (id: string): Whose => ({ id, person: id });

/** Subscriptions without an account: by an address that is confirmed first, or by a browser. */
export const newsOperations = (deps: NewsDeps) => {
  const { own, now } = deps;
  const countCaller = async (keys: Keys, address: string): Promise<void> =>
    countAgainst(deps.table, `news#${keyedHash(keys.now('quota'), address)}`, perCaller, now());

  /** The subscriber that a token opens. */
  const opened = async (token: string): Promise<Whose> => {
    const id = readSubscriberToken(await deps.keys(), 'manage', token);
    if (id === undefined) throw problem('linkInvalid');
    return byAddress(id);
  };

  return {
    subscribeEmail: async ({ input, address, language }: Call<Operations['subscribeEmail'], unknown>) => {
      const { email, subscriptions: wanted, hour, quiet } = input.body;
      const choices = wanted.map((one) => ({ ...one, channel: 'email' as const }));
      const keys = await deps.keys();
      await own.checked(choices);
      await countCaller(keys, address);
      const id = addressId(keys, 'email', email);
      await countAgainst(deps.table, `letters#${id}`, perAddress, now());
      const [ref, at] = [subscriberRef(keys, id), now()];
      const until = toSeconds(at) + confirmSeconds;
      await deps.pending.put(ref, {
        ...{ v: 1, id, wanted: choices, hour, at, expires: until },
        reach: await sealGroup(deps.sealing, ref, 'notices', { email: email.toLowerCase() }),
        language: input.body.language ?? language,
        quiet: quiet === null ? 'none' : quiet,
      });
      await deps.letters.add(id, at);
      return { body: { state: 'confirm' as const, until: fromSeconds(until) } };
    },

    subscribeDevice: async ({ input, address, language }: Call<Operations['subscribeDevice'], unknown>) => {
      const { device, subscriptions: wanted, hour, quiet } = input.body;
      const choices = wanted.map((one) => ({ ...one, channel: 'push' as const }));
      const keys = await deps.keys();
      checkDevice(keys, device);
      await own.checked(choices);
      await countCaller(keys, address);
      const id = addressId(keys, 'push', device.endpoint);
      const ref = subscriberRef(keys, id);
      const slot = `push.${keyedHash(keys.first('contact'), 'device', device.endpoint).slice(0, 10)}`;
      await own.take(byAddress(id), () => ({ subscriptions: choices, hour }), {
        language: input.body.language ?? language,
        quiet: quiet === null ? 'none' : quiet,
        reach: { [slot]: await sealGroup(deps.sealing, ref, 'notices', { [slot]: deviceAddress(device) }) },
      });
      const { body, etag } = await own.show(byAddress(id));
      return { body: { token: subscriberToken(keys, 'manage', id), subscriptions: body }, etag };
    },

    subscriptions: async ({ input }: Call<Operations['subscriptions'], unknown>) =>
      own.show(await opened(input.query.t)),

    chooseSubscriptions: async ({ input, ifMatch }: Call<Operations['chooseSubscriptions'], unknown>) =>
      own.choose(await opened(input.query.t), input.body, ifMatch),

    endSubscriptions: async ({ input }: Call<Operations['endSubscriptions'], unknown>) => {
      await own.end(await opened(input.query.t));
      return { body: undefined };
    },
  };
};

/** A push service that we call, and keys that we can encrypt for. */
const checkDevice = (keys: Keys, { endpoint, p256dh, key }: Device): void => {
  const refused = (field: string) =>
    problem('endpointRefused', { fields: [{ field: `/device/${field}`, problem: 'endpointRefused' }] });
  if (!isPushEndpoint(endpoint)) throw refused('endpoint');
  if (!isBrowserKey(p256dh)) throw refused('p256dh');
  if (vapidOf(keys, key) === undefined) throw refused('key');
};
