import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { feedback } from '../../events/feedback.ts';
import { receiptStore } from '../../events/receipts.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { bookStore } from '../../people/book.ts';
import { sendingFeedback } from '../../sendings/feedback.ts';
import { sendingReceipts } from '../../sendings/receipts.ts';
import { mailEvent, newsOf } from './mail.ts';

const setting = readEnv('casesTable', 'identitiesTable');
const client = dynamo();
const log = logFor('feedback');

const table = tableOf(client, setting.casesTable);
const { close } = bookStore(tableOf(client, setting.identitiesTable));
const hearNotice = feedback({ receipts: receiptStore(table), close, log });
const hearSending = sendingFeedback({ receipts: sendingReceipts(table), close, log });

const heard = async (body: string): Promise<void> => {
  const event = mailEvent.parse(JSON.parse(body));
  const news = newsOf(event);
  const [ref = ''] = event.receipt;
  if (news !== undefined && !(await hearSending(ref, news))) await hearNotice(ref, news);
};

export const handler = async ({ Records: records }: SQSEvent): Promise<SQSBatchResponse> => {
  const failed = await Promise.all(
    records.map(async ({ messageId, body }) => {
      try {
        await heard(body);
        return [];
      } catch (e) {
        log.error('news of a mail was not heard', e);
        return [messageId];
      }
    }),
  );
  return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) };
};
