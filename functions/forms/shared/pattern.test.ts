import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitting } from '../test/generate.ts';
import { matches, patternProblem } from './match.ts';
import { readPattern } from './pattern.ts';

describe('a pattern is refused', () => {
  it.each([
    // What makes a backtracking matcher hang, whoever is given the pattern.
    ['^(a+)+$', 'hostilePattern'],
    ['^(a*)*b$', 'hostilePattern'],
    ['^([a-z]+)*$', 'hostilePattern'],
    ['^(a|a)*$', 'hostilePattern'],
    ['^(a|ab|b)+$', 'hostilePattern'],
    ['^(?:x{1,9}){2,}$', 'hostilePattern'],
    ['^((a{1,50}){1,50}){1,50}$', 'hostilePattern'],
    ['^(((((((((a)))))))))$', 'hostilePattern'],
    ['^a{1,9999}$', 'hostilePattern'],
    ['^[a-z]*[a-z]*[a-z]*!$', 'hostilePattern'],
    ['^\\d{0,99}\\d{0,99}\\d{0,99}!$', 'hostilePattern'],
    // What is no regular language, or looks around.
    ['^(a)\\1$', 'hostilePattern'],
    ['^(?=a)a$', 'hostilePattern'],
    ['^(?<!b)a$', 'hostilePattern'],
    ['^(?<name>a)$', 'hostilePattern'],
    // What is not of the subset, or no expression at all.
    ['abc', 'badPattern'],
    ['^abc', 'badPattern'],
    ['abc$', 'badPattern'],
    ['^a$b$', 'badPattern'],
    ['^a|b$', 'badPattern'],
    ['^a**$', 'badPattern'],
    ['^a+?$', 'badPattern'],
    ['^*$', 'badPattern'],
    ['^[z-a]$', 'badPattern'],
    ['^[]$', 'badPattern'],
    ['^[a$', 'badPattern'],
    ['^(a$', 'badPattern'],
    ['^a)$', 'badPattern'],
    ['^a{2,1}$', 'badPattern'],
    ['^a{,3}$', 'badPattern'],
    ['^\\p{L}$', 'badPattern'],
    ['^\\', 'badPattern'],
    ['', 'badPattern'],
  ])('%s: %s', (pattern, problem) => {
    expect(patternProblem(pattern)).toBe(problem);
    expect(matches(pattern, 'a')).toBe(false);
  });
});

const good = [
  '^\\d{3}-[A-Z]{2,4}$',
  '^(RT|RW) ?\\d{1,3}/\\d{1,3}$',
  '^[a-z]+[0-9]*$',
  '^[^<>"]{1,10}$',
  '^(a|bc|)d?(e{2}f)?$',
  '^[\\w.+-]*@(x|y\\.z)$',
  '^.\\s\\$\\/$',
  '^(?:ab){1,3}$',
  '^[]-a]?$',
  '^$',
  '^[a\\]-]{0,2}$',
] as const;

describe('the matcher', () => {
  const usable = good.filter((pattern) => patternProblem(pattern) === undefined);

  it('knows all but one of them, which JavaScript reads otherwise', () => {
    expect(good.filter((pattern) => !usable.includes(pattern))).toEqual(['^[]-a]?$']);
  });

  it('says what a regular expression says, of texts at random', () => {
    const alphabet = [...'abcdefzABCRTW0129 -_/.@<>"$]xy\n'];
    const text = fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...usable), text, (pattern, one) => {
        expect(matches(pattern, one)).toBe(new RegExp(pattern, 'u').test(one));
      }),
      { numRuns: 2000 },
    );
  });

  it('says what a regular expression says, of texts that fit and their neighbours', () => {
    const texts = fc.constantFrom(...usable).chain((pattern) => {
      const read = readPattern(pattern);
      if ('problem' in read) throw new Error(pattern);
      return fc.tuple(fc.constant(pattern), fitting(read.node), fc.nat(20), fc.constantFrom('', 'a', '0'));
    });
    fc.assert(
      fc.property(texts, ([pattern, fit, at, put]) => {
        expect(matches(pattern, fit)).toBe(true);
        const near = fit.slice(0, at) + put + fit.slice(at + 1);
        expect(matches(pattern, near)).toBe(new RegExp(pattern, 'u').test(near));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes as long as text and pattern are long, also where a backtracking one gives up', () => {
    const pattern = '^a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?[a-z]*[a-z]*!$';
    expect(patternProblem(pattern)).toBeUndefined();
    const text = 'a'.repeat(4000);
    const started = performance.now();
    expect(matches(pattern, text)).toBe(false);
    expect(matches(pattern, `${text}!`)).toBe(true);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
