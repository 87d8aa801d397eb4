import { beforeAll, describe, expect, test } from 'vitest';
import { errorText } from '../../functions/kernel/errors.ts';
import { runningCity } from './city.ts';
import { freshKey } from './client.ts';

const city = runningCity();
const good = { text: 'Jalan berlubang besar di depan pasar.', category: 'road-damage' };

let code: string;
let pin: string;
beforeAll(async () => {
  const { body } = await city().ask('POST', '/v1/complaints', { body: good });
  code = String(body['code']);
  pin = String(body['pin']);
});

const file = (body: unknown, headers: Record<string, string> = {}) =>
  city().ask('POST', '/v1/complaints', { body, headers });

const countTriage = async (): Promise<number> => {
  const { body } = await city().ask('GET', '/v1/desk/cases?queue=triage&size=100', { as: 'koordinator' });
  return (body['cases'] as unknown[]).length;
};

describe('a filing that cannot be taken is refused by name, and nothing is stored', () => {
  test.each<[string, unknown, number, string, string | undefined]>([
    ['no text', {}, 400, 'invalidInput', '/text'],
    ['a text too short', { text: 'jalan' }, 400, 'invalidInput', '/text'],
    ['a text too long', { text: 'x'.repeat(5001) }, 400, 'invalidInput', '/text'],
    ['a wrong type', { ...good, text: 7 }, 400, 'invalidInput', '/text'],
    ['an unknown field', { ...good, admin: true }, 400, 'invalidInput', '/admin'],
    ['an identity in the body', { ...good, actor: { role: 'coordinator' } }, 400, 'invalidInput', '/actor'],
    ['an unknown nested field', { ...good, place: { rt: '1', x: 1 } }, 400, 'invalidInput', '/place/x'],
    [
      'a latitude off the globe',
      { ...good, place: { point: { lat: 91, lon: 1 } } },
      400,
      'invalidInput',
      '/place/point/lat',
    ],
    ['a bad phone', { ...good, contact: { phone: '12' } }, 400, 'invalidInput', '/contact/phone'],
    ['a bad email', { ...good, contact: { email: 'x@' } }, 400, 'invalidInput', '/contact/email'],
    ['a control character', { ...good, text: 'jalan rusak \u0007 parah' }, 400, 'invalidInput', '/text'],
    ['an unknown category', { ...good, category: 'ufo' }, 422, 'unknownCategory', '/category'],
    [
      'an unknown kelurahan',
      { ...good, place: { area: '99.99.99.9999' } },
      422,
      'unknownArea',
      '/place/area',
    ],
    ['an unknown substitute', { ...good, about: 'nobody' }, 422, 'unknownUnit', '/about'],
    ['an array', [], 400, 'invalidInput', '/'],
    ['null', 'null', 400, 'invalidInput', '/'],
    ['broken JSON', '{"text":', 400, 'bodyNotJson', undefined],
    ['nothing', '', 400, 'bodyNotJson', undefined],
    ['over 256 KB', { ...good, text: 'x'.repeat(300_000) }, 413, 'bodyTooLarge', undefined],
  ])('%s', async (_, body, status, problem, field) => {
    const before = await countTriage();
    const answer = await file(body);
    expect([answer.status, answer.body['code']]).toEqual([status, problem]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    if (field !== undefined) {
      const errors = answer.body['errors'] as { field: string; problem: string }[];
      expect(errors.map((e) => e.field)).toContain(field);
      expect(errors.every((e) => e.problem.length > 0)).toBe(true);
    }
    expect(await countTriage()).toBe(before);
  });

  test('bytes that are not UTF-8', async () => {
    const res = await fetch(`${city().local.url}/v1/complaints`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': freshKey() },
      body: Buffer.from([0x7b, 0x22, 0x74, 0x65, 0x78, 0x74, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
    });
    expect([res.status, ((await res.json()) as { code: string }).code]).toEqual([400, 'bodyNotUtf8']);
  });

  test('another content type', async () => {
    expect((await file(good, { 'content-type': 'text/plain' })).body['code']).toBe('wrongContentType');
  });

  test.each(['', 'short', 'ä'.repeat(22), 'x'.repeat(101)])('the idempotency key "%s"', async (key) => {
    const headers = { 'idempotency-key': encodeURIComponent(key).slice(0, key === '' ? 0 : 101) };
    expect((await file(good, headers)).body['code']).toBe('idempotencyKeyMissing');
  });

  test('every wrong field is named at once', async () => {
    const { body } = await file({ text: 1, kind: 'x', place: { rt: 'abc' } });
    expect((body['errors'] as { field: string }[]).map((e) => e.field).sort()).toEqual([
      '/kind',
      '/place/rt',
      '/text',
    ]);
  });

  test('in Indonesian, or in English for those who ask', async () => {
    expect((await file({})).body['title']).toBe(errorText('invalidInput', 'id'));
    const english = await file({}, { 'accept-language': 'en-GB,en;q=0.9,id;q=0.5' });
    expect(english.body['title']).toBe(errorText('invalidInput', 'en'));
    expect(english.headers.get('content-language')).toBe('en');
  });
});

describe('a repeated filing', () => {
  test('gives the same code and PIN, also when many arrive at once', async () => {
    const key = freshKey();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => city().ask('POST', '/v1/complaints', { body: good, key })),
    );
    expect(new Set(answers.map((a) => `${a.status} ${a.body['code']} ${a.body['pin']}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
  });

  test('with another body is refused', async () => {
    const key = freshKey();
    await city().ask('POST', '/v1/complaints', { body: good, key });
    const other = await city().ask('POST', '/v1/complaints', {
      body: { ...good, text: 'Sesuatu yang lain sama sekali.' },
      key,
    });
    expect([other.status, other.body['code']]).toEqual([422, 'keyReused']);
  });

  test('by a person and by nobody are two filings', async () => {
    const key = freshKey();
    const mine = await city().ask('POST', '/v1/me/complaints', { body: good, key, as: 'warga-1' });
    const theirs = await city().ask('POST', '/v1/complaints', { body: good, key });
    expect(mine.body['code']).not.toBe(theirs.body['code']);
  });
});

describe('places', () => {
  test('a point outside of the city is kept as outside and waits in triage', async () => {
    const { status, body } = await file({ ...good, place: { point: { lat: -0.95, lon: 100.35 } } });
    expect(status).toBe(201);
    expect(body['area']).toEqual({ code: null, name: null, how: 'outside' });
    expect(body['state']).toBe('received');
  });

  test('a point inside is guessed by the nearest centre and says so', async () => {
    const { body } = await file({ ...good, place: { point: { lat: -0.46161, lon: 100.41813 } } });
    expect(body['area']).toMatchObject({ code: '13.74.01.1001', how: 'nearest' });
  });
});

describe('following a report', () => {
  const open = (typed: string, given: string) =>
    city().ask('POST', `/v1/track/${typed}/open`, { body: { pin: given } });

  test('works with the code as people type it', async () => {
    const typed = `${code.slice(0, 3)}-${code.slice(3, 6)} ${code.slice(6)}`.toLowerCase();
    expect((await city().ask('GET', `/v1/track/${encodeURIComponent(typed)}`)).body['code']).toBe(code);
  });

  test('tells a mistyped code from one that does not exist', async () => {
    const wrong = code.slice(0, -1) + (code.endsWith('2') ? '3' : '2');
    expect((await city().ask('GET', `/v1/track/${wrong}`)).body['code']).toBe('wrongCode');
    expect((await city().ask('GET', '/v1/track/22222222Y')).status).toBeGreaterThanOrEqual(400);
  });

  test('opens with the PIN, and the token opens that report alone', async () => {
    const opened = await open(code, pin.toLowerCase());
    expect(opened.status).toBe(200);
    const authorization = `Bearer ${opened.body['token']}`;
    const own = await city().ask('GET', `/v1/track/${code}/private`, { headers: { authorization } });
    expect(own.body['text']).toBe(good.text);
    const other = await file(good);
    const foreign = await city().ask('GET', `/v1/track/${other.body['code']}/private`, {
      headers: { authorization },
    });
    expect([foreign.status, foreign.body['code']]).toEqual([401, 'caseTokenInvalid']);
  });

  test.each([
    '',
    'Bearer x',
    'Bearer a.b.c',
    'Basic x',
  ])('the case token "%s" opens nothing', async (authorization) => {
    const { status, body } = await city().ask('GET', `/v1/track/${code}/private`, {
      headers: { authorization },
    });
    expect([status, body['code']]).toEqual([401, 'caseTokenInvalid']);
  });

  test('a case token ends after half an hour', async () => {
    const opened = await open(code, pin);
    const headers = { authorization: `Bearer ${opened.body['token']}` };
    city().local.clock.move('+31m');
    const late = await city().ask('GET', `/v1/track/${code}/private`, { headers });
    city().local.clock.move('reset');
    expect(late.body['code']).toBe('caseTokenInvalid');
  });

  test('wrong PINs are slowed for that address and code; the reporter elsewhere is never locked out', async () => {
    const filed = await file(good);
    const target = String(filed.body['code']);
    const tries: number[] = [];
    for (let i = 0; i < 12; i += 1) tries.push((await open(target, '22222222')).status);
    expect(tries.filter((s) => s === 403).length).toBe(10);
    expect(tries.slice(-2)).toEqual([429, 429]);
    const limited = await open(target, '22222222');
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    // Another code from the same address still opens.
    expect((await open(code, pin)).status).toBe(200);
  });
});
