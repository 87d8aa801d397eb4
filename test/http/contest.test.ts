import { beforeAll, describe, expect, test } from 'vitest';
import { runningCity } from './city.ts';
import { type Ask, type Client, client, freshKey } from './client.ts';
import { file, good, read, take } from './desk.ts';

const city = runningCity();
let ask: Client = async () => {
  throw new Error('not started');
};
beforeAll(() => {
  ask = city().ask;
});

const pothole = { text: 'Jalan berlubang besar di depan pasar.', category: 'road-damage' };
const problem = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
  status,
  body['code'],
];

/** A report without an account, its holder signed in by PIN. */
const held = async () => {
  const { code, pin } = await file(ask, pothole);
  const { body } = await good(ask('POST', `/v1/track/${code}/open`, { body: { pin } }));
  const headers = { authorization: `Bearer ${body['token']}` };
  return { code, pin, headers };
};
type Held = Awaited<ReturnType<typeof held>>;

const own = async ({ code, headers }: Held) =>
  (await good(ask('GET', `/v1/track/${code}/private`, { headers }))).body as {
    state: string;
    actions: { id: string; until: string | null }[];
    contestUntil: string | null;
    ombudsman: { reference: string };
    timeline: { seq: number; type: string; says: string }[];
  };
const seqOf = async (one: Held) => (await own(one)).timeline.at(-1)?.seq ?? 0;
const on = async (one: Held, action: string, how: Ask = {}, code = one.code) =>
  ask('POST', `/v1/track/${code}/actions/${action}`, {
    headers: one.headers,
    ifMatch: await seqOf(one),
    body: {},
    ...how,
  });

const followUp = async (code: string) => {
  await take(ask, 'koordinator', code, 'assign', { unit: 'pupr' });
  await take(ask, 'petugas-pupr', code, 'accept');
  await take(ask, 'petugas-pupr', code, 'followUp', { outcome: 'fixed', text: 'Sudah ditambal.' });
  await take(ask, 'validator', code, 'approve');
};

