import { KMSClient } from '@aws-sdk/client-kms';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { applicationsRegister } from '../../applications/register.ts';
import { appointmentsRegister } from '../../appointments/register.ts';
import { caseStore } from '../../cases/store.ts';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { complaintsRegister } from '../../complaints/register.ts';
import { publisher } from '../../events/publish.ts';
import { informationRegisters } from '../../information/register.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { loadKeys } from '../../kernel/keys.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { systemClock } from '../../kernel/time.ts';
import { kinds } from '../../kinds.ts';
import { staffReader } from '../../people/staff.ts';
import { exportStore } from '../../registers/exports.ts';
import { exporting } from './export.ts';

const setting = readEnv('casesTable', 'identitiesTable', 'filesBucket', 'caseEventsTopic', 'secretId');
const client = dynamo();
const table = tableOf(client, setting.casesTable);
const city = liveCity(settingStore(table));
const s3 = new S3Client({});
const rows = { table, store: caseStore(table), city, now: systemClock };

const run = exporting({
  store: exportStore(table),
  // The feature `exports` offers what is named here: its handler lists the heads of the same.
  registers: [
    complaintsRegister(rows, kinds),
    applicationsRegister(rows),
    appointmentsRegister({ table, city }),
    ...informationRegisters({
      cases: table,
      city,
      table: tableOf(client, setting.identitiesTable),
      kms: new KMSClient({}),
      keys: loadKeys(setting.secretId),
    }),
  ],
  staff: staffReader(table),
  city,
  put: async (key, body, format) => {
    const ContentType = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/pdf';
    await s3.send(new PutObjectCommand({ Bucket: setting.filesBucket, Key: key, Body: body, ContentType }));
  },
  publish: publisher(new SNSClient({}), setting.caseEventsTopic),
  now: systemClock,
  log: logFor('export'),
});

export const handler = async (
  { Records: records }: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> => {
  const failed = await run(
    records.map(({ messageId, body, attributes }) => ({
      ...{ id: messageId, body, receives: Number(attributes.ApproximateReceiveCount) },
    })),
    () => context.getRemainingTimeInMillis(),
  );
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
