import { env } from '../functions/kernel/env.ts';
import { allow, anyObject, type Granting, identities, within } from './grants.ts';

const folder = 'exports';

/** Put the files of exports of registers. */
export const exportFiles: Granting = ({ files }) => ({
  statements: [allow(['s3:PutObject'], [within(files, folder)])],
  environment: { [env.filesBucket]: files.bucketName },
  accepted: [anyObject(files, folder)],
});

/** Sign links that read them. */
export const exportLinks: Granting = ({ files }) => ({
  statements: [allow(['s3:GetObject'], [within(files, folder)])],
  environment: { [env.filesBucket]: files.bucketName },
  accepted: [anyObject(files, folder)],
});

/** Open who asked for information: both registers of the law name them. Never what anybody is reached by. */
export const requesters: Granting = (on) => ({
  statements: [
    allow(['dynamodb:GetItem'], [on.identities.tableArn]),
    allow(['kms:Decrypt'], [on.identitiesKey.keyArn], { 'kms:EncryptionContext:purpose': 'answers' }),
  ],
  environment: identities(on),
});
