import { randomUUID } from 'node:crypto';
import { type Json, matches, unknownIn } from '../sources/pattern.ts';
import type { State } from '../state.ts';
import type { Loaded } from '../template/load.ts';
import { CannotStart } from '../template/model.ts';
import type { Outbox } from './outbox.ts';
import { ServiceError } from './protocol.ts';
import type { MessageAttribute, Queues } from './queues.ts';

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** `FilterPolicy`, `FilterPolicyScope`, `RawMessageDelivery` … as text. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Publication {
  readonly message: string;
  readonly subject: string | undefined;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
}

export interface Topics {
  readonly publish: (topicArn: string, publication: Publication) => string;
  /** A text to a phone number, outside any topic. */
  readonly text: (phone: string, message: string) => string;
  readonly subscribe: (
    topicArn: string,
    protocol: string,
    endpoint: string,
    attributes: Readonly<Record<string, string>>,
  ) => Subscription;
  readonly change: (arn: string, name: string, value: string) => void;
  readonly unsubscribe: (arn: string) => void;
  readonly find: (arn: string) => Subscription;
  readonly list: (topicArn: string | undefined) => readonly Subscription[];
  readonly topics: () => readonly string[];
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

/** What a filter policy judges: a list attribute is its elements, a number is a number. */
const judged = (attributes: Publication['attributes']): Json =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue = '' }]) => {
      if (DataType === 'String.Array') return [name, JSON.parse(StringValue) as unknown];
      return [name, DataType.startsWith('Number') ? Number(StringValue) : StringValue];
    }),
  );

const wants = (subscription: Subscription, { message, attributes }: Publication): boolean => {
  const policy = subscription.attributes['FilterPolicy'];
  if (policy === undefined || policy === '{}') return true;
  try {
    const data =
      subscription.attributes['FilterPolicyScope'] === 'MessageBody'
        ? (JSON.parse(message) as Json)
        : judged(attributes);
    return matches(JSON.parse(policy) as Json, data);
  } catch {
    // A body or a list that is no JSON fits no policy.
    return false;
  }
};

const envelope = (id: string, s: Subscription, p: Publication, now: number): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: id,
    TopicArn: s.topicArn,
    ...(p.subject === undefined ? {} : { Subject: p.subject }),
    Message: p.message,
    Timestamp: new Date(now).toISOString(),
    SignatureVersion: '1',
    Signature: 'local',
    SigningCertURL: 'https://sns.ap-southeast-3.amazonaws.com/local.pem',
    UnsubscribeURL: `https://sns.ap-southeast-3.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${s.arn}`,
    ...(Object.keys(p.attributes).length === 0
      ? {}
      : {
          MessageAttributes: Object.fromEntries(
            Object.entries(p.attributes).map(([name, a]) => [
              name,
              { Type: a.DataType, Value: a.StringValue ?? a.BinaryValue ?? '' },
            ]),
          ),
        }),
  });

const check = (attributes: Readonly<Record<string, string>>): string | undefined => {
  const policy = attributes['FilterPolicy'];
  if (policy === undefined) return undefined;
  try {
    return unknownIn(JSON.parse(policy));
  } catch {
    return 'FilterPolicy is not JSON';
  }
};

/**
 * Topics and subscriptions. Our own and not the emulator's, because that compares a list attribute
 * (`String.Array`) as one text and never delivers but to queues (ADR 0020).
 * Subscriptions of the template come with every start; those that functions made are kept in the state.
 */
