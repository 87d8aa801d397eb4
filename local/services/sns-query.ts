import { randomUUID } from 'node:crypto';
import { account } from '../template/kind.ts';
import { ServiceError } from './protocol.ts';
import type { MessageAttribute } from './queues.ts';
import type { Subscription, Topics } from './sns.ts';

const escaped = (text: string): string => text.replace(/[<>&'"]/g, (c) => `&#${c.charCodeAt(0)};`);

const tag = (name: string, body: string): string => `<${name}>${body}</${name}>`;

/** `MessageAttributes.entry.1.Name=…` and the like: the values of a list by their index. */
const entries = (form: URLSearchParams, prefix: string): readonly Readonly<Record<string, string>>[] => {
  const found = new Map<string, Record<string, string>>();
  for (const [key, value] of form) {
    if (!key.startsWith(`${prefix}.`)) continue;
    const [index = '', ...rest] = key.slice(prefix.length + 1).split('.');
    const entry = found.get(index) ?? {};
    entry[rest.join('.')] = value;
    found.set(index, entry);
  }
  return [...found.values()];
};

const attributeFrom = (entry: Readonly<Record<string, string>>, at: string): MessageAttribute => {
  const text = entry[`${at}StringValue`];
  const binary = entry[`${at}BinaryValue`];
  return {
    DataType: entry[`${at}DataType`] ?? 'String',
    ...(text === undefined ? {} : { StringValue: text }),
    ...(binary === undefined ? {} : { BinaryValue: binary }),
  };
};

const messageAttributes = (form: URLSearchParams): Record<string, MessageAttribute> =>
  Object.fromEntries(
    entries(form, 'MessageAttributes.entry').map((e) => [e['Name'] ?? '', attributeFrom(e, 'Value.')]),
  );

const map = (name: string, values: Readonly<Record<string, string>>): string =>
  tag(
    name,
    Object.entries(values)
      .map(([k, v]) => tag('entry', tag('key', escaped(k)) + tag('value', escaped(v))))
      .join(''),
  );

const member = (s: Subscription): string =>
  tag(
    'member',
    tag('SubscriptionArn', s.arn) +
      tag('TopicArn', s.topicArn) +
      tag('Protocol', s.protocol) +
      tag('Endpoint', escaped(s.endpoint)) +
      tag('Owner', account),
  );

const pageSize = 100;

const listed = (subscriptions: readonly Subscription[], form: URLSearchParams): string => {
  const from = Number(form.get('NextToken') ?? 0);
  const more = from + pageSize < subscriptions.length;
  return (
    tag(
      'Subscriptions',
      subscriptions
        .slice(from, from + pageSize)
        .map(member)
        .join(''),
    ) + (more ? tag('NextToken', String(from + pageSize)) : '')
  );
};

type Action = (form: URLSearchParams, topics: Topics) => string;

const need = (form: URLSearchParams, name: string): string => {
  const value = form.get(name);
  if (value === null || value === '')
    throw new ServiceError('InvalidParameter', `Invalid parameter: ${name}`);
  return value;
};

const publishBatch: Action = (form, topics) => {
  const topic = need(form, 'TopicArn');
  const done = entries(form, 'PublishBatchRequestEntries.member').map((entry) => {
    const inner = new URLSearchParams(Object.entries(entry));
    const id = topics.publish(topic, {
      message: need(inner, 'Message'),
      subject: inner.get('Subject') ?? undefined,
      attributes: messageAttributes(inner),
    });
    return tag('member', tag('Id', escaped(entry['Id'] ?? '')) + tag('MessageId', id));
  });
  return tag('Successful', done.join('')) + tag('Failed', '');
};

const actions: Readonly<Record<string, Action>> = {
  Publish: (form, topics) => {
    const message = need(form, 'Message');
    const phone = form.get('PhoneNumber');
    if (phone !== null) return tag('MessageId', topics.text(phone, message));
    const topic = form.get('TopicArn') ?? need(form, 'TargetArn');
    const subject = form.get('Subject') ?? undefined;
    return tag('MessageId', topics.publish(topic, { message, subject, attributes: messageAttributes(form) }));
  },
  PublishBatch: publishBatch,
  Subscribe: (form, topics) => {
    const attributes = Object.fromEntries(
      entries(form, 'Attributes.entry').map((e) => [e['key'] ?? '', e['value'] ?? '']),
    );
    const made = topics.subscribe(
      need(form, 'TopicArn'),
      need(form, 'Protocol'),
      form.get('Endpoint') ?? '',
      attributes,
    );
    return tag('SubscriptionArn', made.arn);
  },
  ConfirmSubscription: () => {
    throw new ServiceError(
      'InvalidParameter',
      'Invalid parameter: Token (subscriptions are confirmed at once here)',
    );
  },
  Unsubscribe: (form, topics) => {
    topics.unsubscribe(need(form, 'SubscriptionArn'));
    return '';
  },
  SetSubscriptionAttributes: (form, topics) => {
    topics.change(
      need(form, 'SubscriptionArn'),
      need(form, 'AttributeName'),
      form.get('AttributeValue') ?? '',
    );
    return '';
  },
  GetSubscriptionAttributes: (form, topics) => {
    const s = topics.find(need(form, 'SubscriptionArn'));
    return map('Attributes', {
      ...s.attributes,
      SubscriptionArn: s.arn,
      TopicArn: s.topicArn,
      Protocol: s.protocol,
      Endpoint: s.endpoint,
      Owner: account,
      PendingConfirmation: 'false',
    });
  },
  ListSubscriptionsByTopic: (form, topics) => listed(topics.list(need(form, 'TopicArn')), form),
  ListSubscriptions: (form, topics) => listed(topics.list(undefined), form),
  ListTopics: (_form, topics) =>
    tag(
      'Topics',
      topics
        .topics()
        .map((arn) => tag('member', tag('TopicArn', arn)))
        .join(''),
    ),
};

/** @returns the XML body of a call of SNS's query protocol; throws `ServiceError` */
export const answerQuery = (body: string, topics: Topics): string => {
  const form = new URLSearchParams(body);
  const name = form.get('Action') ?? '';
  const action = actions[name];
  if (action === undefined) throw new ServiceError('InvalidAction', `${name} is not known here`);
  return (
    `<${name}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/">` +
    tag(`${name}Result`, action(form, topics)) +
    tag('ResponseMetadata', tag('RequestId', randomUUID())) +
    `</${name}Response>`
  );
};

export const queryError = ({ code, message, status }: ServiceError): string =>
  tag(
    'ErrorResponse',
    tag(
      'Error',
      tag('Type', status >= 500 ? 'Receiver' : 'Sender') +
        tag('Code', code) +
        tag('Message', escaped(message)),
    ) + tag('RequestId', randomUUID()),
  );
