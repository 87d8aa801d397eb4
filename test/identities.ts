import { createHash, randomBytes } from 'node:crypto';
import type { KMSClient } from '@aws-sdk/client-kms';
import { keysFrom } from '../functions/kernel/keys.ts';

export const testKeys = keysFrom('{"current":"k1","k1":"test"}');

interface Asked {
  readonly input: {
    readonly EncryptionContext?: Readonly<Record<string, string>>;
    readonly CiphertextBlob?: Uint8Array;
  };
}

/**
 * KMS as far as identities need it: data keys that open under the encryption context alone for which they were made.
 * `opened` counts what was opened, by purpose.
 */
export const testKms = () => {
  const made = new Map<string, { readonly plain: Uint8Array; readonly context: string }>();
  const opened: string[] = [];
  const send = async ({ input }: Asked) => {
    const context = JSON.stringify(input.EncryptionContext ?? {});
    if (input.CiphertextBlob === undefined) {
      const plain = new Uint8Array(randomBytes(32));
      const blob = new Uint8Array(createHash('sha256').update(plain).digest());
      made.set(Buffer.from(blob).toString('hex'), { plain: Uint8Array.from(plain), context });
      return { Plaintext: plain, CiphertextBlob: blob };
    }
    const key = made.get(Buffer.from(input.CiphertextBlob).toString('hex'));
    if (key === undefined || key.context !== context) throw new Error('denied');
    opened.push(input.EncryptionContext?.['purpose'] ?? '');
    return { Plaintext: Uint8Array.from(key.plain) };
  };
  return { send, opened } as unknown as Pick<KMSClient, 'send'> & { readonly opened: readonly string[] };
};
