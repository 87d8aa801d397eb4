import { createPublicKey, createSign, generateKeyPairSync, verify } from 'node:crypto';
import type { Sealer } from '../seal.ts';

/** A key of a test's own that signs as KMS does: ECDSA over SHA-256 of the statement, DER. */
export const testSealer = (): {
  readonly seal: Sealer;
  readonly isGenuine: (statement: string, signature: string) => boolean;
  readonly pem: string;
} => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    seal: async (statement) => ({
      key: 'test-key',
      signature: createSign('sha256').update(statement).sign(privateKey, 'base64'),
    }),
    isGenuine: (statement, signature) =>
      verify('sha256', Buffer.from(statement), publicKey, Buffer.from(signature, 'base64')),
    pem: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
  };
};
