import { createServer, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bsreCredentials, bsreSigner } from './bsre.ts';

interface Seen {
  readonly path: string;
  readonly authorization: string;
  readonly body: FormData;
}
let seen: Seen[] = [];
let answer: { readonly status: number; readonly body: string; readonly location?: string };
let url = '';

const whole = async (req: IncomingMessage): Promise<Buffer<ArrayBuffer>> => {
  const parts: Buffer[] = [];
  for await (const part of req as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
};

/** Stands for the city's own service, which this machine has none of. */
const service = createServer((req, res) => {
  void (async () => {
    const headers = { 'content-type': req.headers['content-type'] ?? '' };
    const body = await new Response(await whole(req), { headers }).formData();
    seen.push({ path: `${req.method} ${req.url}`, authorization: req.headers.authorization ?? '', body });
    const { status, body: said, location } = answer;
    res.writeHead(status, location === undefined ? {} : { location }).end(said);
  })();
});
beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const at = service.address();
  url = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`;
});
afterAll(() => new Promise((resolve) => service.close(resolve)));
beforeEach(() => {
  seen = [];
  answer = { status: 200, body: '%PDF-1.7 signed' };
});

const official = { nik: '1374010101800001', passphrase: 'rahasia sekali' };
const sign = (at = url) =>
  bsreSigner({
    url: at,
    credentials: async () => ({ username: 'kota', password: 'sandi' }),
  }).sign(Buffer.from('%PDF-1.7 unsigned'), official);

describe('BSrE', () => {
  test('is asked as published clients of it ask, and answers the signed file', async () => {
    expect(Buffer.from(await sign()).toString()).toBe('%PDF-1.7 signed');
    const [{ path = '', authorization = '', body } = { body: new FormData() }] = seen;
    expect(path).toBe('POST /api/sign/pdf');
    expect(authorization).toBe(`Basic ${Buffer.from('kota:sandi').toString('base64')}`);
    expect([...body.keys()].sort()).toEqual(['file', 'nik', 'passphrase', 'tampilan']);
    expect(body.get('nik')).toBe(official.nik);
    expect(body.get('passphrase')).toBe(official.passphrase);
    expect(body.get('tampilan')).toBe('invisible');
    const file = body.get('file');
    expect(typeof file === 'string' ? file : await file?.text()).toBe('%PDF-1.7 unsigned');
  });

  test.each([
    ['a wrong passphrase', { status: 400, body: '{"error":"Passphrase anda salah"}' }, 'signerRefused'],
    ['a wrong account', { status: 401, body: '' }, 'signerRefused'],
    ['a fault of the service', { status: 500, body: 'x' }, 'signerDown'],
    ['an answer that is no PDF', { status: 200, body: '{"error":"x"}' }, 'signerRefused'],
    ['a way to somewhere else', { status: 307, body: '', location: 'https://evil.example/' }, 'signerDown'],
  ])('%s is told without a word of what was said', async (_, said, code) => {
    answer = said;
    const refused = await sign().catch((e: unknown) => e);
    expect(refused).toMatchObject({ code });
    expect(`${String(refused)} ${JSON.stringify(refused)}`).not.toMatch(/rahasia|1374010101800001|salah/);
    expect(seen).toHaveLength(1);
  });

  test('that does not answer is down', async () => {
    await expect(sign('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'signerDown' });
  });
});

test('the account is read from its secret, once, and again after a failure', async () => {
  const said = ['broken', JSON.stringify({ username: 'kota', password: 'sandi' })];
  let asked = 0;
  const client = {
    send: async () => {
      asked += 1;
      return { SecretString: said[asked - 1] };
    },
  };
  const credentials = bsreCredentials(client as never, 'arn');
  await expect(credentials()).rejects.toThrow();
  expect(await credentials()).toEqual({ username: 'kota', password: 'sandi' });
  expect(await credentials()).toEqual({ username: 'kota', password: 'sandi' });
  expect(asked).toBe(2);
});
