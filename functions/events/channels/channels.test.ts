import { expect, test } from 'vitest';
import type { Notice } from '../notice.ts';
import { configuredChannels } from './configured.ts';
import { emailChannel } from './email.ts';
import type { Fetch } from './http.ts';
import { telegramChannel } from './telegram.ts';
import { whatsappChannel } from './whatsapp.ts';

const notice: Notice = {
  template: 'case',
  parameters: [
    'Laporan diteruskan.',
    'Dinas PUPR',
    '25-11-2026 16.00 WIB',
    'https://lapau.example.go.id/desk/cases/A',
  ],
  subject: 'Uji: laporan A',
  text: 'Laporan diteruskan.',
};

interface Asked {
  readonly url: string;
  readonly init: RequestInit;
}
const answering = (status: number, body: unknown = {}) => {
  const asked: Asked[] = [];
  const fetching: Fetch = async (url, init) => {
    asked.push({ url, init });
    return new Response(JSON.stringify(body), { status });
  };
  return { asked, fetching, sent: () => JSON.parse(String(asked[0]?.init.body)) as Record<string, unknown> };
};
const failing =
  (name: string): Fetch =>
  async () => {
    throw Object.assign(new Error(name), { name });
  };

test('Telegram: sendMessage with the token in its place', async () => {
  const { asked, fetching, sent } = answering(200, { ok: true, result: { message_id: 7 } });
  const url = 'https://api.telegram.org/bot{token}/sendMessage';
  const channel = telegramChannel(fetching, url, async () => '12:ab');
  expect(await channel.send('-100200', notice)).toEqual({ state: 'sent', messageId: '7', arrived: true });
  expect(asked[0]?.url).toBe('https://api.telegram.org/bot12%3Aab/sendMessage');
  expect(sent()).toMatchObject({ chat_id: '-100200', text: notice.text });
});

test('WhatsApp: an approved template with its parameters, digits only, bearer token', async () => {
  const { asked, fetching, sent } = answering(200, { messages: [{ id: 'wamid.1' }] });
  const channel = whatsappChannel(
    fetching,
    'https://graph.facebook.com/v23.0/1/messages',
    async () => 'secret',
  );
  expect(await channel.send('+62 812-3456', notice)).toEqual({ state: 'sent', messageId: 'wamid.1' });
  expect(asked[0]?.init.headers).toMatchObject({ authorization: 'Bearer secret' });
  expect(sent()).toMatchObject({
    messaging_product: 'whatsapp',
    to: '628123456',
    type: 'template',
    template: {
      name: 'lapau_kabar_laporan',
      language: { code: 'id' },
      components: [{ type: 'body', parameters: notice.parameters.map((text) => ({ type: 'text', text })) }],
    },
  });
});

test.each([
  [400, { state: 'failed', reason: 'refused400' }],
  [403, { state: 'failed', reason: 'refused403', gone: true }],
  [401, { state: 'waiting', reason: 'status401', uncertain: false }],
  [429, { state: 'waiting', reason: 'status429', uncertain: false }],
  [502, { state: 'waiting', reason: 'status502', uncertain: true }],
  [503, { state: 'waiting', reason: 'status503', uncertain: false }],
])('HTTP %s ends as it should', async (status, expected) => {
  // What a provider says about somebody stays out of our receipts.
  const { fetching } = answering(status, { description: 'chat Pak Marker not found' });
  const channel = telegramChannel(fetching, 'https://t.example/', async () => '');
  expect(await channel.send('1', notice)).toEqual(expected);
});

test('a timeout and a broken connection leave it uncertain', async () => {
  const send = (fetching: Fetch) =>
    telegramChannel(fetching, 'https://t.example/', async () => '').send('1', notice);
  expect(await send(failing('TimeoutError'))).toEqual({
    state: 'waiting',
    reason: 'timeout',
    uncertain: true,
  });
  expect(await send(failing('TypeError'))).toEqual({
    state: 'waiting',
    reason: 'noConnection',
    uncertain: true,
  });
});

test('a connection that never came about took nothing', async () => {
  const refused: Fetch = async () => {
    throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
  };
  expect(await telegramChannel(refused, 'https://t.example/', async () => '').send('1', notice)).toEqual({
    ...{ state: 'waiting', reason: 'noConnection', uncertain: false },
  });
});

test('an answer without an id is sent all the same', async () => {
  const { fetching } = answering(200, 'ok');
  expect(await telegramChannel(fetching, 'https://t.example/', async () => '').send('1', notice)).toEqual({
    state: 'sent',
    messageId: undefined,
    arrived: true,
  });
});

test.each([
  ['MessageRejected', { state: 'failed', reason: 'refused' }],
  ['TooManyRequestsException', { state: 'waiting', reason: 'TooManyRequestsException', uncertain: false }],
  ['TimeoutError', { state: 'waiting', reason: 'TimeoutError', uncertain: true }],
])('mail: %s', async (name, expected) => {
  const ses = { send: () => Promise.reject(Object.assign(new Error('x'), { name })) };
  expect(await emailChannel(ses as never, 'lapau@example.go.id', [0]).send('a@b.id', notice)).toEqual(
    expected,
  );
});

test('mail that SES asks to slow down for goes out a moment later; anything else is not tried twice', async () => {
  let calls = 0;
  const ses = (name: string) => ({
    send: async () => {
      calls += 1;
      if (calls === 1) throw Object.assign(new Error('x'), { name });
      return { MessageId: 'm' };
    },
  });
  const send = (name: string) => {
    calls = 0;
    return emailChannel(ses(name) as never, 'lapau@example.go.id', [0, 0]).send('a@b.id', notice);
  };
  expect(await send('TooManyRequestsException')).toEqual({ state: 'sent', messageId: 'm' });
  expect(await send('TimeoutError')).toMatchObject({ state: 'waiting', uncertain: true });
  expect(calls).toBe(1);
});

test('mail alone unless configured; a wrong setting stops the load with its name', () => {
  const channels = (environment: Record<string, string>) =>
    configuredChannels({ environment, ses: {} as never, mailFrom: 'lapau@example.go.id' }).map((c) => c.name);
  expect(channels({})).toEqual(['email']);
  expect(channels({ TELEGRAM_URL: '', WHATSAPP_URL: '' })).toEqual(['email']);
  expect(
    channels({
      TELEGRAM_URL: 'http://127.0.0.1:8787/__local/channels/telegram',
      WHATSAPP_URL: 'http://127.0.0.1:8787/__local/channels/whatsapp',
    }),
  ).toEqual(['email', 'telegram', 'whatsapp']);
  const bot = 'https://api.telegram.org/bot{token}/sendMessage';
  expect(channels({ TELEGRAM_URL: bot, CHANNELS_SECRET_ID: 'arn' })).toEqual(['email', 'telegram']);
  expect(() => channels({ TELEGRAM_URL: bot })).toThrow('CHANNELS_SECRET_ID');
  expect(() => channels({ WHATSAPP_URL: 'graph' })).toThrow('WHATSAPP_URL');
});
