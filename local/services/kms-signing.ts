import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import type { State } from '../state.ts';
import type { Loaded } from '../template/load.ts';
import { type Input, type Operations, ServiceError } from './protocol.ts';

type Key = Loaded<'AWS::KMS::Key'>;

/** The one way to sign that such a key has. */
const algorithm = 'ECDSA_SHA_256';
/** Longer messages are hashed by the caller, which nothing here does. */
const longestMessage = 4096;

export const isSigning = ({ props }: Key): boolean => props.KeyUsage === 'SIGN_VERIFY';

const bytes = (input: Input, name: string): Buffer => Buffer.from(input.text(name), 'base64');

/** The message of a call; KMS hashes it itself. */
const messageOf = (input: Input): Buffer => {
  const type = input.optional('MessageType') ?? 'RAW';
  if (type !== 'RAW') throw new ServiceError('ValidationException', `MessageType ${type} is not known here`);
  if (input.text('SigningAlgorithm') !== algorithm)
    throw new ServiceError('ValidationException', `this key signs with ${algorithm} alone`);
  const message = bytes(input, 'Message');
  if (message.length > longestMessage)
    throw new ServiceError('ValidationException', `Message is longer than ${longestMessage} bytes`);
  return message;
};

/**
 * Sign, Verify and GetPublicKey on P-256 keys, which are made once and kept in the state directory.
 * @param find the key that a call names, by id, alias or ARN
 */
export const kmsSigning = (keys: readonly Key[], state: State, find: (id: string) => Key): Operations => {
  const privates = new Map<string, KeyObject>();
  for (const key of keys.filter(isSigning)) {
    const saved = state.get('kms', key.ref);
    const pem =
      typeof saved === 'string'
        ? saved
        : generateKeyPairSync('ec', {
            namedCurve: 'P-256',
            privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
            publicKeyEncoding: { type: 'spki', format: 'pem' },
          }).privateKey;
    if (saved === undefined) state.set('kms', key.ref, pem);
    privates.set(key.ref, createPrivateKey(pem));
  }

  const named = (input: Input): { readonly arn: string; readonly key: KeyObject } => {
    const { arn, ref } = find(input.text('KeyId'));
    const key = privates.get(ref);
    if (key === undefined)
      throw new ServiceError('InvalidKeyUsageException', `${arn} key usage is ENCRYPT_DECRYPT`);
    return { arn, key };
  };

  return {
    Sign: (input) => {
      const { arn, key } = named(input);
      const signature = sign('sha256', messageOf(input), key);
      return { KeyId: arn, Signature: signature.toString('base64'), SigningAlgorithm: algorithm };
    },
    Verify: (input) => {
      const { arn, key } = named(input);
      if (!verify('sha256', messageOf(input), createPublicKey(key), bytes(input, 'Signature')))
        throw new ServiceError('KMSInvalidSignatureException', 'the signature does not fit the message');
      return { KeyId: arn, SignatureValid: true, SigningAlgorithm: algorithm };
    },
    GetPublicKey: (input) => {
      const { arn, key } = named(input);
      const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
      return {
        KeyId: arn,
        PublicKey: spki.toString('base64'),
        KeySpec: 'ECC_NIST_P256',
        KeyUsage: 'SIGN_VERIFY',
        SigningAlgorithms: [algorithm],
      };
    },
  };
};
