import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codePattern, pinOf, readCode, samePin, trackingCode } from './code.ts';
import { keysFrom } from './keys.ts';
import { caseToken, readCaseToken, seal, unseal } from './token.ts';

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const keys = keysFrom('{"current":"k1","k1":"one"}');
const key = keys.first('code');
const code = fc.string({ minLength: 1 }).map((command) => trackingCode(key, command, 0));

describe('a tracking code', () => {
  test('is the same for the same command, another for the next step of its chain', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(7), (command, attempt) => {
        const first = trackingCode(key, command, attempt);
        expect(first).toMatch(codePattern);
        expect(trackingCode(key, command, attempt)).toBe(first);
        expect(trackingCode(key, command, attempt + 1)).not.toBe(first);
      }),
    );
  });

  test('is read in any case, with spaces and dashes', () => {
    fc.assert(
      fc.property(code, (c) => {
        expect(readCode(` ${c.slice(0, 3).toLowerCase()}-${c.slice(3, 6)} ${c.slice(6)} `)).toBe(c);
      }),
    );
  });

  test('with one wrong symbol is always noticed', () => {
    fc.assert(
      fc.property(code, fc.nat(8), fc.constantFrom(...alphabet), (c, at, symbol) => {
        fc.pre(c[at] !== symbol);
        expect(readCode(c.slice(0, at) + symbol + c.slice(at + 1))).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  test('with two neighbours swapped is always noticed', () => {
    fc.assert(
      fc.property(code, fc.nat(7), (c, at) => {
        fc.pre(c[at] !== c[at + 1]);
        expect(readCode(c.slice(0, at) + c[at + 1] + c[at] + c.slice(at + 2))).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    '',
    'ABC',
    'ABCDEFGH0',
    'ABCDEFGHI',
    'ÄBCDEFGHJ',
    `${'A'.repeat(200)}`,
  ])('"%s" is none', (typed) => {
    expect(readCode(typed)).toBeUndefined();
  });
});

describe('a PIN', () => {
  test('belongs to one code, one version and one key', () => {
    const rotated = keysFrom('{"current":"k2","k1":"one","k2":"two"}');
    const pins = [
      pinOf(keys.now('pin'), 'ABCDEFGHJ', 1),
      pinOf(keys.now('pin'), 'ABCDEFGHK', 1),
      pinOf(keys.now('pin'), 'ABCDEFGHJ', 2),
      pinOf(rotated.now('pin'), 'ABCDEFGHJ', 1),
    ];
    expect(new Set(pins).size).toBe(4);
    // After a rotation the PIN that the reporter holds still opens, by the key it names.
    expect(pinOf(rotated.of('pin', 'k1') ?? Buffer.alloc(0), 'ABCDEFGHJ', 1)).toBe(pins[0]);
  });

  test('is compared whole', () => {
    const pin = pinOf(keys.now('pin'), 'ABCDEFGHJ', 1);
    expect(samePin(`${pin.slice(0, 4)} ${pin.slice(4).toLowerCase()}`, pin)).toBe(true);
    for (const wrong of ['', pin.slice(0, 7), `${pin}2`, `${pin}${pin}`])
      expect(samePin(wrong, pin)).toBe(false);
  });
});

describe('a rotation of the secret', () => {
  const before = keysFrom('{"current":"k1","k1":"one"}');
  const after = keysFrom('{"current":"k2","k1":"one","k2":"two"}');

  test('keeps codes, command ids and hashes, which come from the first key', () => {
    expect(after.first('code')).toEqual(before.first('code'));
    expect(after.now('cursor')).not.toEqual(before.now('cursor'));
  });

  test('keeps cursors and case tokens of the old key readable, until the key is taken away', () => {
    const cursor = seal(before, 'cursor', 'position', 'query');
    expect(unseal(after, 'cursor', cursor, 'query')).toBe('position');
    expect(unseal(keysFrom('{"current":"k2","k2":"two"}'), 'cursor', cursor, 'query')).toBeUndefined();
  });

  test('to a key that is not there stops the load', () => {
    expect(() => keysFrom('{"current":"k3","k1":"one"}')).toThrow('lacks its current key');
  });
});

describe('a sealed value', () => {
  test('opens for what it was made for, and nothing else', () => {
    const text = seal(keys, 'cursor', { a: 1 }, 'person|query');
    expect(unseal(keys, 'cursor', text, 'person|query')).toEqual({ a: 1 });
    expect(unseal(keys, 'cursor', text, 'other|query')).toBeUndefined();
    expect(unseal(keys, 'token', text, 'person|query')).toBeUndefined();
  });

  test('changed in any place does not open', () => {
    const text = seal(keys, 'cursor', 'position', 'b');
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'abcXYZ019-_.'), (at, symbol) => {
        const changed = text.slice(0, at) + symbol + text.slice(at + 1);
        // The last symbol of unpadded base64url carries unused bits: the same bytes may be written twice.
        fc.pre(
          Buffer.from(changed.split('.').at(-1) ?? '', 'base64url').compare(
            Buffer.from(text.split('.').at(-1) ?? '', 'base64url'),
          ) !== 0 || at < text.lastIndexOf('.'),
        );
        fc.pre(changed !== text);
        expect(unseal(keys, 'cursor', changed, 'b')).toBeUndefined();
      }),
    );
  });

  test('a case token ends by itself', () => {
    const token = caseToken(keys, 'ABCDEFGHJ', 1, 1000);
    expect(readCaseToken(keys, token, 1000 + 1799)).toEqual({ code: 'ABCDEFGHJ', pinVersion: 1 });
    expect(readCaseToken(keys, token, 1000 + 1800)).toBeUndefined();
  });
});
