import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { anyone, contract } from './contract.ts';
import { errorText, problem, statusOf } from './errors.ts';
import { api } from './http.ts';
import type { Log, LogFields } from './log.ts';
import { allProblems, errorCodes } from './problems.ts';
import { languageOf } from './request.ts';
import { bytes } from './schema.ts';

const told: { event: string; fields: LogFields | undefined }[] = [];
const log: Log = {
  info: (event, fields) => told.push({ event, fields }),
  warn: (event, fields) => told.push({ event, fields }),
  error: (event, _error, fields) => told.push({ event, fields }),
};

const operation = {
  method: 'POST',
  who: anyone,
  summary: { id: 'x', en: 'x' },
  body: z.strictObject({ name: z.string() }),
  status: 200,
  response: z.object({ hello: z.string() }),
  errors: [],
} as const;
const things = contract({
  feature: 'things',
  operations: {
    greet: { ...operation, path: '/v1/greet' },
    lie: { ...operation, path: '/v1/lie' },
    fall: { ...operation, path: '/v1/fall' },
    wait: { ...operation, path: '/v1/wait' },
    print: { ...operation, path: '/v1/print', response: bytes, produces: 'application/pdf' },
    tell: { ...operation, path: '/v1/tell', response: z.string(), produces: 'text/plain' },
    show: { ...operation, path: '/v1/show', maxAge: 30 },
  },
});

const handler = api(
  things,
  {
    greet: async ({ input }) => ({
      body: { hello: input.body.name, password: 'x' } as { hello: string },
      etag: 7,
    }),
    lie: async () => ({ body: { hello: 7 } as unknown as { hello: string } }),
    fall: async () => {
      throw new Error('Siti 0812 fell');
    },
    wait: async () => {
      throw problem('busy', { retryAfter: 3 });
    },
    print: async () => ({ body: Uint8Array.of(0x25, 0x50, 0xff, 0), filename: 'x.pdf' }),
    tell: async () => ({ body: 'Selamat pagi' }),
    show: async ({ input }) => ({ body: { hello: input.body.name } }),
  },
  { log, actors: { public: async () => ({}) } },
);

const call = async (name: string, body: unknown = { name: 'Upik' }, headers: Record<string, string> = {}) => {
  told.length = 0;
  const event = {
    routeKey: `POST /v1/${name}`,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { requestId: 'r1', http: { sourceIp: '203.0.113.1' } },
  } as unknown as APIGatewayProxyEventV2;
  const result = (await handler(event, {
    awsRequestId: 'a1',
  } as Context)) as APIGatewayProxyStructuredResultV2;
  const isJson = String(result.headers?.['content-type'] ?? '').includes('json');
  return { ...result, json: JSON.parse(isJson ? (result.body ?? '{}') : '{}') as Record<string, unknown> };
};

describe('the HTTP layer', () => {
  test('an undeclared field never leaves', async () => {
    const { statusCode, json, headers } = await call('greet');
    expect([statusCode, json, headers?.['etag']]).toEqual([200, { hello: 'Upik' }, '"7"']);
  });

  test('an answer that does not fit its contract is our own failure, not the caller’s', async () => {
    const { statusCode, json } = await call('lie');
    expect([statusCode, json['code']]).toEqual([500, 'internal']);
    expect(told[0]).toMatchObject({ event: 'failed', fields: { code: 'internal' } });
  });

  test('a failure tells the caller nothing of its message', async () => {
    const { statusCode, body } = await call('fall');
    expect(statusCode).toBe(500);
    expect(body).not.toContain('Siti');
  });

  test('a refusal is logged by its code alone, without address or body', async () => {
    await call('greet', { name: 7, phone: '0812' });
    expect(JSON.stringify(told)).not.toMatch(/0812|203\.0\.113/);
    expect(told[0]?.fields).toMatchObject({ route: 'POST /v1/greet', code: 'invalidInput', requestId: 'r1' });
  });

  test('what may be tried again says when', async () => {
    const { statusCode, headers } = await call('wait');
    expect([statusCode, headers?.['retry-after']]).toEqual([503, '3']);
  });

  test('a file goes out as its bytes, with its name and type', async () => {
    const { body, isBase64Encoded, headers } = await call('print');
    expect([isBase64Encoded, [...Buffer.from(body ?? '', 'base64')]]).toEqual([true, [0x25, 0x50, 0xff, 0]]);
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="x.pdf"',
      'cache-control': 'no-store',
    });
    expect((await call('tell')).headers?.['content-type']).toBe('text/plain; charset=utf-8');
    expect((await call('tell')).body).toBe('Selamat pagi');
  });

  test('what everybody may keep has a tag, and is not sent again to whoever has it', async () => {
    const first = await call('show');
    expect(first.headers).toMatchObject({ 'cache-control': 'public, max-age=30', vary: 'accept-language' });
    const tag = String(first.headers?.['etag']);
    const again = await call('show', undefined, { 'if-none-match': `"x", W/${tag}` });
    expect([again.statusCode, again.body, again.headers?.['etag']]).toEqual([304, undefined, tag]);
    const other = await call('show', { name: 'Buyung' }, { 'if-none-match': tag });
    expect([other.statusCode, other.json]).toEqual([200, { hello: 'Buyung' }]);
    const refused = await call('show', {}, { 'if-none-match': tag });
    expect([refused.statusCode, refused.headers?.['cache-control']]).toEqual([400, 'no-store']);
  });

  test.each([
    [undefined, 'id'],
    ['en', 'en'],
    ['en-US,en;q=0.9', 'en'],
    ['id-ID,id;q=0.9,en;q=0.8', 'id'],
    ['en;q=0.5,id;q=0.6', 'id'],
    ['fr,de', 'id'],
    ['*', 'id'],
    ['en;q=x', 'en'],
  ] as const)('Accept-Language %s answers in %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

describe('the error table', () => {
  test.each(
    errorCodes.map((code) => [code]),
  )('%s has a fitting status and words in both languages', (code) => {
    expect(statusOf(code, allProblems)).toBeGreaterThanOrEqual(400);
    expect(errorText(code, 'id', allProblems)).toMatch(/^[A-Z].*\.$/);
    expect(errorText(code, 'en', allProblems)).toMatch(/^[A-Z].*\.$/);
    expect(errorText(code, 'id', allProblems)).not.toBe(errorText(code, 'en', allProblems));
  });
});
