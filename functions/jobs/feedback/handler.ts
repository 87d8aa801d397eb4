import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { feedback } from '../../events/feedback.ts';
import { receiptStore } from '../../events/receipts.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { bookStore } from '../../people/book.ts';
import { mailEvent, newsOf } from './mail.ts';

const setting = readEnv('casesTable', 'identitiesTable');
const client = dynamo();
const log = logFor('feedback');

const hear = feedback({
  receipts: receiptStore(tableOf(client, setting.casesTable)),
  close: bookStore(tableOf(client, setting.identitiesTable)).close,
  log,
});

const heard = async (body: string): Promise<void> => {
  const event = mailEvent.parse(JSON.parse(body));
  const news = newsOf(event);
  if (news !== undefined) await hear(event.receipt[0] ?? '', news);
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
