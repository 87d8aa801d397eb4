import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Channel } from '../tell.ts';

/** One call a try, as for mail: a call that the client repeats by itself could send twice and not say so. */
export const smsClient = (): SNSClient =>
  new SNSClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
  });

const forGood: ReadonlySet<string> = new Set([
  'InvalidParameterException',
  'InvalidParameter',
  'OptedOutException',
  'OptedOut',
]);
const notTaken: ReadonlySet<string> = new Set(['ThrottledException', 'Throttled', 'ThrottlingException']);

/** Whether one more may be sent this month; counted when asked. */
export type SmsAllowance = () => Promise<boolean>;

/**
 * A text by SNS, only while the month's allowance lasts. SNS tells delivery to its own log alone, so that an SMS never
 * proves by itself that it arrived.
 */
export const smsChannel = (sns: Pick<SNSClient, 'send'>, allowance: SmsAllowance): Channel => ({
  name: 'sms',
  send: async (to, notice) => {
    if (!(await allowance())) return { state: 'failed', reason: 'monthlyCap' };
    try {
      const { MessageId: messageId } = await sns.send(
        new PublishCommand({
          PhoneNumber: to,
          Message: notice.short ?? notice.text,
          MessageAttributes: {
            'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
          },
        }),
      );
      return { state: 'sent', messageId };
    } catch (e) {
      const name = e instanceof Error ? e.name : 'unknown';
      if (forGood.has(name)) return { state: 'failed', reason: 'refused', gone: true };
      return { state: 'waiting', reason: name.slice(0, 60), uncertain: !notTaken.has(name) };
    }
  },
});
