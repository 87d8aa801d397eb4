import { describe, expect, it } from 'vitest';
import { createMatcher } from './match.ts';

const keys = [
  'GET /v1/track/{code}',
  'POST /v1/track/{code}/open',
  'GET /v1/track/help',
  'GET /v1/desk/cases/{code}',
  'POST /v1/desk/cases/{code}/actions/{action}',
  'ANY /files/{path+}',
];
const match = createMatcher(new Map(keys.map((k) => [k, k])));

describe('routes', () => {
  it.each([
    ['GET', '/v1/track/AB12', 'GET /v1/track/{code}', { code: 'AB12' }],
    ['GET', '/v1/track/help', 'GET /v1/track/help', {}],
    [
      'POST',
      '/v1/desk/cases/X/actions/assign',
      'POST /v1/desk/cases/{code}/actions/{action}',
      { code: 'X', action: 'assign' },
    ],
    ['PUT', '/files/a/b/c', 'ANY /files/{path+}', { path: 'a/b/c' }],
  ])('%s %s is %s', (method, path, key, params) => {
    expect(match(method, path)).toEqual({ target: key, params });
  });

  it.each([
    ['POST', '/v1/track/AB12'],
    ['GET', '/v1/track/'],
    ['GET', '/v1/track'],
    ['GET', '/v1/track/AB12/'],
    ['GET', '/V1/track/AB12'],
    ['GET', '/files/'],
    ['GET', '/'],
  ])('%s %s is none', (method, path) => {
    expect(match(method, path)).toBeUndefined();
  });

  it('falls to $default where there is one', () => {
    expect(createMatcher(new Map([['$default', 1]]))('GET', '/x')).toEqual({ target: 1, params: {} });
  });
});
