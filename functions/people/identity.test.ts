import { randomBytes } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { keysFrom } from '../kernel/keys.ts';
import { e164, identityReader, identityRef, identityWriter } from './identity.ts';

const keys = keysFrom('{"current":"k1","k1":"test"}');
const kms = mockClient(KMSClient);
/** Data keys by what KMS calls them, with the context that they were made for. */
const made = new Map<string, { readonly plain: Uint8Array; readonly context: string }>();

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
  kms.on(GenerateDataKeyCommand).callsFake((input: { EncryptionContext: object }) => {
    const plain = new Uint8Array(randomBytes(32));
    const name = randomBytes(8);
    made.set(name.toString('hex'), {
      plain: Uint8Array.from(plain),
      context: JSON.stringify(input.EncryptionContext),
    });
    return { Plaintext: plain, CiphertextBlob: new Uint8Array(name) };
  });
  kms.on(DecryptCommand).callsFake((input: { CiphertextBlob: Uint8Array; EncryptionContext: object }) => {
    const key = made.get(Buffer.from(input.CiphertextBlob).toString('hex'));
    if (key === undefined || key.context !== JSON.stringify(input.EncryptionContext))
      throw new Error('denied');
    return { Plaintext: Uint8Array.from(key.plain) };
  });
});
afterAll(async () => {
  kms.restore();
  await tables.stop();
});

const deps = () => ({ table: tables.identities, kms: new KMSClient({}), keyId: 'k', keys: async () => keys });
const contact = {
  name: 'Siti Aminah',
  phone: '081234567890',
  email: 'Siti@Example.ID',
};
const at = '2026-11-23T03:00:00Z';

test('what is stored tells nothing, and each purpose opens its own fields only', async () => {
  await identityWriter(deps())('CODE1', contact, at);
  const item = await tables.identities.get({ pk: `I#${identityRef(keys, 'CODE1')}`, sk: 'IDENTITY' });
  const stored = JSON.stringify(item, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
  for (const secret of ['Siti', 'siti@', '81234567890', 'CODE1']) expect(stored).not.toContain(secret);
  const read = identityReader(deps());
  expect(await read('CODE1', 'contact')).toEqual({ phone: '+6281234567890', email: 'siti@example.id' });
  expect(await read('CODE1', 'identity')).toEqual({ name: 'Siti Aminah' });
  expect(await read('CODE2', 'contact')).toBeUndefined();
});

test('a retry leaves what was written first', async () => {
  await identityWriter(deps())('CODE3', contact, at);
  await identityWriter(deps())('CODE3', { email: 'other@example.id' }, at);
  expect(await identityReader(deps())('CODE3', 'contact')).toMatchObject({ email: 'siti@example.id' });
});

test('a field moved to another record or name does not open', async () => {
  await identityWriter(deps())('CODE4', contact, at);
  const key = { pk: `I#${identityRef(keys, 'CODE4')}`, sk: 'IDENTITY' };
  const item = (await tables.identities.get(key)) as {
    contact: { key: Uint8Array; fields: Record<string, Uint8Array> };
  };
  const { phone } = item.contact.fields;
  await tables.identities.put({ ...item, contact: { ...item.contact, fields: { email: phone } } } as never);
  await expect(identityReader(deps())('CODE4', 'contact')).rejects.toThrow();
});

test.each(['081234567890', '6281234567890', '+6281234567890'])('%s is one number', (typed) => {
  expect(e164(typed)).toBe('+6281234567890');
});
