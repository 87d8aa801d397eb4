import type { CitizenActor } from '../cases/actor.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import type { subscriptions } from './contract.ts';
import { accountId, addressId, type Own, type Whose } from './own.ts';

type Operations = (typeof subscriptions)['operations'];

export interface Account extends CitizenActor {
  /** Only when the issuer says that it checked the address. */
  readonly email: string | undefined;
}

/** An account with a proved address is the same person as that address alone. */
const whoseOf = (keys: Keys, { id: citizen, email }: Account): Whose => {
  const id = accountId(keys, citizen);
  return { id, citizen, email, person: email === undefined ? id : addressId(keys, 'email', email) };
};

/** Subscriptions of who signed in. */
export const accountOperations = (own: Own, keys: () => Promise<Keys>) => ({
  mySubscriptions: async ({ actor }: Call<Operations['mySubscriptions'], Account>) =>
    own.show(whoseOf(await keys(), actor)),
  chooseMySubscriptions: async ({
    actor,
    input,
    ifMatch,
  }: Call<Operations['chooseMySubscriptions'], Account>) =>
    own.choose(whoseOf(await keys(), actor), input.body, ifMatch),
  endMySubscriptions: async ({ actor }: Call<Operations['endMySubscriptions'], Account>) => {
    await own.end(whoseOf(await keys(), actor));
    return { body: undefined };
  },
});
