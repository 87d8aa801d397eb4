import { env } from '../functions/kernel/env.ts';
import { allow, type Granting } from './grants.ts';

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
