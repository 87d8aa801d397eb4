import {
  ListSubscriptionsByTopicCommand,
  NotFoundException,
  type SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { integratorPolicy } from '../events/message.ts';
import type { SubscriptionRecord } from './store.ts';

/** Pages of 100 subscriptions. */
const pagesLimit = 10;

/** What SNS says about an endpoint that it will not have. */
const refusals: ReadonlySet<string> = new Set([
  'InvalidParameterException',
  'InvalidParameterValueException',
  'InvalidParameter',
  'FilterPolicyLimitExceededException',
]);
const isRefusal = (e: unknown): boolean => e instanceof Error && refusals.has(e.name);

export interface InTopic {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
}

export type Topic = ReturnType<typeof snsTopic>;

/** The subscriptions of the topic `case-events`. */
export const snsTopic = (sns: Pick<SNSClient, 'send'>, topicArn: string) => {
  /** Subscribes with its filter, or answers the subscription that is there; undefined when SNS refuses it. */
  const subscribe = async (record: SubscriptionRecord): Promise<string | undefined> => {
    try {
      const { SubscriptionArn: arn } = await sns.send(
        new SubscribeCommand({
          TopicArn: topicArn,
          Protocol: record.protocol,
          Endpoint: record.endpoint,
          ReturnSubscriptionArn: true,
          Attributes: {
            FilterPolicy: JSON.stringify(integratorPolicy(record)),
            // A queue gets the bare message; elsewhere SNS's envelope carries the signature to check.
            ...(record.protocol === 'sqs' ? { RawMessageDelivery: 'true' } : {}),
          },
        }),
      );
      return arn;
    } catch (e) {
      if (isRefusal(e)) return undefined;
      throw e;
    }
  };

  /** @returns false when SNS does not let go of it yet: nobody confirmed it */
  const unsubscribe = async (arn: string): Promise<boolean> => {
    try {
      await sns.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
      return true;
    } catch (e) {
      if (e instanceof NotFoundException || (e instanceof Error && e.name === 'NotFound')) return true;
      if (isRefusal(e)) return false;
      throw e;
    }
  };

  const list = async (): Promise<readonly InTopic[]> => {
    const all: InTopic[] = [];
    let token: string | undefined;
    for (let page = 0; page < pagesLimit; page += 1) {
      const { Subscriptions: some = [], NextToken: next } = await sns.send(
        new ListSubscriptionsByTopicCommand({
          TopicArn: topicArn,
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      );
      all.push(
        ...some.map(({ SubscriptionArn: arn = '', Protocol: protocol = '', Endpoint: endpoint = '' }) => ({
          ...{ arn, protocol, endpoint },
        })),
      );
      if (next === undefined) break;
      token = next;
    }
    return all;
  };

  return { arn: topicArn, subscribe, unsubscribe, list };
};
