import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { feedback } from '../events/feedback.ts';
import { receiptStore } from '../events/receipts.ts';
import type { Operation } from '../kernel/contract.ts';
import { dynamo } from '../kernel/dynamo.ts';
import { env, readEnv } from '../kernel/env.ts';
import { problem } from '../kernel/errors.ts';
import { api } from '../kernel/http.ts';
import { logFor } from '../kernel/log.ts';
import { tableOf } from '../kernel/table.ts';
import { bookStore } from '../people/book.ts';
import { sendingFeedback } from '../sendings/feedback.ts';
import { sendingReceipts } from '../sendings/receipts.ts';
import { channels } from './contract.ts';
import { type Agreed, operations, type Provider } from './operations.ts';
import { isSigned } from './rules.ts';

const setting = readEnv('casesTable', 'identitiesTable');
const client = dynamo();
const log = logFor('channels');

const secret = z.object({ whatsappApp: z.optional(z.string()), whatsappVerify: z.optional(z.string()) });

/** Reads the secret when it is first needed; a failed read is tried again by the next call. */
const agreedBy = (secretId: string | undefined): (() => Promise<Agreed | undefined>) => {
  if (secretId === undefined || secretId === '') return async () => undefined;
  const manager = new SecretsManagerClient({});
  let loading: Promise<Agreed | undefined> | undefined;
  return () => {
    loading ??= manager
      .send(new GetSecretValueCommand({ SecretId: secretId }))
      .then(({ SecretString: json }) => {
        const { whatsappApp: appSecret, whatsappVerify: verifyToken } = secret.parse(
          JSON.parse(json ?? '{}'),
        );
        return appSecret === undefined || verifyToken === undefined ? undefined : { appSecret, verifyToken };
      })
      .catch((e: unknown) => {
        loading = undefined;
        throw e;
      });
    return loading;
  };
};

const table = tableOf(client, setting.casesTable);
const { close } = bookStore(tableOf(client, setting.identitiesTable));
const hearNotice = feedback({ receipts: receiptStore(table), close, log });
const hearSending = sendingFeedback({ receipts: sendingReceipts(table), close, log });

const agreed = agreedBy(process.env[env.channelsSecretId]);

/** The signature is over the bytes as they came, so that it is judged before anything reads them. */
const provider = async (
  { headers, body = '', isBase64Encoded }: APIGatewayProxyEventV2,
  { method }: Operation,
): Promise<Provider> => {
  if (method === 'GET') return { signed: false };
  const known = await agreed();
  if (known === undefined) throw problem('channelOff');
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  return { signed: isSigned(known.appSecret, bytes, headers['x-hub-signature-256']) };
};

export const handler = api(
  channels,
  operations({
    agreed,
    hear: async (ref, news) => {
      if (!(await hearSending(ref, news))) await hearNotice(ref, news);
    },
  }),
  {
    log,
    actors: { public: provider },
  },
);
