import type { KMSClient } from '@aws-sdk/client-kms';
import * as z from 'zod/mini';
import { keyedHash } from '../kernel/code.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Table } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';
import { type IdentityPurpose, openGroup, sealedGroup, sealGroup } from './sealed.ts';

export interface Contact {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}

export const identityRecord = z.object({
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

export const identityKey = (ref: string) => ({ pk: `I#${ref}`, sk: 'IDENTITY' });

export interface IdentityDeps {
  readonly table: Table;
  readonly kms: Pick<KMSClient, 'send'>;
  readonly keyId: string;
  readonly keys: () => Promise<Keys>;
}

/** Writes who somebody is under a reference, once: a retry finds it there. Never reads or decrypts. */
export const identityPutter = ({ table, kms, keyId, keys }: IdentityDeps) => {
  const group = async (ref: string, purpose: IdentityPurpose, fields: Readonly<Record<string, string>>) =>
    Object.keys(fields).length === 0
      ? {}
      : { [purpose]: await sealGroup({ kms, keyId }, ref, purpose, fields) };

  return async (ref: string, contact: Contact, at: Instant): Promise<void> => {
    const secret = await keys();
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

/** Writes who a case's reporter is. */
export const identityWriter = (deps: IdentityDeps) => {
  const put = identityPutter(deps);
  return async (code: string, contact: Contact, at: Instant): Promise<void> =>
    put(identityRef(await deps.keys(), code), contact, at);
};

/** Opens the fields of one purpose. Who may call this is decided by the function's rights on the key. */
export const identityReader =
  ({ table, kms, keys }: Omit<IdentityDeps, 'keyId'>) =>
  async (
    code: string,
    purpose: 'contact' | 'identity',
  ): Promise<Readonly<Record<string, string>> | undefined> => {
    const ref = identityRef(await keys(), code);
    const item = await table.get(identityKey(ref));
    if (item === undefined) return undefined;
    const group = identityRecord.parse(item)[purpose];
    return group === undefined ? {} : openGroup(kms, ref, purpose, group);
  };
