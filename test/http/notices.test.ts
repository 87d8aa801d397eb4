import { createECDH } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { runningCity } from './city.ts';
import { type Ask, type Client, client } from './client.ts';
import { file, good, outbox, take } from './desk.ts';

const city = runningCity();
let fresh: Client | undefined;
const ask = (method: string, path: string, how: Ask = {}) => (fresh ?? city().ask)(method, path, how);
/** Tokens of before are over then. */
const clock = async (to: string) => {
  await good(ask('POST', '/__local/clock', { body: { to } }));
  fresh = client(city().local);
};
const settled = () => city().local.idle(60);
const email = 'siti.uji@example.id';

const report = (contact: object) => ({
  text: 'Jalan di depan sekolah berlubang dalam, sudah dua minggu.',
  category: 'road-damage',
  place: { landmark: 'depan sekolah' },
  contact: { name: 'Siti Uji', ...contact },
});
/** Files a report and opens it: code and what goes into `Authorization`. */
const opened = async (contact: object) => {
  const { code, pin } = await file(ask, report(contact));
  await settled();
  const { body } = await good(ask('POST', `/v1/track/${code}/open`, { body: { pin } }));
  return { code, headers: { authorization: `Bearer ${body['token']}` } };
};
/** What left for citizens about a report; push tells nobody but its browser what it is about. */
const leftFor = async (code: string) =>
  (await outbox(ask)).filter(({ text }) => text.includes(`/lacak/${code}`));
const pushed = async () => (await outbox(ask)).filter(({ channel }) => channel === 'push');
const reached = async (code: string) =>
  (await good(ask('GET', `/v1/desk/cases/${code}/reached`, { as: 'koordinator' }))).body;

const browser = createECDH('prime256v1');
browser.generateKeys();

beforeAll(async () => {
  // A Tuesday morning: no quiet hours, whenever this runs.
  await clock('2027-01-12T10:00:00+07:00');
}, 60_000);

test('a reporter is told by every channel that they chose, reached, and told no more after one click', async () => {
  const { code, headers } = await opened({ email });
  const path = `/v1/track/${code}/notices`;
  const shown = (await good(ask('GET', path, { headers }))).body;
  expect(JSON.stringify(shown)).not.toContain('siti');
  const { id, key } = shown['pushKey'] as { id: string; key: string };
  expect(Buffer.from(key, 'base64url')).toHaveLength(65);
  const addDevice = {
    endpoint: 'https://fcm.googleapis.com/fcm/send/uji',
    p256dh: browser.getPublicKey('base64url'),
    auth: Buffer.alloc(16, 1).toString('base64url'),
    key: id,
  };
  const channels = { whatsapp: { on: true, phone: '081234567890' }, telegram: { on: true, chat: '123456' } };
  await good(ask('PUT', path, { headers, body: { language: 'en', channels, addDevice } }));
  await settled();
  await take(ask, 'koordinator', code, 'verify');
  await settled();
  const sent = [...(await leftFor(code)), ...(await pushed())];
  expect(sent.map(({ channel }) => channel).sort()).toEqual([
    'email',
    'email',
    'push',
    'telegram',
    'whatsapp',
  ]);
  for (const { text } of sent) expect(text).not.toMatch(/Siti|siti|berlubang|sekolah/);
  const mail = sent.find(({ channel, text }) => channel === 'email' && text.startsWith('The '));
  expect(await reached(code)).toMatchObject({ state: 'reached', upTo: 2 });
  const stop = /Stop: \S+(\/v1\/notices\/stop\?t=\S+)/.exec(mail?.text ?? '')?.[1] ?? '';

  const page = await good(ask('GET', stop));
  expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
  expect((await good(ask('GET', path, { headers }))).body['stoppedAt']).toBeNull();
  const click = {
    body: 'List-Unsubscribe=One-Click',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  };
  await good(ask('POST', stop, click));
  expect((await good(ask('GET', path, { headers }))).body['stoppedAt']).not.toBeNull();
  await take(ask, 'koordinator', code, 'assign', { unit: 'pupr' });
  await settled();
  expect([...(await leftFor(code)), ...(await pushed())]).toHaveLength(5);
  for (const broken of [stop.slice(0, -1), '/v1/notices/stop?t=a.b.c', '/v1/notices/stop'])
    expect((await ask('POST', broken, click)).status).toBe(400);
});

