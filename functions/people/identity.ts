import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import * as z from 'zod/mini';
import { keyedHash } from '../kernel/code.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Table } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';

/** What a field is for. A data key opens one purpose only, and IAM grants by it (docs/adr/0016). */
export type IdentityPurpose = 'contact' | 'identity';

export interface Contact {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}

const sealedGroup = z.object({
  /** Data key, encrypted by the identities' KMS key. */
  key: z.instanceof(Uint8Array),
  /** Field → nonce, tag and ciphertext. */
  fields: z.record(z.string(), z.instanceof(Uint8Array)),
});

const identityRecord = z.object({
  v: z.literal(1),
  ref: z.string(),
  contact: z.optional(sealedGroup),
  identity: z.optional(sealedGroup),
  at: z.string(),
});

/** Reference of a case's reporter: from the code by a keyed hash, so that neither table names the other. */
export const identityRef = (keys: Keys, code: string): string =>
  keyedHash(keys.first('contact'), 'ref', code);

/** `+62…` from what people type (`0812…`, `62812…`). */
export const e164 = (phone: string): string => `+62${phone.replace(/^(\+62|62|0)/, '')}`;

const identityKey = (ref: string) => ({ pk: `I#${ref}`, sk: 'IDENTITY' });
const aad = (ref: string, field: string): Buffer => Buffer.from(`${ref}|${field}`);

const context = (ref: string, purpose: IdentityPurpose) => ({ purpose, ref });

export interface IdentityDeps {
  readonly table: Table;
  readonly kms: KMSClient;
  readonly keyId: string;
  readonly keys: () => Promise<Keys>;
}

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

/** Writes who a reporter is, once: a retry of the same filing finds it there. Never reads or decrypts. */
export const identityWriter = ({ table, kms, keyId, keys }: IdentityDeps) => {
  const group = async (ref: string, purpose: IdentityPurpose, fields: Readonly<Record<string, string>>) => {
    if (Object.keys(fields).length === 0) return {};
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
    return { [purpose]: { key, fields: sealed } };
  };

  return async (code: string, contact: Contact, at: Instant): Promise<void> => {
    const secret = await keys();
    const ref = identityRef(secret, code);
    const phone = contact.phone === undefined ? undefined : e164(contact.phone);
    const [reach, person] = await Promise.all([
      group(ref, 'contact', {
        ...(phone === undefined ? {} : { phone }),
        ...(contact.email === undefined ? {} : { email: contact.email.toLowerCase() }),
      }),
      group(ref, 'identity', contact.name === undefined ? {} : { name: contact.name }),
    ]);
    await table.put(
      {
        ...identityKey(ref),
        v: 1,
        ref,
        ...reach,
        ...person,
        at,
        ...(phone === undefined
          ? {}
          : { gsi1pk: `PHONE#${keyedHash(secret.first('contact'), 'phone', phone)}`, gsi1sk: ref }),
      },
      { ConditionExpression: 'attribute_not_exists(pk)' },
    );
  };
};

/**
 * Opens the fields of one purpose. Who may call this is decided by the function's rights on the key; no function holds
 * that right yet: a logged reveal and notices to reporters are what it is for.
 */
export const identityReader =
  ({ table, kms, keys }: Omit<IdentityDeps, 'keyId'>) =>
  async (code: string, purpose: IdentityPurpose): Promise<Readonly<Record<string, string>> | undefined> => {
    const ref = identityRef(await keys(), code);
    const item = await table.get(identityKey(ref));
    if (item === undefined) return undefined;
    const group = identityRecord.parse(item)[purpose];
    if (group === undefined) return {};
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
