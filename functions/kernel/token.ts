import { createHmac, timingSafeEqual } from 'node:crypto';
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

/** Seconds that an opened case stays open. */
export const caseTokenSeconds = 30 * 60;

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
