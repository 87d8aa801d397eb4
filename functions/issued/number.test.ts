import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numbersFor, readNumber } from './number.ts';

const key = Buffer.alloc(32, 7);
const numbers = (command: string) => [...numbersFor(key, 'perkim-lh', '2026', command)];

test('a number names unit and year, and the same command walks the same numbers', () => {
  const all = numbers('c1');
  expect(all[0]).toMatch(/^perkim-lh-2026-[2-9A-HJ-NP-Z]{9}$/);
  expect(new Set(all).size).toBe(8);
  expect(numbers('c1')).toEqual(all);
  expect(numbers('c2')[0]).not.toBe(all[0]);
});

test('it is read as people type it', () => {
  const [number = ''] = numbers('c1');
  expect(readNumber(number)).toBe(number);
  expect(readNumber(` ${number.toLowerCase()} `)).toBe(number);
  expect(readNumber(number.toUpperCase())).toBe(number);
});

test('one wrong symbol is always noticed', () => {
  const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const place = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(fc.string(), place, fc.constantFrom(...alphabet), (command, back, symbol) => {
      const [number = ''] = numbers(command);
      const at = number.length - back;
      const typed = number.slice(0, at) + symbol + number.slice(at + 1);
      expect(readNumber(typed)).toBe(typed === number ? number : undefined);
    }),
  );
});

test.each([
  '',
  'x',
  '-2026-222222222',
  'dukcapil-26-ABCDEFGHJ',
  '../2026-ABCDEFGHJ',
  'a'.repeat(400),
])('%s is no number', (typed) => {
  expect(readNumber(typed)).toBeUndefined();
});
