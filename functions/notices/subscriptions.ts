import type { StaffActor } from '../cases/actor.ts';
import { identify } from '../cases/commands.ts';
import { unitOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { keyedHash } from '../kernel/code.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Clock } from '../kernel/time.ts';
import type { notices } from './contract.ts';
import { isEndpoint, normalEndpoint } from './rules.ts';
import type { SubscriptionRecord, SubscriptionStore } from './store.ts';
import type { InTopic, Topic } from './topic.ts';

type Operations = (typeof notices)['operations'];
type Wish = Call<Operations['addSubscription'], StaffActor>['input']['body'];

export interface SubscriptionDeps {
  readonly subscriptions: SubscriptionStore;
  readonly topic: Topic;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
  /** Kinds of cases that there are. */
  readonly kinds: readonly string[];
}

/** What SNS says about a subscription now: it lists one that nobody confirmed without its ARN. */
const stateOf = (record: SubscriptionRecord, inTopic: readonly InTopic[]) => {
  const same = inTopic.filter((s) => s.protocol === record.protocol && s.endpoint === record.endpoint);
  if (same.some(({ arn }) => arn.startsWith('arn:'))) return 'confirmed' as const;
  return same.length > 0 ? ('pending' as const) : ('gone' as const);
};

const shown = (record: SubscriptionRecord, state: ReturnType<typeof stateOf>) => {
  const { id, protocol, endpoint, units, kinds, by, at } = record;
  return { id, protocol, endpoint, units, kinds, by, at, state };
};

const check = (city: City, kinds: readonly string[], wish: Wish, topicArn: string): void => {
  const fields: { field: string; problem: string }[] = [];
  wish.units.forEach((unit, i) => {
    if (unitOf(city, unit) === undefined) fields.push({ field: `/units/${i}`, problem: 'unknownUnit' });
  });
  if (fields.length > 0) throw problem('unknownUnit', { fields });
  wish.kinds.forEach((kind, i) => {
    if (!kinds.includes(kind)) fields.push({ field: `/kinds/${i}`, problem: kinds.join(', ') });
  });
  if (fields.length > 0) throw problem('invalidInput', { fields });
  if (!isEndpoint(wish.protocol, wish.endpoint, topicArn)) throw refused();
};

const refused = () =>
  problem('endpointRefused', { fields: [{ field: '/endpoint', problem: 'endpointRefused' }] });

/** Raw subscriptions of integrators: SNS delivers at least once and in any order, never anything of a secret case. */
export const subscriptionOperations = (deps: SubscriptionDeps) => ({
  listSubscriptions: async () => {
    const [records, inTopic] = await Promise.all([deps.subscriptions.list(), deps.topic.list()]);
    return {
      body: { subscriptions: records.map((record) => shown(record, stateOf(record, inTopic))) },
    };
  },

  /** Record first, then SNS, then the ARN on the record: a retry goes on where the first try ended. */
  addSubscription: async (call: Call<Operations['addSubscription'], StaffActor>) => {
    const [city, keys, records] = await Promise.all([deps.city(), deps.keys(), deps.subscriptions.list()]);
    const { protocol, endpoint } = call.input.body;
    const body = { ...call.input.body, endpoint: normalEndpoint(protocol, endpoint) };
    check(city, deps.kinds, body, deps.topic.arn);
    const command = identify(keys, call.actor, call.idempotencyKey, { subscribe: body });
    const used = records.find((record) => record.commandId === command.id);
    if (used !== undefined && used.fingerprint !== command.fingerprint) throw problem('keyReused');
    const wanted: SubscriptionRecord = {
      v: 1,
      id: keyedHash(keys.first('command'), 'subscription', body.protocol, body.endpoint),
      commandId: command.id,
      fingerprint: command.fingerprint,
      protocol: body.protocol,
      endpoint: body.endpoint,
      units: [...new Set(body.units)],
      kinds: [...new Set(body.kinds)],
      by: call.actor.id,
      at: deps.now(),
    };
    const record = await deps.subscriptions.add(wanted);
    if (record === 'tooMany') throw problem('tooManySubscriptions');
    if (record.commandId !== command.id) throw problem('alreadySubscribed');
    if (record.arn === undefined) {
      const arn = await deps.topic.subscribe(record);
      if (arn === undefined) {
        await deps.subscriptions.remove(record.id);
        throw refused();
      }
      await deps.subscriptions.made(record, arn);
    }
    return {
      body: shown(record, stateOf(record, await deps.topic.list())),
      location: `/v1/subscriptions/${record.id}`,
    };
  },

  removeSubscription: async (call: Call<Operations['removeSubscription'], StaffActor>) => {
    const record = await deps.subscriptions.read(call.input.params.id);
    if (record === undefined) throw problem('notFound');
    const inTopic = await deps.topic.list();
    // A record whose ARN was never kept is found by where it goes.
    const there = inTopic.find((s) => s.protocol === record.protocol && s.endpoint === record.endpoint);
    const arn = there?.arn.startsWith('arn:') === true ? there.arn : record.arn;
    if (there !== undefined && (arn === undefined || !(await deps.topic.unsubscribe(arn))))
      throw problem('subscriptionPending');
    await deps.subscriptions.remove(record.id);
    return { body: undefined };
  },
});
