import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import { context, type Der, oidOf, partsOf, readDer, tags } from './der.ts';

const oids = {
  signedData: '1.2.840.113549.1.7.2',
  messageDigest: '1.2.840.113549.1.9.4',
  pss: '1.2.840.113549.1.1.10',
} as const;
/** SHA-1 is not here: a collision of it can be bought. */
const hashes: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/**
 * `intact`: the signed digest is that of the bytes, and the signature over it fits the certificate that comes with it.
 * `broken`: one of the two does not. `unread`: made in a way that is not read here; nothing is said of it.
 */
export type Integrity = 'intact' | 'broken' | 'unread';

const inside = (value: Der | undefined, tag: number): readonly Der[] | undefined =>
  value?.tag === tag ? partsOf(value) : undefined;

interface Signer {
  readonly serial: Buffer;
  readonly hash: string;
  /** The signed attributes as a SET, which is what was signed (RFC 5652 §5.4). */
  readonly attributes: Buffer;
  readonly digest: Buffer;
  readonly isPss: boolean;
  readonly signature: Buffer;
}

/** SignerInfo with signed attributes, named by issuer and serial number. */
const signerOf = (value: Der | undefined): Signer | undefined => {
  const [, sid, algorithm, attributes, signing, signature] = inside(value, tags.sequence) ?? [];
  const serial = inside(sid, tags.sequence)?.[1];
  const hash = hashes[oidOf(inside(algorithm, tags.sequence)?.[0] ?? { body: Buffer.of() })];
  const all = inside(attributes, context(0));
  const named = all
    ?.map((one) => inside(one, tags.sequence))
    .find((one) => one?.[0] !== undefined && oidOf(one[0]) === oids.messageDigest);
  const digest = inside(named?.[1], tags.set)?.[0];
  const how = inside(signing, tags.sequence)?.[0];
  if (serial?.tag !== tags.integer || hash === undefined || attributes === undefined) return undefined;
  if (digest?.tag !== tags.octets || how === undefined || signature?.tag !== tags.octets) return undefined;
  return {
    serial: serial.body,
    hash,
    attributes: Buffer.concat([Buffer.of(tags.set), attributes.whole.subarray(1)]),
    digest: digest.body,
    isPss: oidOf(how) === oids.pss,
    signature: signature.body,
  };
};

const sameSerial = (certificate: X509Certificate, serial: Buffer): boolean =>
  BigInt(`0x${certificate.serialNumber}`) === BigInt(`0x${serial.toString('hex') || '0'}`);

const certificatesOf = (list: Der | undefined): readonly X509Certificate[] =>
  (list === undefined ? [] : (partsOf(list) ?? [])).flatMap(({ whole }) => {
    try {
      return [new X509Certificate(whole)];
    } catch {
      return [];
    }
  });

/**
 * Whether a detached CMS signature (RFC 5652) fits these bytes, under the certificate that it carries itself. Who stands
 * behind that certificate, whether it was revoked and when it was used is NOT looked at: no chain, no list, no time stamp.
 * @param contents of a PDF's signature: DER, zeros behind it
 */
export const integrityOf = (contents: Buffer, signed: readonly Buffer[]): Integrity => {
  const [type, wrapped] = inside(readDer(contents), tags.sequence) ?? [];
  if (type === undefined || oidOf(type) !== oids.signedData) return 'unread';
  const data = inside(inside(wrapped, context(0))?.[0], tags.sequence);
  const infos = inside(data?.at(-1), tags.set);
  const signer = infos?.length === 1 ? signerOf(infos[0]) : undefined;
  // A time stamp, or a signature that carries what it signs, has another digest in it than the file's.
  const isDetached = inside(data?.[2], tags.sequence)?.length === 1;
  if (data === undefined || signer === undefined || !isDetached) return 'unread';
  const hash = createHash(signer.hash);
  for (const part of signed) hash.update(part);
  if (!hash.digest().equals(signer.digest)) return 'broken';
  const certificates = certificatesOf(data.find(({ tag }) => tag === context(0)));
  const own = certificates.find((one) => sameSerial(one, signer.serial));
  if (own === undefined) return 'unread';
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
  try {
    const key = { key: own.publicKey, ...(signer.isPss ? pss : {}) };
    return verify(signer.hash, signer.attributes, key, signer.signature) ? 'intact' : 'broken';
  } catch {
    return 'unread';
  }
};
