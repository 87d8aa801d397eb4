import { describe, expect, it } from 'vitest';
import { matches, unknownIn } from './pattern.ts';

const record = {
  eventName: 'MODIFY',
  dynamodb: { Keys: { pk: { S: 'C#1' }, sk: { S: 'CASE' } }, NewImage: { n: { N: '9' } } },
};

describe('filter patterns', () => {
  it.each([
    ['exact', { eventName: ['INSERT', 'MODIFY'], dynamodb: { Keys: { sk: { S: ['CASE'] } } } }, true],
    ['another value', { dynamodb: { Keys: { sk: { S: ['TEXT'] } } } }, false],
    ['another event', { eventName: ['REMOVE'] }, false],
    ['prefix', { dynamodb: { Keys: { pk: { S: [{ prefix: 'C#' }] } } } }, true],
    ['suffix', { dynamodb: { Keys: { pk: { S: [{ suffix: '#2' }] } } } }, false],
    ['absence', { dynamodb: { OldImage: { n: { N: [{ exists: false }] } } } }, true],
    ['presence', { dynamodb: { OldImage: { n: { N: [{ exists: true }] } } } }, false],
    ['anything but', { eventName: [{ 'anything-but': ['REMOVE'] }] }, true],
    ['anything but a prefix', { eventName: [{ 'anything-but': { prefix: 'MOD' } }] }, false],
    ['either', { $or: [{ eventName: ['REMOVE'] }, { dynamodb: { Keys: { sk: { S: ['CASE'] } } } }] }, true],
    ['wildcard', { dynamodb: { Keys: { pk: { S: [{ wildcard: 'C*1' }] } } } }, true],
  ])('%s', (_name, pattern, expected) => {
    expect(matches(pattern, record)).toBe(expected);
  });

  it('compares numbers as numbers and lists by any element', () => {
    const attributes = { inline: 9, units: ['pu', 'dlh'] };
    expect(matches({ inline: [{ numeric: ['>', 8] }] }, attributes)).toBe(true);
    expect(matches({ inline: [{ numeric: ['>', 0, '<=', 8] }] }, attributes)).toBe(false);
    expect(matches({ units: ['dlh'] }, attributes)).toBe(true);
    expect(matches({ units: ['dinkes'] }, attributes)).toBe(false);
  });

  it('names an operator that it does not know', () => {
    expect(unknownIn({ a: { b: [{ cidr: '10.0.0.0/8' }] } })).toBe('operator cidr of b');
    expect(unknownIn({ a: 'text' })).toBe('a must be a list');
    expect(unknownIn({ a: [{ exists: true }, 'x', null] })).toBeUndefined();
  });
});
