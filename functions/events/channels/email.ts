import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { unlogged } from '../../kernel/dynamo.ts';
import { receiptTag } from '../../kernel/env.ts';
import type { Channel, Sent } from '../tell.ts';

/** One call a try, and short: a call that the client repeats by itself could send twice and not say so. */
export const mailClient = (): SESv2Client =>
  unlogged(
    new SESv2Client({
      maxAttempts: 1,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
    }),
  );

/** SES refuses the message or the address, now and for ever. */
const forGood: ReadonlySet<string> = new Set(['MessageRejected', 'BadRequestException']);
/** SES did not take it: sending again cannot double it. */
const notTaken: ReadonlySet<string> = new Set([
  'TooManyRequestsException',
  'LimitExceededException',
  'AccountSuspendedException',
  'SendingPausedException',
  'MailFromDomainNotVerifiedException',
  'NotFoundException',
  'ThrottlingException',
]);

/** Waits before it is tried again within one run, where SES only asked to slow down; milliseconds. */
const slowly: readonly number[] = [250, 750];
const tooFast: ReadonlySet<string> = new Set(['TooManyRequestsException', 'ThrottlingException']);

/**
 * Plain-text mail from the city's one sender.
 * @param ses without retries of its own, as `mailClient` makes it
 * @param events SES configuration set that tells what became of a mail (functions/jobs/feedback)
 */
export const emailChannel = (
  ses: Pick<SESv2Client, 'send'>,
  from: string,
  waits: readonly number[] = slowly,
  events?: string,
): Channel => {
  const send = mailer(ses, from, events);
  return {
    name: 'email',
    send: async (to, notice, receipt) => {
      let sent = await send(to, notice, receipt);
      for (const wait of waits) {
        if (sent.state !== 'waiting' || !tooFast.has(sent.reason)) break;
        await new Promise((resolve) => setTimeout(resolve, wait));
        sent = await send(to, notice, receipt);
      }
      return sent;
    },
  };
};

/** RFC 8058: the mailbox's own button for stopping, which posts without asking further. */
const stopHeaders = (stop: string) => [
  { Name: 'List-Unsubscribe', Value: `<${stop}>` },
  { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
];

const mailer =
  (ses: Pick<SESv2Client, 'send'>, from: string, events: string | undefined): Channel['send'] =>
  async (to, notice, receipt): Promise<Sent> => {
    try {
      const { MessageId: messageId } = await ses.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [to] },
          Content: {
            Simple: {
              Subject: { Data: notice.subject, Charset: 'UTF-8' },
              Body: { Text: { Data: notice.text, Charset: 'UTF-8' } },
              ...(notice.stop === undefined ? {} : { Headers: stopHeaders(notice.stop) }),
            },
          },
          ...(events === undefined || receipt === undefined
            ? {}
            : { ConfigurationSetName: events, EmailTags: [{ Name: receiptTag, Value: receipt }] }),
        }),
      );
      return { state: 'sent', messageId };
    } catch (e) {
      const name = e instanceof Error ? e.name : 'unknown';
      if (forGood.has(name)) return { state: 'failed', reason: 'refused' };
      return { state: 'waiting', reason: name.slice(0, 60), uncertain: !notTaken.has(name) };
    }
  };
