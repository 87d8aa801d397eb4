import { createDecipheriv, createECDH, createHmac, createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { testKeys } from '../../test/identities.ts';
import { keysFrom } from '../kernel/keys.ts';
import type { Fetch } from './channels/http.ts';
import { isPushEndpoint, pushChannel } from './channels/push.ts';
import { encryptFor, isBrowserKey, vapidHeader, vapidOf } from './channels/push-crypto.ts';
import type { Notice } from './notice.ts';

const keyOf = (privateKey: string) => {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(Buffer.from(privateKey, 'base64url'));
  return ecdh;
};

test('encrypts the example of RFC 8291, appendix A, to the byte', () => {
  const out = encryptFor(
    {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
    'When I grow up, I want to be a watermelon',
    keyOf('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
    Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'),
  );
  expect(out.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

test('the key pair comes from the stage’s secret, is the same each time and changes with the root key', () => {
  const rotated = keysFrom('{"current":"k2","k1":"test","k2":"other"}');
  const [first, again, next] = [vapidOf(testKeys), vapidOf(rotated, 'k1'), vapidOf(rotated)];
  expect(again).toEqual(first);
  expect(next?.publicKey).not.toBe(first?.publicKey);
  expect(isBrowserKey(first?.publicKey ?? '')).toBe(true);
  expect(vapidOf(testKeys, 'k9')).toBeUndefined();
});

test('the signature of RFC 8292 proves itself by the key that the browser was given', () => {
  const vapid = vapidOf(testKeys);
  if (vapid === undefined) throw new Error('no key');
  const header = vapidHeader(vapid, 'https://fcm.googleapis.com', 'https://lapau.example.go.id', 1000);
  const [, token = '', key = ''] = /^vapid t=(\S+), k=(\S+)$/.exec(header) ?? [];
  const [head = '', body = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const signed = Buffer.from(signature, 'base64url');
  const valid = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  expect(verify('sha256', Buffer.from(`${head}.${body}`), valid, signed)).toBe(true);
  expect(JSON.parse(Buffer.from(body, 'base64url').toString())).toEqual({
    aud: 'https://fcm.googleapis.com',
    exp: 1000,
    sub: 'https://lapau.example.go.id',
  });
});

test.each([
  ['https://fcm.googleapis.com/fcm/send/abc', true],
  ['https://updates.push.services.mozilla.com/wpush/v2/abc', true],
  ['https://web.push.apple.com/abc', true],
  ['https://db5p.notify.windows.com/w/?token=abc', true],
  ['http://fcm.googleapis.com/fcm/send/abc', false],
  ['https://fcm.googleapis.com:8443/x', false],
  ['https://user@fcm.googleapis.com/x', false],
  ['https://fcm.googleapis.com.evil.example/x', false],
  ['https://evil.example/fcm.googleapis.com', false],
  ['https://a.b.notify.windows.com/x', false],
  ['https://169.254.169.254/latest/meta-data', false],
  ['https://localhost/x', false],
  ['fcm.googleapis.com', false],
])('%s is a push service: %s', (endpoint, is) => {
  expect(isPushEndpoint(endpoint)).toBe(is);
});

test.each([
  ['', false],
  ['BCVxsr7N', false],
  ['A'.repeat(87), false],
  [Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]).toString('base64url'), false],
])('a key that is no point of the curve is refused: %s', (key, is) => {
  expect(isBrowserKey(key)).toBe(is);
});

const browser = createECDH('prime256v1');
browser.generateKeys();
const auth = Buffer.alloc(16, 7);
const notice: Notice = {
  template: 'reporter',
  parameters: [],
  subject: 'Uji: kabar',
  text: 'panjang',
  short: 'pendek',
  link: 'https://lapau.example.go.id/lacak/ABCDEFGHJ',
};

/** What the browser does with it. */
const read = (message: Buffer): unknown => {
  const hmac = (key: Buffer, ...parts: Buffer[]) =>
    createHmac('sha256', key).update(Buffer.concat(parts)).digest();
  const [salt, sender] = [message.subarray(0, 16), message.subarray(21, 86)];
  const one = Buffer.from([1]);
  const shared = hmac(auth, browser.computeSecret(sender));
  const prk = hmac(salt, hmac(shared, Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender, one));
  const part = (name: string, length: number) =>
    hmac(prk, Buffer.from(`Content-Encoding: ${name}\0`), one).subarray(0, length);
  const open = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12));
  open.setAuthTag(message.subarray(-16));
  const text = Buffer.concat([open.update(message.subarray(86, -16)), open.final()]);
  return JSON.parse(text.subarray(0, -1).toString());
};

const sentTo = async (status: number, more: { key?: string; endpoint?: string; via?: string } = {}) => {
  const asked: { url: string; init: RequestInit }[] = [];
  const fetching: Fetch = async (url, init) => {
    asked.push({ url, init });
    if (status === 0) throw Object.assign(new Error('x'), { name: 'TimeoutError' });
    return new Response(null, { status });
  };
  const channel = pushChannel({
    fetching,
    keys: async () => testKeys,
    subject: 'https://lapau.example.go.id',
    seconds: () => 1000,
    via: more.via,
  });
  const to = JSON.stringify({
    endpoint: more.endpoint ?? 'https://fcm.googleapis.com/fcm/send/abc',
    p256dh: browser.getPublicKey('base64url'),
    auth: auth.toString('base64url'),
    key: more.key ?? 'k1',
  });
  return { asked, sent: await channel.send(to, notice, 'ABCDEFGHJ.reporter.push@a.4.b0ok') };
};

test('only the browser reads it: title, short text and link, replaced by the next of the same report', async () => {
  const { asked, sent } = await sentTo(201);
  expect(sent).toEqual({ state: 'sent', arrived: true });
  expect(asked[0]?.init.headers).toMatchObject({ topic: 'b0ok', 'content-encoding': 'aes128gcm' });
  expect(read(Buffer.from(asked[0]?.init.body as Uint8Array))).toEqual({
    title: 'Uji: kabar',
    body: 'pendek',
    url: 'https://lapau.example.go.id/lacak/ABCDEFGHJ',
  });
});

test.each([
  [404, { state: 'failed', reason: 'unsubscribed', gone: true }],
  [410, { state: 'failed', reason: 'unsubscribed', gone: true }],
  [413, { state: 'failed', reason: 'refused413' }],
  [429, { state: 'waiting', reason: 'status429', uncertain: false }],
  [502, { state: 'waiting', reason: 'status502', uncertain: true }],
  [503, { state: 'waiting', reason: 'status503', uncertain: false }],
  [0, { state: 'waiting', reason: 'timeout', uncertain: true }],
])('the service answers %s', async (status, expected) => {
  expect((await sentTo(status)).sent).toEqual(expected);
});

test('a rotated-out key and an address that is no push service are never called', async () => {
  for (const more of [{ key: 'k9' }, { endpoint: 'https://169.254.169.254/' }]) {
    const { asked, sent } = await sentTo(201, more);
    expect([asked, sent]).toEqual([[], { state: 'failed', reason: 'unsubscribed', gone: true }]);
  }
  const { asked } = await sentTo(201, { via: 'https://proxy.example.go.id/push' });
  expect(asked[0]?.url).toBe('https://proxy.example.go.id/push');
});
