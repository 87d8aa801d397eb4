import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { State } from '../state.ts';
import type { Loaded } from '../template/load.ts';
import { isSigning, kmsSigning } from './kms-signing.ts';
import { type Input, type Operations, ServiceError } from './protocol.ts';

const isRecord = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null;

/** The encryption context in one order: it is authenticated with the text, so another context opens nothing. */
const aad = (keyId: string, context: unknown): Buffer =>
  Buffer.from(
    JSON.stringify([
      keyId,
      Object.entries(isRecord(context) ? context : {})
        .map(([k, v]) => [k, String(v)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ]),
  );

const bytes = (input: Input, name: string): Buffer => Buffer.from(input.text(name), 'base64');

/**
 * Encrypt, Decrypt and GenerateDataKey with AES-256-GCM; Sign and its kin on keys for that. The keys are in the state directory, which its owner
 * alone may read. A blob is key id (36 characters), nonce (12), tag (16), text.
 */
export const kms = (
  keys: readonly Loaded<'AWS::KMS::Key'>[],
  aliases: readonly Loaded<'AWS::KMS::Alias'>[],
  state: State,
): Operations => {
  const secrets = new Map<string, Buffer>();
  for (const { ref } of keys.filter((key) => !isSigning(key))) {
    const saved = state.get('kms', ref);
    const secret = typeof saved === 'string' ? Buffer.from(saved, 'base64') : randomBytes(32);
    if (saved === undefined) state.set('kms', ref, secret.toString('base64'));
    secrets.set(ref, secret);
  }
  const named = new Map(aliases.map(({ name, props }) => [name, props.TargetKeyId.replace(/^.*key\//, '')]));

  const keyOf = (id: string): Loaded<'AWS::KMS::Key'> => {
    const short = id.replace(/^arn:[^/]*:(key\/)?(?=alias\/|)/, '').replace(/^key\//, '');
    const keyId = named.get(short) ?? short;
    const key = keys.find((k) => k.ref === keyId);
    if (key === undefined) throw new ServiceError('NotFoundException', `Key '${id}' does not exist`);
    if (key.props.Enabled === false) throw new ServiceError('DisabledException', `${key.arn} is disabled.`);
    return key;
  };

  const find = (id: string): { keyId: string; secret: Buffer; arn: string } => {
    const { ref: keyId, arn } = keyOf(id);
    const secret = secrets.get(keyId);
    if (secret === undefined)
      throw new ServiceError('InvalidKeyUsageException', `${arn} key usage is SIGN_VERIFY`);
    return { keyId, secret, arn };
  };

  const seal = (id: string, context: unknown, plain: Buffer): { arn: string; blob: string } => {
    const { keyId, secret, arn } = find(id);
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(aad(keyId, context));
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return {
      arn,
      blob: Buffer.concat([Buffer.from(keyId), nonce, cipher.getAuthTag(), sealed]).toString('base64'),
    };
  };

  return {
    ...kmsSigning(keys, state, keyOf),
    GenerateDataKey: (input) => {
      const size =
        input.optional('KeySpec') === 'AES_128' ? 16 : Number(input.optional('NumberOfBytes') ?? 32);
      const plain = randomBytes(size);
      const { arn, blob } = seal(input.text('KeyId'), input.value('EncryptionContext'), plain);
      return { CiphertextBlob: blob, Plaintext: plain.toString('base64'), KeyId: arn };
    },
    Encrypt: (input) => {
      const plain = bytes(input, 'Plaintext');
      if (plain.length > 4096)
        throw new ServiceError('ValidationException', 'Plaintext is longer than 4096 bytes');
      const { arn, blob } = seal(input.text('KeyId'), input.value('EncryptionContext'), plain);
      return { CiphertextBlob: blob, KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    },
    Decrypt: (input) => {
      const blob = bytes(input, 'CiphertextBlob');
      const invalid = new ServiceError('InvalidCiphertextException', 'UnknownError');
      if (blob.length < 64) throw invalid;
      const { keyId, secret, arn } = find(blob.subarray(0, 36).toString());
      const wanted = input.optional('KeyId');
      if (wanted !== undefined && find(wanted).keyId !== keyId)
        throw new ServiceError(
          'IncorrectKeyException',
          'The key ID in the request does not identify a CMK that can perform this operation.',
        );
      try {
        const open = createDecipheriv('aes-256-gcm', secret, blob.subarray(36, 48))
          .setAAD(aad(keyId, input.value('EncryptionContext')))
          .setAuthTag(blob.subarray(48, 64));
        const plain = Buffer.concat([open.update(blob.subarray(64)), open.final()]);
        return { Plaintext: plain.toString('base64'), KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
      } catch {
        throw invalid;
      }
    },
  };
};
