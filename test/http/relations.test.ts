import { beforeAll, describe, expect, test } from 'vitest';
import { runningCity } from './city.ts';
import { type Ask, type Client, client } from './client.ts';
import { file, good, noticesOf, outbox, read, take } from './desk.ts';

const city = runningCity();
let fresh: Client | undefined;
const ask = (method: string, path: string, how: Ask = {}) => (fresh ?? city().ask)(method, path, how);
/** Tokens of before are over then. */
const clock = async (to: string) => {
  await good(ask('POST', '/__local/clock', { body: { to } }));
  fresh = client(city().local);
};
const settled = () => city().local.idle(60);
const coordinator = 'koordinator';
const problem = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
  status,
  body['code'],
];

const area = '13.74.01.1001';
const point = { lat: -0.46161, lon: 100.41813 };
/** Far enough away not to be found beside the other one. */
const elsewhere = { lat: -0.45161, lon: 100.41813 };
const report = (email: string, at = point) => ({
  text: 'Jalan di depan sekolah berlubang dalam. Hubungi Budi Uji, 081234567890.',
  category: 'road-damage',
  place: { area, point: at, landmark: 'depan sekolah' },
  contact: { name: 'Budi Uji', email },
});
const opened = async ({ code, pin }: { code: string; pin: string }) =>
  (await good(ask('POST', `/v1/track/${code}/open`, { body: { pin } }))).body['case'] as Record<
    string,
    unknown
  >;
/** Mail to citizens about a case, by whom it reached. */
const mailed = async (code: string) =>
  noticesOf(await outbox(ask), code).filter(({ to }) => to.some((one) => one.endsWith('@uji.example')));

beforeAll(async () => {
  // A Tuesday morning: no quiet hours, whenever this runs.
  await clock('2027-01-12T10:00:00+07:00');
}, 60_000);

describe('a body outside', () => {
  const forwarded = async () => {
    const filed = await file(ask, report('satu@uji.example'));
    await take(ask, coordinator, filed.code, 'forward', {
      body: 'pln',
      text: 'Mohon diperiksa.',
      reference: { kind: 'lapor', number: '1234567' },
      remindOn: '2027-01-18',
      answerBy: '2027-01-15',
    });
    return filed;
  };
  const link = async (code: string) => {
    const { seq } = await read(ask, coordinator, code);
    const path = `/v1/desk/cases/${code}/outside-link`;
    const { body } = await good(ask('POST', path, { as: coordinator, ifMatch: seq }));
    return { ...body, token: String(body['url']).split('/luar#')[1] ?? '' };
  };

  test('reads by its link what to do, and nobody’s name; answers once, and the reporter reads it', async () => {
    const filed = await forwarded();
    const { token } = await link(filed.code);
    const shown = await good(ask('POST', '/v1/outside/open', { body: { token } }));
    expect(shown.body).toMatchObject({
      body: { id: 'pln' },
      reference: { number: '1234567' },
      answered: false,
    });
    expect(shown.text).toContain('Hubungi Budi Uji, [nomor telepon]');
    expect(shown.text).not.toMatch(/uji\.example|081234567890/);
    const body = { token, text: 'Sudah kami perbaiki.', reference: 'PLN-77' };
    const key = 'answer-of-the-body-outside';
    const first = await good(ask('POST', '/v1/outside/answer', { body, key }));
    expect((await good(ask('POST', '/v1/outside/answer', { body, key }))).body).toEqual(first.body);
    expect(problem(await ask('POST', '/v1/outside/answer', { body }))).toEqual([409, 'answeredOutside']);
    await settled();
    const words = (await mailed(filed.code)).map(({ text }) => text);
    expect(words.join('\n')).toContain('Instansi luar menjawab laporan ini.');
    const own = await opened(filed);
    expect(own['outside']).toMatchObject({ answered: true, reply: 'PLN-77' });
    expect(JSON.stringify(own['timeline'])).toContain('Sudah kami perbaiki.');
  });

  test('is void by a newer link, by a forged token, and when its day has passed; then coordinators are reminded once', async () => {
    const { code } = await forwarded();
    const [old, { token }] = [await link(code), await link(code)];
    const opens = async (of: string) =>
      problem(await ask('POST', '/v1/outside/open', { body: { token: of } }));
    expect(await opens(old.token)).toEqual([409, 'linkReplaced']);
    expect(await opens(`${token}x`)).toEqual([400, 'linkInvalid']);
    await clock('2027-01-18T09:00:00+07:00');
    await city().local.invoke('sweep');
    await settled();
    expect(await opens(token)).toEqual([409, 'linkOver']);
    const { timeline, state } = await read(ask, coordinator, code);
    expect([state, timeline.filter(({ type }) => type === 'outsideReminded').length]).toEqual([
      'notOurAuthority',
      1,
    ]);
    expect(noticesOf(await outbox(ask), code).flatMap(({ to }) => to)).toContain('koordinator@lapau.test');
  });
});