export const createTopics = (
  topics: readonly Loaded<'AWS::SNS::Topic'>[],
  fixed: readonly Loaded<'AWS::SNS::Subscription'>[],
  parts: {
    readonly queues: Queues;
    readonly outbox: Outbox;
    readonly state: State;
    readonly now: () => number;
  },
): Topics => {
  const { queues, outbox, state, now } = parts;
  const known = new Set(topics.map((t) => t.arn));
  const subscriptions = new Map<string, Subscription>();
  for (const { props, ref, stack, logicalId } of fixed) {
    const attributes: Record<string, string> = {};
    if (props.FilterPolicy !== undefined) attributes['FilterPolicy'] = JSON.stringify(props.FilterPolicy);
    if (props.FilterPolicyScope !== undefined) attributes['FilterPolicyScope'] = props.FilterPolicyScope;
    if (props.RawMessageDelivery === true) attributes['RawMessageDelivery'] = 'true';
    const unknown = check(attributes);
    if (unknown !== undefined)
      throw new CannotStart(`${stack.name}/${logicalId}: filter policy: ${unknown} is not known here`);
    const arn = `${props.TopicArn}:${ref.slice(ref.lastIndexOf(':') + 1)}`;
    subscriptions.set(arn, {
      arn,
      topicArn: props.TopicArn,
      protocol: props.Protocol,
      endpoint: props.Endpoint,
      attributes,
    });
  }
  for (const { value } of state.list('subscriptions')) {
    const saved = value as Subscription;
    if (known.has(saved.topicArn)) subscriptions.set(saved.arn, saved);
  }
  const topic = (arn: string): string => {
    if (!known.has(arn)) throw new ServiceError('NotFound', 'Topic does not exist', 404);
    return arn;
  };
  const find = (arn: string): Subscription => {
    const found = subscriptions.get(arn);
    if (found === undefined) throw new ServiceError('NotFound', 'Subscription does not exist', 404);
    return found;
  };
  const refuse = (attributes: Readonly<Record<string, string>>): void => {
    const unknown = check(attributes);
    if (unknown !== undefined)
      throw new ServiceError('InvalidParameter', `Invalid parameter: FilterPolicy: ${unknown}`);
  };

  const deliver = (s: Subscription, id: string, p: Publication): void => {
    const raw = s.attributes['RawMessageDelivery'] === 'true';
    if (s.protocol === 'sqs')
      queues.send(
        nameOf(s.endpoint),
        raw ? p.message : envelope(id, s, p, now()),
        raw ? p.attributes : undefined,
      );
    else
      outbox.add({
        channel: `sns-${s.protocol}`,
        to: [s.endpoint],
        subject: p.subject ?? null,
        text: raw || s.protocol === 'sms' || s.protocol === 'email' ? p.message : envelope(id, s, p, now()),
        html: null,
        raw: { topic: s.topicArn, attributes: p.attributes },
      });
  };

  return {
    publish: (topicArn, publication) => {
      topic(topicArn);
      const id = randomUUID();
      for (const s of subscriptions.values())
        if (s.topicArn === topicArn && wants(s, publication)) deliver(s, id, publication);
      return id;
    },
    text: (phone, message) => {
      outbox.add({ channel: 'sms', to: [phone], subject: null, text: message, html: null, raw: null });
      return randomUUID();
    },
    subscribe: (topicArn, protocol, endpoint, attributes) => {
      topic(topicArn);
      refuse(attributes);
      for (const s of subscriptions.values())
        if (s.topicArn === topicArn && s.protocol === protocol && s.endpoint === endpoint) return s;
      const made: Subscription = {
        arn: `${topicArn}:${randomUUID()}`,
        topicArn,
        protocol,
        endpoint,
        attributes,
      };
      subscriptions.set(made.arn, made);
      state.set('subscriptions', made.arn, made);
      return made;
    },
    change: (arn, name, value) => {
      const found = find(arn);
      const next = { ...found, attributes: { ...found.attributes, [name]: value } };
      refuse(next.attributes);
      subscriptions.set(arn, next);
      state.set('subscriptions', arn, next);
    },
    unsubscribe: (arn) => {
      subscriptions.delete(arn);
      state.remove('subscriptions', arn);
    },
    find,
    list: (topicArn) =>
      [...subscriptions.values()].filter((s) => topicArn === undefined || s.topicArn === topicArn),
    topics: () => [...known],
  };
};
