import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AnnouncementWorld, announcementWorld, article, publicUrl } from '../../test/announcements.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import { key } from '../../test/staff.ts';
import { announcements } from '../announcements/contract.ts';
import { capXml } from '../announcing/cap/test/messages.ts';
import { api } from '../kernel/http.ts';
import { newsroom } from './contract.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

let engine: FigureTables;
let world: AnnouncementWorld;
beforeAll(async () => {
  engine = await figureTables();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  world = announcementWorld((await engine.fresh()).table);
});

interface Asked {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** As the gateway hands a request over, and what it gets back. */
const ask = async (routeKey: string, { params, query, headers = {}, body }: Asked = {}) => {
  const event = {
    ...{ routeKey, headers, isBase64Encoded: false, pathParameters: params, queryStringParameters: query },
    ...(body === undefined ? {} : { body }),
    requestContext: { requestId: 'r1', http: { sourceIp: '203.0.113.7' } },
  } as unknown as APIGatewayProxyEventV2;
  const actor = world.people.coordinator;
  const handler = routeKey.includes('/desk/')
    ? api(newsroom, world.desk, { log, actors: { staff: async () => actor } })
    : api(announcements, world.reader, {
        log,
        actors: { public: async () => ({ kind: 'anonymous' as const, id: 'anonymous' as const }) },
      });
  const result = await handler(event, {} as Context);
  const { statusCode, headers: answered, body: text = '' } = result as APIGatewayProxyStructuredResultV2;
  return { status: statusCode, headers: answered, text };
};

const json = { 'content-type': 'application/json' };
const command = (name: string, seq?: number) => ({
  ...json,
  'idempotency-key': key(name),
  ...(seq === undefined ? {} : { 'if-match': `"${seq}"` }),
});

const published = async (content = {}): Promise<string> => {
  const created = await ask('POST /v1/desk/announcements', {
    headers: command('create'),
    body: JSON.stringify({ content: { ...article(), publishAt: '2026-11-23T10:00:30+07:00', ...content } }),
  });
  const { id, seq } = JSON.parse(created.text) as { id: string; seq: number };
  expect([created.status, created.headers?.['location']]).toEqual([201, `/v1/desk/announcements/${id}`]);
  const done = await ask('POST /v1/desk/announcements/{id}/actions/{action}', {
    ...{ params: { id, action: 'publish' }, headers: command('publish', seq), body: '{}' },
  });
  expect([done.status, done.headers?.['etag']]).toEqual([200, '"2"']);
  return id;
};

describe('over HTTP', () => {
  test('the desk writes, publishes and shows; everybody reads, for a minute, and not again', async () => {
    const id = await published();
    const desk = await ask('GET /v1/desk/announcements/{id}', { params: { id } });
    expect(JSON.parse(desk.text)).toMatchObject({
      state: 'published',
      live: { content: { publishAt: '2026-11-23T03:00:00Z' } },
      can: ['edit', 'withdraw'],
    });
    const one = await ask('GET /v1/public/announcements/{id}', { params: { id } });
    expect(one.headers).toMatchObject({ 'cache-control': 'public, max-age=60', vary: 'accept-language' });
    expect(JSON.parse(one.text)).toMatchObject({
      html: '<p>Air <strong>mati</strong> karena perbaikan pipa.</p>',
    });
    const again = await ask('GET /v1/public/announcements/{id}', {
      params: { id },
      headers: { 'if-none-match': String(one.headers?.['etag']) },
    });
    expect(again.status).toBe(304);
  });

  test('feeds have their media types; a short link redirects and is kept by nobody', async () => {
    const id = await published();
    const feed = await ask('GET /v1/public/feeds/announcements');
    expect(feed.headers?.['content-type']).toBe('application/atom+xml; charset=utf-8');
    expect(feed.text).toMatch(/^<\?xml/);
    const agenda = await ask('GET /v1/public/feeds/agenda');
    expect(agenda.headers?.['content-type']).toBe('text/calendar; charset=utf-8');
    expect(agenda.text).toMatch(/^BEGIN:VCALENDAR\r\n/);
    const short = await ask('GET /v1/p/{short}', { params: { short: id } });
    expect(short).toMatchObject({
      status: 302,
      headers: { location: `${publicUrl}/pengumuman/${id}`, 'cache-control': 'no-store' },
      text: '',
    });
  });

  test('a wrong field is named, and a missing version asked for', async () => {
    const wrong = { ...article(), title: { id: 'Dua\nbaris' }, areas: ['99.01.09'], body: { id: '<b>' } };
    const send = (content: object) =>
      ask('POST /v1/desk/announcements', { headers: command('wrong'), body: JSON.stringify({ content }) });
    expect(JSON.parse((await send(wrong)).text)).toMatchObject({
      code: 'invalidInput',
      errors: [{ field: '/content/title/id', problem: 'Tulis dalam satu baris.' }],
    });
    const read = await send({ ...wrong, title: { id: 'Satu baris' } });
    expect([read.status, JSON.parse(read.text)]).toMatchObject([
      422,
      { code: 'unknownArea', errors: [{ field: '/content/areas/0' }, { field: '/content/body/id' }] },
    ]);
    const id = await published();
    const blind = await ask('PUT /v1/desk/announcements/{id}', {
      ...{ params: { id }, headers: command('blind'), body: JSON.stringify({ content: article() }) },
    });
    expect([blind.status, JSON.parse(blind.text)]).toMatchObject([428, { code: 'ifMatchMissing' }]);
  });

  test('a warning is handed in as XML and nothing else', async () => {
    const send = (body: string, type = 'application/cap+xml') =>
      ask('POST /v1/desk/alerts', { headers: { 'content-type': type }, body });
    expect(JSON.parse((await send(capXml(), 'text/xml; charset=utf-8')).text)).toMatchObject({
      became: 'published',
      again: false,
    });
    expect(JSON.parse((await send(capXml())).text)).toMatchObject({ became: 'published', again: true });
    expect((await send('{}', 'application/json')).status).toBe(415);
    expect((await send('<alert')).status).toBe(400);
    const wrong = await send(capXml({ status: 'Serious' }));
    expect([wrong.status, JSON.parse(wrong.text)]).toMatchObject([
      422,
      { code: 'alertInvalid', errors: [{ field: '/alert/status', problem: 'Isi elemen ini tidak sesuai.' }] },
    ]);
  });
});