test('mail that bounces is seen by the reporter and by staff, and its address is left alone', async () => {
  const { code, headers } = await opened({ email: 'bounce@example.id' });
  await settled();
  const { channels } = (await good(ask('GET', `/v1/track/${code}/notices`, { headers }))).body as {
    channels: { channel: string; problem: { why: string } | null }[];
  };
  expect(channels.find(({ channel }) => channel === 'email')?.problem?.why).toBe('bounced');
  await take(ask, 'koordinator', code, 'verify');
  await settled();
  expect(await leftFor(code)).toHaveLength(1);
  expect(await reached(code)).toMatchObject({ state: 'notReached', notices: [{ state: 'bounced' }] });
  const seq = 2;
  const body = { how: 'phone' };
  const handover = { as: 'koordinator', body, ifMatch: seq };
  await good(ask('POST', `/v1/desk/cases/${code}/handovers`, handover));
  expect(await reached(code)).toMatchObject({ state: 'reached', upTo: seq });
  expect((await ask('POST', `/v1/desk/cases/${code}/handovers`, { ...handover, ifMatch: 1 })).status).toBe(
    412,
  );
});

test('at night notices wait, a provider that is down holds up no other, and the morning brings each once', async () => {
  await clock('2027-01-12T22:30:00+07:00');
  const { code, headers } = await opened({ email });
  const channels = { telegram: { on: true, chat: '123456' } };
  await good(ask('PUT', `/v1/track/${code}/notices`, { headers, body: { channels } }));
  await take(ask, 'koordinator', code, 'verify');
  await settled();
  expect(await leftFor(code)).toEqual([]);
  await good(ask('POST', '/__local/fault', { body: { service: 'telegram', mode: 'down' } }));
  await clock('2027-01-13T06:01:00+07:00');
  await good(ask('POST', '/__local/invoke/later'));
  await settled();
  expect((await leftFor(code)).map(({ channel }) => channel)).toEqual(['email']);
  await good(ask('POST', '/__local/fault', { body: { service: 'telegram', mode: 'off' } }));
  await clock('2027-01-13T10:00:00+07:00');
  await good(ask('POST', '/__local/invoke/later'));
  await settled();
  expect((await leftFor(code)).map(({ channel }) => channel).sort()).toEqual(['email', 'telegram']);
});

test('a webhook without WhatsApp is refused, and so are wishes that lead nowhere', async () => {
  const statuses = { entry: [{ changes: [{ value: { statuses: [] } }] }] };
  expect((await ask('POST', '/v1/channels/whatsapp', { body: statuses })).body['code']).toBe('channelOff');
  const put = async (body: unknown) =>
    (await ask('PUT', '/v1/me/notices', { as: 'warga-1', body })).body['code'];
  const device = {
    endpoint: 'https://evil.example/x',
    p256dh: 'A'.repeat(87),
    auth: 'A'.repeat(22),
    key: 'k1',
  };
  expect([
    await put({ channels: { sms: { on: true, phone: '081234567890' } } }),
    await put({ channels: { telegram: { on: true } } }),
    await put({ addDevice: device }),
    await put({ quiet: { from: '25:00', to: '06:00' } }),
    await put({ channels: { email: { on: true, address: 'x' } } }),
  ]).toEqual(['channelOff', 'addressMissing', 'endpointRefused', 'invalidInput', 'invalidInput']);
  const { status } = await ask('PUT', '/v1/me/notices', {
    as: 'warga-1',
    body: { channels: { email: { on: true } } },
  });
  expect(status).toBe(200);
});
