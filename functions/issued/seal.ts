import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Issued } from './model.ts';

type Kms = Pick<KMSClient, 'send'>;

export const sealAlgorithm = 'ECDSA_SHA_256' as const;

/**
 * What the city signs of a paper of its own: lines of `name: value`, so that whoever has the paper writes it down
 * again and checks it with any tool (ADR 0155). UTF-8, one line feed between lines, none at the end.
 */
export const statementOf = ({
  number,
  kind,
  unit,
  issuedAt,
  digest = '',
}: Pick<Issued, 'number' | 'kind' | 'unit' | 'issuedAt' | 'digest'>): string =>
  [
    'lapau-paper-1',
    `number: ${number}`,
    `kind: ${kind}`,
    `unit: ${unit}`,
    `issued: ${issuedAt}`,
    `sha256: ${digest}`,
  ].join('\n');

/** Signs a statement. */
export type Sealer = (statement: string) => Promise<{ readonly key: string; readonly signature: string }>;

const shortId = (arn: string): string => arn.replace(/^.*key\//, '');

/**
 * The city's key. The signature is DER (RFC 3279), base64; `key` is the id of the key that made it, since a key that
 * was replaced goes on proving what it signed.
 */
export const kmsSealer =
  (kms: Kms, keyId: string): Sealer =>
  async (statement) => {
    const { KeyId = keyId, Signature } = await kms.send(
      new SignCommand({
        KeyId: keyId,
        Message: Buffer.from(statement, 'utf8'),
        MessageType: 'RAW',
        SigningAlgorithm: sealAlgorithm,
      }),
    );
    if (Signature === undefined) throw new Error('KMS signed nothing');
    return { key: shortId(KeyId), signature: Buffer.from(Signature).toString('base64') };
  };

export interface PublicHalf {
  readonly key: string;
  readonly pem: string;
}

/** The public half as PEM (SubjectPublicKeyInfo); asked for once by each instance. */
export const publicHalf = (kms: Kms, keyId: string): (() => Promise<PublicHalf>) => {
  let asked: Promise<PublicHalf> | undefined;
  const ask = async (): Promise<PublicHalf> => {
    const { KeyId = keyId, PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
    if (PublicKey === undefined) throw new Error('KMS gave no public key');
    const lines =
      Buffer.from(PublicKey)
        .toString('base64')
        .match(/.{1,64}/g) ?? [];
    const pem = ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
    return { key: shortId(KeyId), pem };
  };
  return () => {
    asked ??= ask().catch((e: unknown) => {
      asked = undefined;
      throw e;
    });
    return asked;
  };
};
