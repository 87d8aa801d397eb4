import { createHmac, timingSafeEqual } from 'node:crypto';

/** 32 symbols without 0/O and 1/I: easy to say on the phone and to copy from paper. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
export const codeLength = 9;
export const codePattern = /^[2-9A-HJ-NP-Z]{9}$/;

/** Multiplies in GF(32) with x⁵ + x² + 1. */
const times = (a: number, b: number): number => {
  let product = 0;
  for (let bit = 0; bit < 5; bit += 1) if (b & (1 << bit)) product ^= a << bit;
  for (let bit = 9; bit >= 5; bit -= 1) if (product & (1 << bit)) product ^= 0b100101 << (bit - 5);
  return product;
};

/**
 * Check symbol: Σ αⁱ⁺¹·dᵢ over GF(32). One wrong symbol and any two neighbours swapped are always noticed, since
 * the weights are distinct and not zero.
 */
const checkSymbol = (symbols: string): string => {
  let weight = 1;
  let sum = 0;
  for (const symbol of symbols) {
    weight = times(weight, 2);
    sum ^= times(weight, alphabet.indexOf(symbol));
  }
  return alphabet.charAt(sum);
};

const base32 = (bytes: Buffer, symbols: number): string => {
  let bits = 0n;
  for (const byte of bytes.subarray(0, Math.ceil((symbols * 5) / 8))) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let i = 0; i < symbols; i += 1) {
    text = alphabet.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return text;
};

const hmac = (key: Buffer, ...parts: readonly string[]): Buffer =>
  createHmac('sha256', key).update(parts.join('\u0000')).digest();

/**
 * The tracking code of a filing: 8 symbols and a check symbol, derived from the command, so that a retry finds the
 * same case. `attempt` walks the hash chain when another command already took the code.
 */
export const trackingCode = (key: Buffer, commandId: string, attempt: number): string => {
  const symbols = base32(hmac(key, 'code', commandId, String(attempt)), codeLength - 1);
  return symbols + checkSymbol(symbols);
};

/** With 2⁴⁰ codes even a second try is rare. */
const codeAttempts = 8;

/** The codes that a new case may get, in order: those that other cases hold are passed over. */
export function* codesFor(key: Buffer, commandId: string): Generator<string, void> {
  for (let attempt = 0; attempt < codeAttempts; attempt += 1) yield trackingCode(key, commandId, attempt);
}

/** Reads a code as people type it: any case, with spaces or dashes. Undefined when mistyped. */
export const readCode = (typed: string): string | undefined => {
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  return codePattern.test(code) && checkSymbol(code.slice(0, -1)) === code.at(-1) ? code : undefined;
};

/** The PIN of a code: 8 symbols, derived, never stored; a new version is another PIN. */
export const pinOf = (key: Buffer, code: string, version: number): string =>
  base32(hmac(key, 'pin', code, String(version)), 8);

export const samePin = (typed: string, pin: string): boolean => {
  const given = Buffer.from(typed.toUpperCase().replace(/[\s-]/g, '').padEnd(8).slice(0, 9));
  const expected = Buffer.from(pin);
  return given.length === expected.length && timingSafeEqual(given, expected);
};

/** Keyed hash, 22 characters (128 bits): command ids, reporter hashes, pseudonyms. */
export const keyedHash = (key: Buffer, ...parts: readonly string[]): string =>
  hmac(key, ...parts)
    .subarray(0, 16)
    .toString('base64url');