describe('the reporter over HTTP', () => {
  test('answers the one question of a unit, and the promise runs again', async () => {
    const one = await held();
    await take(ask, 'koordinator', one.code, 'assign', { unit: 'pupr' });
    await take(ask, 'petugas-pupr', one.code, 'ask', { text: 'Di sisi mana?' });
    expect((await own(one)).actions.map(({ id }) => id)).toContain('answer');
    await good(on(one, 'answer', { body: { text: 'Sisi kiri.' } }));
    const shown = await read(ask, 'petugas-pupr', one.code);
    expect(shown.timeline.at(-1)?.texts).toEqual([{ audience: 'reporter', body: 'Sisi kiri.' }]);
    expect(problem(await on(one, 'answer', { body: { text: 'Lagi.' } }))).toEqual([409, 'nothingAsked']);
  });

  test('disputes a result twice; the head proposes then, and whoever approved before cannot approve again', async () => {
    const one = await held();
    await followUp(one.code);
    expect((await own(one)).state).toBe('followedUp');
    await good(on(one, 'dispute', { body: { text: 'Masih berlubang.' } }));
    await take(ask, 'petugas-pupr', one.code, 'followUp', { outcome: 'fixed', text: 'Ditambal lagi.' });
    await take(ask, 'validator', one.code, 'approve');
    await good(on(one, 'dispute', { body: { text: 'Berlubang lagi.' } }));
    await take(ask, 'kepala-pupr', one.code, 'followUp', { outcome: 'fixed', text: 'Diaspal ulang.' });
    const { seq } = await read(ask, 'validator', one.code);
    const again = await ask('POST', `/v1/desk/cases/${one.code}/actions/approve`, {
      as: 'validator',
      ifMatch: seq,
      body: {},
    });
    expect(problem(again)).toEqual([409, 'secondPersonNeeded']);
    await take(ask, 'validator-2', one.code, 'approve');
    expect((await own(one)).state).toBe('followedUp');
  });

  test('rates a confirmed result once', async () => {
    const one = await held();
    await followUp(one.code);
    await good(on(one, 'confirm'));
    await good(on(one, 'rate', { body: { stars: 5, done: true } }));
    expect(problem(await on(one, 'rate', { body: { stars: 1, done: false } }))).toEqual([
      409,
      'ratedAlready',
    ]);
    expect(problem(await on(one, 'rate', { body: { stars: 6, done: true } }))).toEqual([400, 'invalidInput']);
  });

  test('is refused with another code’s token, a stale version, a key reused', async () => {
    const [one, other] = [await held(), await held()];
    expect(problem(await on(other, 'withdraw', {}, one.code))).toEqual([401, 'caseTokenInvalid']);
    await take(ask, 'koordinator', one.code, 'assign', { unit: 'pupr' });
    const stale = await on(one, 'withdraw', { ifMatch: 1 });
    expect([...problem(stale), stale.body['changes']]).toEqual([412, 'staleVersion', []]);
    const key = freshKey();
    const ifMatch = await seqOf(one);
    const how = { key, ifMatch, body: { text: 'Tambahan: dekat halte.' } };
    const first = await good(on(one, 'addInformation', how));
    expect((await good(on(one, 'addInformation', how))).body).toEqual(first.body);
    const reused = await on(one, 'addInformation', { ...how, body: { text: 'Lain.' } });
    expect(problem(reused)).toEqual([422, 'keyReused']);
  });

  test('objects to an archiving; who archived does not decide it', async () => {
    const one = await held();
    await take(ask, 'koordinator', one.code, 'archive', { reason: 'repeated', text: 'Sudah dijawab.' });
    await good(on(one, 'object', { body: { text: 'Ini jalan lain.' } }));
    const decide = async (as: string) =>
      ask('POST', `/v1/desk/cases/${one.code}/actions/decideObjection`, {
        as,
        ifMatch: (await read(ask, as, one.code)).seq,
        body: { decision: 'overturned', text: 'Benar, jalan lain.' },
      });
    expect(problem(await decide('koordinator'))).toEqual([409, 'secondPersonNeeded']);
    expect((await good(decide('koordinator-2'))).body['state']).toBe('verifying');
    expect(problem(await on(one, 'object', { body: { text: 'Lagi.' } }))).toEqual([409, 'wrongState']);
  });

  test('keeps a report in an account, renews its PIN there and follows it', async () => {
    const one = await held();
    const claim = (as: string) =>
      ask('POST', `/v1/me/cases/${one.code}/claim`, { as, body: { pin: one.pin } });
    await good(claim('warga-1'));
    expect(problem(await claim('warga-2'))).toEqual([409, 'claimedAlready']);
    const mine = await good(ask('GET', `/v1/me/cases/${one.code}`, { as: 'warga-1' }));
    expect(mine.body['claimed']).toBe(true);
    expect(problem(await ask('GET', `/v1/me/cases/${one.code}`, { as: 'warga-2' }))).toEqual([
      404,
      'notFound',
    ]);
    const renewed = await good(ask('POST', `/v1/me/cases/${one.code}/pin`, { as: 'warga-1' }));
    expect(renewed.body['version']).toBe(2);
    const opened = (pin: unknown) => ask('POST', `/v1/track/${one.code}/open`, { body: { pin } });
    expect(problem(await opened(one.pin))).toEqual([403, 'wrongPin']);
    await good(opened(renewed.body['pin']));
    const old = await ask('GET', `/v1/track/${one.code}/private`, { headers: one.headers });
    expect(problem(old)).toEqual([401, 'caseTokenInvalid']);
    await good(
      ask('POST', `/v1/me/cases/${one.code}/actions/withdraw`, {
        as: 'warga-1',
        ifMatch: Number(
          (await good(ask('GET', `/v1/me/cases/${one.code}`, { as: 'warga-1' }))).headers
            .get('etag')
            ?.replaceAll('"', ''),
        ),
        body: {},
      }),
    );
  });
});

describe('after the window', () => {
  test('a dispute is refused, and the way to the Ombudsman is still shown', async () => {
    const one = await held();
    await followUp(one.code);
    await good(on(one, 'confirm'));
    city().local.clock.move('+21d');
    ask = client(city().local);
    const { body } = await good(ask('POST', `/v1/track/${one.code}/open`, { body: { pin: one.pin } }));
    const later = { ...one, headers: { authorization: `Bearer ${body['token']}` } };
    const shown = await own(later);
    expect(shown.contestUntil).toBeNull();
    expect(shown.actions.map(({ id }) => id)).not.toContain('dispute');
    expect(shown.ombudsman.reference).toContain('25/2009');
    expect(problem(await on(later, 'dispute', { body: { text: 'Rusak lagi.' } }))).toEqual([
      409,
      'disputeOver',
    ]);
  });
});
