import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Keys, Purpose } from './keys.ts';

const sign = (key: Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest().subarray(0, 16);

/**
 * Seals a small value: `<key id>.<value>.<signature>`, base64url. Not encrypted: nothing personal goes in.
 * @param bound what it is valid for (query and caller of a cursor); not part of the text, but of the signature
 */
export const seal = (keys: Keys, purpose: Purpose, value: unknown, bound = ''): string => {
  const body = Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${keys.current}.${body}`;
  return `${head}.${sign(keys.now(purpose), `${bound}\u0000${head}`).toString('base64url')}`;
};

/** The sealed value, or undefined when it was made elsewhere, for something else, or changed. */
export const unseal = (keys: Keys, purpose: Purpose, text: string, bound = ''): unknown => {
  const [id, body, signature, more] = text.split('.');
  if (id === undefined || body === undefined || signature === undefined || more !== undefined)
    return undefined;
  const key = keys.of(purpose, id);
  if (key === undefined) return undefined;
  const expected = sign(key, `${bound}\u0000${id}.${body}`);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  try {
    return JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

const nonceBytes = 12;
const tagBytes = 16;

/**
 * A place in a list, for its caller alone: encrypted, since the place may be that of a case that the caller may not
 * know of, and bound to query and caller. `<key id>.<nonce, tag, ciphertext>`, base64url.
 */
export const conceal = (keys: Keys, place: string, bound: string): string => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keys.now('cursor'), nonce).setAAD(Buffer.from(bound));
  const body = Buffer.concat([cipher.update(place, 'utf8'), cipher.final()]);
  return `${keys.current}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
};

/** The place, or undefined when the cursor is of another query, another caller, or not ours. */
export const reveal = (keys: Keys, cursor: string, bound: string): string | undefined => {
  const [id, text, more] = cursor.split('.');
  if (id === undefined || text === undefined || more !== undefined) return undefined;
  const key = keys.of('cursor', id);
  const bytes = Buffer.from(text, 'base64url');
  if (key === undefined || bytes.length <= nonceBytes + tagBytes) return undefined;
  try {
    const open = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
      .setAAD(Buffer.from(bound))
      .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([open.update(bytes.subarray(nonceBytes + tagBytes)), open.final()]).toString('utf8');
  } catch {
    return undefined;
  }
};

/** Seconds that an opened case stays open. */
export const caseTokenSeconds = 30 * 60;

/** Seconds that a link to a new PIN works. */
export const pinLinkSeconds = 24 * 3600;

interface CaseToken {
  readonly c: string;
  readonly p: number;
  readonly e: number;
}

/** A case-scoped token: code, PIN version, expiry. A new PIN version ends the tokens of the old one. */
export const caseToken = (keys: Keys, code: string, pinVersion: number, nowSeconds: number): string =>
  seal(keys, 'token', { c: code, p: pinVersion, e: nowSeconds + caseTokenSeconds } satisfies CaseToken);

export const readCaseToken = (
  keys: Keys,
  text: string,
  nowSeconds: number,
): { readonly code: string; readonly pinVersion: number } | undefined => {
  const value = unseal(keys, 'token', text) as CaseToken | undefined;
  return value !== undefined && value.e > nowSeconds ? { code: value.c, pinVersion: value.p } : undefined;
};

/**
 * What a link to a new PIN carries: whoever can read the messages of a case's stored contact may renew its PIN, once,
 * since the new version ends it. The same event gives the same token, however often it is told.
 */
export const pinToken = (keys: Keys, code: string, pinVersion: number, askedSeconds: number): string =>
  seal(
    keys,
    'token',
    { c: code, p: pinVersion, e: askedSeconds + pinLinkSeconds } satisfies CaseToken,
    'pin',
  );

export const readPinToken = (
  keys: Keys,
  text: string,
  nowSeconds: number,
): { readonly code: string; readonly pinVersion: number } | undefined => {
  const value = unseal(keys, 'token', text, 'pin') as CaseToken | undefined;
  return value !== undefined && value.e > nowSeconds ? { code: value.c, pinVersion: value.p } : undefined;
};
