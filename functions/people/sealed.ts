import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import * as z from 'zod/mini';

/**
 * What a field is for. A data key opens one purpose only, and IAM grants by it (docs/adr/0016): `contact` and
 * `identity` come with a report, `notices` is where somebody asked to be told, `answers` are filled in on a form.
 */
export type IdentityPurpose = 'contact' | 'identity' | 'notices' | 'answers';

export const sealedGroup = z.object({
  /** Data key, encrypted by the identities' KMS key. */
  key: z.instanceof(Uint8Array),
  /** Field → nonce, tag and ciphertext. */
  fields: z.record(z.string(), z.instanceof(Uint8Array)),
});
export interface SealedGroup {
  readonly key: Uint8Array;
  readonly fields: Readonly<Record<string, Uint8Array>>;
}

const aad = (ref: string, field: string): Buffer => Buffer.from(`${ref}|${field}`);
const context = (ref: string, purpose: IdentityPurpose) => ({ purpose, ref });

/** AES-256-GCM under the group's data key; the reference and the field's name are bound in. */
const sealField = (dataKey: Uint8Array, ref: string, field: string, value: string): Uint8Array => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', dataKey, nonce).setAAD(aad(ref, field));
  const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
};

const openField = (dataKey: Uint8Array, ref: string, field: string, sealed: Uint8Array): string => {
  const bytes = Buffer.from(sealed);
  const open = createDecipheriv('aes-256-gcm', dataKey, bytes.subarray(0, 12))
    .setAAD(aad(ref, field))
    .setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([open.update(bytes.subarray(28)), open.final()]).toString('utf8');
};

export interface Sealing {
  readonly kms: Pick<KMSClient, 'send'>;
  readonly keyId: string;
}

/** Seals fields under a data key of their own; one call of KMS. */
export const sealGroup = async (
  { kms, keyId }: Sealing,
  ref: string,
  purpose: IdentityPurpose,
  fields: Readonly<Record<string, string>>,
): Promise<SealedGroup> => {
  const { Plaintext: plain, CiphertextBlob: key } = await kms.send(
    new GenerateDataKeyCommand({
      KeyId: keyId,
      KeySpec: 'AES_256',
      EncryptionContext: context(ref, purpose),
    }),
  );
  if (plain === undefined || key === undefined) throw new Error('KMS gave no data key');
  const sealed = Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, sealField(plain, ref, field, value)]),
  );
  plain.fill(0);
  return { key, fields: sealed };
};

/** Opens the fields of one purpose: whose function may is decided by its rights on the key. */
export const openGroup = async (
  kms: Pick<KMSClient, 'send'>,
  ref: string,
  purpose: IdentityPurpose,
  group: SealedGroup,
): Promise<Readonly<Record<string, string>>> => {
  const { Plaintext: plain } = await kms.send(
    new DecryptCommand({ CiphertextBlob: group.key, EncryptionContext: context(ref, purpose) }),
  );
  if (plain === undefined) throw new Error('KMS opened no data key');
  const fields = Object.entries(group.fields).map(([field, sealed]) => [
    field,
    openField(plain, ref, field, sealed),
  ]);
  plain.fill(0);
  return Object.fromEntries(fields) as Record<string, string>;
};
