import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Local, startLocal } from '../local.ts';
import { createBench, httpApi, userPool } from '../testing.ts';

const bench = createBench();
let local: Local;

const echo = `return { statusCode: 200, headers: { 'Content-Type': 'application/json', 'X-Case': 'x' }, cookies: ['a=1', 'b=2'], body: JSON.stringify(event) };`;

beforeAll(async () => {
  local = await startLocal({
    stacks: [
      bench.stack({
        ...httpApi(
          {
            'POST /echo/{id}': { fn: 'Echo' },
            'GET /plain': { fn: 'Plain' },
            'GET /bytes': { fn: 'Bytes' },
            'GET /bad': { fn: 'Bad' },
            'GET /throws': { fn: 'Throws' },
            'GET /dies': { fn: 'Dies' },
            'GET /slow': { fn: 'Slow' },
            'GET /none': { fn: 'None' },
            'GET /rare': { fn: 'Plain' },
            'GET /mine': { fn: 'Echo', authorizer: 'CitizensAuthorizer' },
            'GET /desk': { fn: 'Echo', authorizer: 'StaffAuthorizer' },
          },
          { RouteSettings: { 'GET /rare': { ThrottlingRateLimit: 0.01, ThrottlingBurstLimit: 1 } } },
        ),
        ...userPool('Citizens'),
        ...userPool('Staff'),
        Echo: bench.fn('echo', echo),
        Plain: bench.fn(
          'plain',
          `return { time: Date.now(), zone: new Date(0).getTimezoneOffset(), env: process.env.HOME ?? null };`,
        ),
        Bytes: bench.fn(
          'bytes',
          `return { statusCode: 200, headers: { 'content-type': 'image/png' }, isBase64Encoded: true, body: Buffer.from([0, 255]).toString('base64') };`,
        ),
        Bad: bench.fn('bad', `return { statusCode: 'many' };`),
        Throws: bench.fn('throws', `throw new Error('no');`),
        Dies: bench.fn('dies', `process.exit(3);`),
        Slow: bench.fn(
          'slow',
          `if (globalThis.again) return { ok: context.getRemainingTimeInMillis() }; globalThis.again = true; await new Promise(() => setInterval(() => {}, 1000));`,
          { Timeout: 1 },
        ),
        None: bench.fn('none', `return {};`, { ReservedConcurrentExecutions: 0 }),
      }),
    ],
  });
});

afterAll(async () => {
  await local.stop();
  bench.remove();
});

const own = async (path: string, init: RequestInit = {}) => {
  const res = await fetch(`${local.url}${path}`, init);
  return { status: res.status, body: await res.text(), challenge: res.headers.get('www-authenticate') };
};

describe('a request reaches the function', () => {
  it('as an event of payload format 2.0', async () => {
    const res = await fetch(`${local.url}/echo/jalan%20rusak?a=1&b=x%20y&a=2`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'p=1; q=2', 'X-Thing': 'Yes' },
      body: '{"teks":"jalan berlubang é"}',
    });
    const event = (await res.json()) as Record<string, unknown>;
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /echo/{id}',
      rawPath: '/echo/jalan rusak',
      rawQueryString: 'a=1&b=x%20y&a=2',
      queryStringParameters: { a: '1,2', b: 'x y' },
      cookies: ['p=1', 'q=2'],
      pathParameters: { id: 'jalan rusak' },
      body: '{"teks":"jalan berlubang é"}',
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'POST', sourceIp: '127.0.0.1', protocol: 'HTTP/1.1' },
        stage: '$default',
      },
    });
    expect(event['headers']).toMatchObject({ 'x-thing': 'Yes', 'x-forwarded-for': '127.0.0.1' });
    expect(event['headers']).not.toHaveProperty('cookie');
    expect(res.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(res.headers.get('x-case')).toBe('x');
  });

  it('with bytes in base64', async () => {
    const res = await fetch(`${local.url}/echo/1`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: new Uint8Array([0, 255, 1]),
    });
    expect(await res.json()).toMatchObject({ body: 'AP8B', isBase64Encoded: true });
  });

  it('and what it returns without a status is the JSON of a 200; it sees its own environment alone', async () => {
    const { status, body } = await own('/plain');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ env: null });
  });

  it('and may answer bytes', async () => {
    const res = await fetch(`${local.url}/bytes`);
    expect([...new Uint8Array(await res.arrayBuffer())]).toEqual([0, 255]);
  });
});

describe('the gateway answers itself, with its own bytes', () => {
  it.each([
    ['/nothing', 404, '{"message":"Not Found"}'],
    ['/bad', 500, '{"message":"Internal Server Error"}'],
    ['/throws', 500, '{"message":"Internal Server Error"}'],
    ['/dies', 500, '{"message":"Internal Server Error"}'],
    ['/none', 503, '{"message":"Service Unavailable"}'],
    ['/mine', 401, '{"message":"Unauthorized"}'],
  ])('%s: %i', async (path, status, body) => {
    expect(await own(path)).toMatchObject({ status, body });
  });

  it('a function that runs too long is ended, and the next request finds a new one', async () => {
    expect(await own('/slow')).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
    expect((await own('/slow')).status).toBe(500);
  });

  it('a body over 10 MB is 413', async () => {
    const body = new Uint8Array(10 * 1024 * 1024 + 1);
    expect(await own('/echo/1', { method: 'POST', body })).toMatchObject({
      status: 413,
      body: '{"message":"Request Entity Too Large"}',
    });
  });

  it('more than the route allows is 429', async () => {
    expect((await own('/rare')).status).toBe(200);
    expect(await own('/rare')).toMatchObject({ status: 429, body: '{"message":"Too Many Requests"}' });
  });
});

describe('the authorizer', () => {
  const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });

  it('lets a citizen in and hands the claims on as text', async () => {
    const res = await fetch(`${local.url}/mine`, bearer(await local.token('warga-1')));
    const { requestContext } = (await res.json()) as {
      requestContext: { authorizer: { jwt: { claims: object } } };
    };
    expect(requestContext.authorizer.jwt.claims).toMatchObject({
      email: 'warga-1@warga.example',
      email_verified: 'true',
      token_use: 'id',
    });
  });

  it.each([
    [
      'a forged signature',
      async () => `${(await local.token('warga-1')).slice(0, -8)}AAAAAAAA`,
      'error="invalid_token"',
    ],
    ['no token at all', async () => 'x', 'the token is malformed'],
    ['an expired token', () => local.token('warga-2', -1), 'the token has expired'],
  ])('refuses %s', async (_what, token, why) => {
    const answer = await own('/mine', bearer(await token()));
    expect(answer).toMatchObject({ status: 401, body: '{"message":"Unauthorized"}' });
    expect(answer.challenge).toContain(why);
  });

  it('refuses a citizen where staff are asked for', async () => {
    const answer = await own('/desk', bearer(await local.token('warga-1')));
    expect(answer).toMatchObject({ status: 401, challenge: expect.stringContaining('invalid_token') });
  });

  it('follows the moved clock: a token of now is old in two hours', async () => {
    const token = await local.token('warga-3');
    expect((await own('/mine', bearer(token))).status).toBe(200);
    local.clock.move('+2h');
    expect((await own('/mine', bearer(token))).status).toBe(401);
    expect((await own('/mine', bearer(await local.token('warga-3')))).status).toBe(200);
    const there = JSON.parse((await own('/plain')).body) as { time: number };
    expect(there.time).toBeGreaterThan(Date.now() + 7_190_000);
    local.clock.move('reset');
  });
});
