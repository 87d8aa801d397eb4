import { type MessageAttributeValue, PublishBatchCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Attributes, Outgoing } from './message.ts';

/** What SNS takes in one call. */
const batchSize = 10;

/** Publishes in order; answers the places of those that did not go out, and why the first of them did not. */
export type Publish = (messages: readonly Outgoing[]) => Promise<Published>;

/** The same for whatever else goes to a job by the topic. */
export type PublishAny = (
  messages: readonly { readonly body: object; readonly attributes: Attributes }[],
) => Promise<Published>;

export interface Published {
  readonly failed: ReadonlySet<number>;
  readonly error: Error | undefined;
}

const attribute = (value: Attributes[string]): MessageAttributeValue => {
  if (typeof value === 'number') return { DataType: 'Number', StringValue: String(value) };
  return typeof value === 'string'
    ? { DataType: 'String', StringValue: value }
    : { DataType: 'String.Array', StringValue: JSON.stringify(value) };
};

/**
 * Publishes to the topic by tens. A call that throws ends the run, since what is down for ten is down for the next
 * ten; an entry that SNS refuses alone fails alone.
 */
export const publisher =
  (sns: Pick<SNSClient, 'send'>, topicArn: string): PublishAny =>
  async (messages) => {
    const failed = new Set<number>();
    for (let start = 0; start < messages.length; start += batchSize) {
      const batch = messages.slice(start, start + batchSize);
      try {
        const { Successful: done = [] } = await sns.send(
          new PublishBatchCommand({
            TopicArn: topicArn,
            PublishBatchRequestEntries: batch.map(({ body, attributes }, i) => ({
              Id: String(start + i),
              Message: JSON.stringify(body),
              MessageAttributes: Object.fromEntries(
                Object.entries(attributes).map(([name, value]) => [name, attribute(value)]),
              ),
            })),
          }),
        );
        const sent = new Set(done.map((entry) => Number(entry.Id)));
        batch.forEach((_, i) => {
          if (!sent.has(start + i)) failed.add(start + i);
        });
      } catch (e) {
        for (let i = start; i < messages.length; i += 1) failed.add(i);
        return { failed, error: e instanceof Error ? e : new Error(String(e)) };
      }
    }
    return { failed, error: failed.size === 0 ? undefined : new Error('SNS refused some of the messages') };
  };