test('merged reports bring reporter and supporters: each told once of the one that lives, counted, and parted again', async () => {
  const main = await file(ask, report('utama@uji.example'));
  const other = await file(ask, report('lain@uji.example', elsewhere));
  const join = async (at: typeof point, email: string) => {
    const { body } = await good(
      ask('POST', '/v1/complaints/similar', {
        body: { category: 'road-damage', place: { area, point: at } },
      }),
    );
    const [found] = body['reports'] as { ref: string }[];
    await good(ask('POST', '/v1/joins', { body: { ref: found?.ref, contact: { email } } }));
  };
  await join(point, 'bersama@uji.example');
  await join(elsewhere, 'ikut@uji.example');
  await settled();
  const merge = async (action: string, body: object) => {
    const { seq } = await read(ask, coordinator, other.code);
    const path = `/v1/desk/cases/${other.code}/actions/${action}`;
    await good(ask('POST', path, { as: coordinator, ifMatch: seq, body: { text: 'Sama.', ...body } }));
    await settled();
  };
  await merge('merge', { into: main.code });
  const desk = (await read(ask, coordinator, main.code)) as unknown as Record<string, unknown>;
  expect(desk['relations']).toMatchObject({ absorbed: [{ code: other.code, state: 'merged' }] });
  expect([desk['supporters'], (await opened(main))['supporters']]).toEqual([3, 3]);
  expect(await opened(other)).toMatchObject({ mergedInto: main.code });
  await take(ask, coordinator, main.code, 'assign', { unit: 'pupr' });
  await take(ask, 'petugas-pupr', main.code, 'accept');
  await take(ask, 'petugas-pupr', main.code, 'followUp', { outcome: 'fixed', text: 'Sudah ditambal.' });
  await take(ask, 'validator', main.code, 'approve');
  await settled();
  const done = (await mailed(main.code)).filter(({ text }) => text?.includes(`/lacak/${main.code}`));
  const others = done.filter(({ to }) => to[0] !== 'utama@uji.example');
  const heard = others.map(({ to, text }) => `${to[0]} ${text?.split('\n')[0]}`);
  expect(new Set(heard).size).toBe(heard.length);
  // The end of it, by the one who joined it and by both who came with the other one.
  const [ended] = heard.filter((line) => line.startsWith('lain@')).slice(-1);
  const sentence = String(ended).slice('lain@uji.example '.length);
  expect(heard.filter((line) => line.endsWith(sentence)).map((line) => line.split('@')[0])).toEqual(
    expect.arrayContaining(['bersama', 'ikut', 'lain']),
  );
  // Of the merging its reporter hears in words of the own report, where it can be objected to.
  expect(heard.filter((line) => line.startsWith('lain@') && line.includes('digabung'))).toEqual([]);
  await merge('unmerge', {});
  expect(await read(ask, coordinator, main.code)).toMatchObject({
    relations: { absorbed: [] },
    supporters: 1,
  });
  expect(await opened(other)).toMatchObject({ mergedInto: null, state: 'verifying' });
});
