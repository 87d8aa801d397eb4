import {
  createCipheriv,
  createECDH,
  createHmac,
  createPrivateKey,
  ECDH,
  hkdfSync,
  randomBytes,
  sign,
} from 'node:crypto';
import type { Keys } from '../../kernel/keys.ts';

/** Order of the curve P-256: a private key is a number in [1, n). */
const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
const curve = 'prime256v1';

/** One application server, as RFC 8292 calls who sends: the key pair that a subscription is bound to. */
export interface Vapid {
  /** Root key of the stage that it was made from. */
  readonly id: string;
  /** Uncompressed point, base64url: `applicationServerKey` of a browser. */
  readonly publicKey: string;
  readonly privateKey: Buffer;
}

/**
 * The key pair of the stage's root key `id`; undefined when that root key is gone. From the stage's secret, so that
 * nothing more has to be made, kept or rotated by hand.
 */
export const vapidOf = (keys: Keys, id = keys.current): Vapid | undefined => {
  const seed = keys.of('push', id);
  if (seed === undefined) return undefined;
  // 64 bytes reduced: no number of the curve is noticeably likelier than another.
  const wide = Buffer.from(hkdfSync('sha256', seed, 'lapau', 'vapid', 64)).toString('hex');
  const scalar = (BigInt(`0x${wide}`) % (order - 1n)) + 1n;
  const privateKey = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex');
  const ecdh = createECDH(curve);
  ecdh.setPrivateKey(privateKey);
  return { id, publicKey: ecdh.getPublicKey('base64url'), privateKey };
};

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** `Authorization` of RFC 8292: who sends, to which push service, until when (at most 24 h, seconds since 1970). */
export const vapidHeader = (vapid: Vapid, audience: string, subject: string, expires: number): string => {
  const point = Buffer.from(vapid.publicKey, 'base64url');
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      d: vapid.privateKey.toString('base64url'),
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const unsigned = `${encoded({ typ: 'JWT', alg: 'ES256' })}.${encoded({ aud: audience, exp: expires, sub: subject })}`;
  const signature = sign('sha256', Buffer.from(unsigned), { key, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${unsigned}.${signature.toString('base64url')}, k=${vapid.publicKey}`;
};

const hmac = (key: Buffer, ...parts: readonly Buffer[]): Buffer =>
  createHmac('sha256', key).update(Buffer.concat(parts)).digest();

/** A browser's own keys: its public point and its shared secret, base64url. */
export interface BrowserKeys {
  readonly p256dh: string;
  readonly auth: string;
}

/** The only record's size; ours are far smaller. */
const recordSize = 4096;
/** What RFC 8291 leaves for a text in one record of this size. */
export const pushTextLimit = recordSize - 103;

/** Whether it is a point of the curve, as every browser's key is. */
export const isBrowserKey = (p256dh: string): boolean => {
  try {
    const point = Buffer.from(p256dh, 'base64url');
    ECDH.convertKey(point, curve);
    return point.length === 65;
  } catch {
    return false;
  }
};

const freshKeys = (): ECDH => {
  const ecdh = createECDH(curve);
  ecdh.generateKeys();
  return ecdh;
};

/**
 * RFC 8291 (`aes128gcm`, one record): only the browser that subscribed can read it, not the service in between.
 * @param own the sender's keys and salt of this one message; the RFC's example gives its own
 * @throws Error when the browser's point is not on the curve
 */
export const encryptFor = (
  { p256dh, auth }: BrowserKeys,
  text: string,
  own: ECDH = freshKeys(),
  salt: Buffer = randomBytes(16),
): Buffer => {
  const theirs = Buffer.from(p256dh, 'base64url');
  const ours = own.getPublicKey();
  const shared = own.computeSecret(theirs);
  const one = Buffer.from([1]);
  const keyed = hmac(
    hmac(Buffer.from(auth, 'base64url'), shared),
    Buffer.from('WebPush: info\0'),
    theirs,
    ours,
    one,
  );
  const prk = hmac(salt, keyed);
  const key = hmac(prk, Buffer.from('Content-Encoding: aes128gcm\0'), one).subarray(0, 16);
  const nonce = hmac(prk, Buffer.from('Content-Encoding: nonce\0'), one).subarray(0, 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  // 2 ends the last record.
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.update(Buffer.from([2])), cipher.final()]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(recordSize);
  head.writeUInt8(ours.length, 4);
  return Buffer.concat([salt, head, ours, body, cipher.getAuthTag()]);
};
