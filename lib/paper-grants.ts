import { env } from '../functions/kernel/env.ts';
import { allow, anyObject, type Granting, within } from './grants.ts';

/** Sign what Lapau prints itself, in the one way that verifying it expects. */
export const paperSigning: Granting = ({ papersKey }) => ({
  statements: [allow(['kms:Sign'], [papersKey.keyArn], { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' })],
  environment: { [env.papersKey]: papersKey.keyArn },
});

/** Hand out the public half, by which anybody checks a paper. */
export const paperPublicKey: Granting = ({ papersKey }) => ({
  statements: [allow(['kms:GetPublicKey'], [papersKey.keyArn])],
  environment: { [env.papersKey]: papersKey.keyArn },
});

/** Take documents in from where uploads arrive, keep them as they are, and sign links that read them. */
export const documentFiles: Granting = ({ incoming, files }) => ({
  statements: [
    allow(['s3:GetObject'], [within(incoming, 'incoming')]),
    allow(['s3:GetObject', 's3:PutObject'], [within(files, 'products')]),
  ],
  environment: { [env.incomingBucket]: incoming.bucketName, [env.filesBucket]: files.bucketName },
  accepted: [anyObject(incoming, 'incoming'), anyObject(files, 'products')],
});

/** Sign through BSrE as the city's account there; nothing at all where it has none. */
export const certifiedSigning: Granting = ({ signing }) =>
  signing === undefined
    ? { statements: [], environment: {} }
    : {
        statements: [allow(['secretsmanager:GetSecretValue'], [signing.secretArn])],
        environment: { [env.bsreUrl]: signing.bsreUrl, [env.bsreSecretId]: signing.secretArn },
      };
