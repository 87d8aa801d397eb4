import { beforeAll, describe, expect, test } from 'vitest';
import { runningCity } from './city.ts';
import { type Ask, freshKey } from './client.ts';
import {
  dayFrom,
  file,
  good,
  heardBy,
  type Member,
  membersOf,
  noticesOf,
  outbox,
  queue,
  read,
  receiptsOf,
  take,
  tryTo,
} from './desk.ts';

const city = runningCity({ instances: 2 });
const ask = (method: string, path: string, how: Ask = {}) => city().ask(method, path, how);
const pothole = {
  text: 'Jalan berlubang besar di depan Pasar Pusat.',
  category: 'road-damage',
  place: { area: '13.74.02.1006' },
};
let members: readonly Member[] = [];
beforeAll(async () => {
  members = await membersOf(ask);
});
const idOf = (slug: string): string => members.find((one) => one.slug === slug)?.id ?? '';

/** A case that PUPR has accepted. */
const inProgress = async (): Promise<string> => {
  const { code } = await file(ask, pothole);
  await take(ask, 'koordinator', code, 'assign', { unit: 'pupr' });
  await take(ask, 'petugas-pupr', code, 'accept');
  return code;
};

interface Row {
  readonly unit: { readonly id: string };
  readonly assigned: number;
  readonly responded: number;
  readonly open: number;
}
const figures = async (unit: string) => {
  const { body } = await good(ask('GET', '/v1/metrics/units', { as: 'koordinator' }));
  const row = (body['units'] as Row[]).find((one) => one.unit.id === unit);
  const triage = body['triage'] as { filed: number; triaged: number; open: number };
  return {
    unit: [row?.assigned, row?.responded, row?.open],
    triage: [triage.filed, triage.triaged, triage.open],
  };
};

describe('the whole way of one report', () => {
  test('filed, assigned, told, accepted, answered, read, followed up, approved, counted', async () => {
    const before = await figures('pupr');
    const { code, pin, unit } = await file(ask, pothole);
    expect(unit).toBeNull();
    expect((await good(ask('GET', `/v1/track/${code}`))).body).toMatchObject({
      state: 'received',
      unit: null,
    });
    expect(await queue(ask, 'koordinator', 'queue=triage&size=100')).toContain(code);
    const { proposal } = await read(ask, 'koordinator', code);
    expect(proposal).toMatchObject({ unit: { id: 'pupr' }, rule: 'roads' });

    await take(ask, 'koordinator', code, 'verify');
    await take(ask, 'koordinator', code, 'assign', { unit: proposal.unit?.id ?? '' });
    await city().local.idle(30);
    const notices = noticesOf(await outbox(ask), code);
    expect(heardBy(members, notices)).toEqual(['penghubung-pupr', 'petugas-pupr']);
    const receipts = (await receiptsOf(ask, 'koordinator', code)).filter(({ event }) => event === 'assigned');
    expect(receipts.map(({ state, via }) => [state, via])).toEqual(receipts.map(() => ['sent', 'unit']));
    expect(receipts.length).toBe(notices.length);
    expect(new Set(receipts.map(({ recipient, channel }) => `${recipient.id}|${channel}`)).size).toBe(
      receipts.length,
    );
    expect(await queue(ask, 'petugas-pupr', 'queue=unit')).toContain(code);
    expect(await queue(ask, 'koordinator', 'queue=triage&size=100')).not.toContain(code);

    const by = dayFrom(city().local.clock.now(), 3);
    const reply = 'Kami tambal minggu ini, mohon hati-hati.';
    await take(ask, 'petugas-pupr', code, 'accept');
    await take(ask, 'petugas-pupr', code, 'reply', { text: reply, by });
    const opened = await good(ask('POST', `/v1/track/${code}/open`, { body: { pin } }));
    const own = opened.body['case'] as { timeline: { type: string; by: string; texts: string[] }[] };
    expect(own.timeline.find(({ type }) => type === 'replied')).toMatchObject({ by, texts: [reply] });

    await take(ask, 'petugas-pupr', code, 'followUp', { outcome: 'fixed', text: 'Sudah ditambal.' });
    const { seq, actions } = await read(ask, 'petugas-pupr', code);
    expect(actions.map(({ id }) => id)).not.toContain('approve');
    const alone = await tryTo(ask, 'petugas-pupr', code, 'approve', { body: {}, ifMatch: seq });
    expect([alone.status, alone.body['code']]).toEqual([403, 'forbidden']);
    expect(await queue(ask, 'validator', 'queue=validation')).toContain(code);
    await take(ask, 'validator', code, 'approve');
    expect(await queue(ask, 'validator', 'queue=validation')).not.toContain(code);
    const tracked = await good(ask('GET', `/v1/track/${code}`));
    expect(tracked.body).toMatchObject({
      state: 'followedUp',
      unit: expect.stringMatching(/Pekerjaan Umum|PUPR/),
    });
    expect(tracked.text).not.toContain(reply);

    await city().local.idle(30);
    const after = await figures('pupr');
    const grown = (a: readonly (number | undefined)[], b: readonly (number | undefined)[]) =>
      a.map((n, i) => (n ?? 0) - (b[i] ?? 0));
    expect(grown(after.unit, before.unit)).toEqual([1, 1, 1]);
    expect(grown(after.triage, before.triage)).toEqual([1, 1, 0]);
  });

  test('a direct category is with its unit at once, by its rule, and never in triage', async () => {
    const { code, unit } = await file(ask, { text: 'Ada kebakaran di belakang pasar!', category: 'fire' });
    expect(unit).toBe('satpol-pp-damkar');
    const { timeline } = await read(ask, 'penghubung-satpol-pp-damkar', code);
    expect(timeline.map(({ type, facts }) => [type, facts['rule']])).toEqual([
      ['filed', undefined],
      ['assigned', 'fire'],
    ]);
    expect(await queue(ask, 'koordinator', 'queue=triage&size=100')).not.toContain(code);
    await city().local.idle(30);
    expect(heardBy(members, noticesOf(await outbox(ask), code))).toEqual(
      expect.arrayContaining(['penghubung-satpol-pp-damkar', 'petugas-satpol-pp-damkar']),
    );
  });
});

describe('recorded by staff for a citizen', () => {
  const at = (hours: number): string => new Date(city().local.clock.now() + hours * 3_600_000).toISOString();
  const record = (saidAt: string) =>
    ask('POST', '/v1/desk/complaints', { as: 'lurah', body: { ...pothole, origin: 'phone', saidAt } });

  test('the clocks start when it was said; who recorded it, and how it came, stay known', async () => {
    const saidAt = `${at(-50).slice(0, 19)}Z`;
    const { body } = await good(record(saidAt));
    expect(body['filedAt']).toBe(saidAt);
    const detail = await good(ask('GET', `/v1/desk/cases/${body['code']}`, { as: 'koordinator' }));
    expect(detail.body).toMatchObject({ origin: 'phone', filedAt: saidAt });
    const { clocks, timeline } = detail.body as unknown as Awaited<ReturnType<typeof read>>;
    expect(new Set(clocks.map(({ startedAt }) => startedAt))).toEqual(new Set([saidAt]));
    expect(timeline[0]).toMatchObject({ on: saidAt, actor: { kind: 'staff', id: idOf('lurah') } });
    expect(Date.parse((timeline[0] as unknown as { at: string }).at)).toBeGreaterThan(Date.parse(saidAt));
  });

  test.each([1, -91 * 24])('not %i hours from now', async (hours) => {
    const { status, body } = await record(at(hours));
    expect([status, body['code']]).toEqual([422, 'dateOutOfRange']);
  });
});

describe('two officers at once', () => {
  test('one wins, the other is shown what changed, and only one reply stands', async () => {
    const code = await inProgress();
    const { seq } = await read(ask, 'petugas-pupr', code);
    const both = await Promise.all(
      ['petugas-pupr', 'penghubung-pupr'].map((as) =>
        tryTo(ask, as, code, 'reply', { body: { text: `Balasan ${as}` }, ifMatch: seq }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(both.find(({ status }) => status === 412)?.body).toMatchObject({
      code: 'staleVersion',
      seq: seq + 1,
      changes: [{ seq: seq + 1, type: 'replied', unit: 'pupr' }],
    });
    const { timeline } = await read(ask, 'petugas-pupr', code);
    expect(timeline.filter(({ type }) => type === 'replied')).toHaveLength(1);
  });

  test('a retry with the same key gets the first answer, also from the other instance and when it is stale', async () => {
    const code = await inProgress();
    const { seq } = await read(ask, 'petugas-pupr', code);
    const how = { body: { text: 'Sedang kami kerjakan.' }, ifMatch: seq, key: freshKey() };
    const all = await Promise.all(
      Array.from({ length: 6 }, () => tryTo(ask, 'petugas-pupr', code, 'reply', how)),
    );
    await take(ask, 'penghubung-pupr', code, 'note', { text: 'Sesudah itu.' });
    all.push(await tryTo(ask, 'petugas-pupr', code, 'reply', how));
    expect(new Set(all.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(all[0]).toMatchObject({ status: 200, body: { seq: seq + 1 } });
    const other = await tryTo(ask, 'petugas-pupr', code, 'reply', { ...how, body: { text: 'Lain lagi.' } });
    expect([other.status, other.body['code']]).toEqual([422, 'keyReused']);
  });
});

describe('an action that cannot be taken is refused by name, and nothing changes', () => {
  let code = '';
  /** The clocks of a case are in no order. */
  const state = async () => {
    const { clocks, ...rest } = await read(ask, 'koordinator', code);
    return { ...rest, clocks: [...clocks].sort((a, b) => a.name.localeCompare(b.name)) };
  };
  let before: Awaited<ReturnType<typeof state>>;
  beforeAll(async () => {
    code = await inProgress();
    before = await state();
  });

  const own = 'petugas-pupr';
  test.each<[string, string, string, object, Ask, number, string]>([
    ['a stale version', own, 'note', { text: 'ada' }, { ifMatch: 1 }, 412, 'staleVersion'],
    ['a version to come', own, 'note', { text: 'ada' }, { ifMatch: 99 }, 412, 'staleVersion'],
    ['no version', own, 'note', { text: 'ada' }, { headers: { 'if-match': '' } }, 428, 'ifMatchMissing'],
    ['no number', own, 'note', { text: 'ada' }, { headers: { 'if-match': '*' } }, 428, 'ifMatchMissing'],
    ['an unknown unit', 'koordinator', 'assign', { unit: 'nothing' }, {}, 422, 'unknownUnit'],
    ['another’s unit', 'kepala-pupr', 'assign', { unit: 'kesehatan' }, {}, 422, 'unknownUnit'],
    ['nobody', 'kepala-pupr', 'assign', { unit: 'pupr', person: 'nobody99' }, {}, 422, 'unknownPerson'],
    ['an unknown category', 'koordinator', 'correct', { category: 'ufo' }, {}, 422, 'unknownCategory'],
    ['an unknown area', 'koordinator', 'correct', { area: '99.99.99.9999' }, {}, 422, 'unknownArea'],
    ['another unit’s case', 'petugas-kesehatan', 'note', { text: 'ada' }, {}, 404, 'notFound'],
    ['no action of this kind', own, 'dance', {}, {}, 404, 'notFound'],
    ['another’s action', own, 'forward', { body: 'pln', text: 'ada' }, {}, 403, 'forbidden'],
    ['another state', own, 'accept', {}, {}, 409, 'wrongState'],
    ['no words', own, 'reply', {}, {}, 400, 'invalidInput'],
    ['an unknown field', own, 'note', { text: 'ada', role: 'head' }, {}, 400, 'invalidInput'],
    ['a day that is none', own, 'reply', { text: 'ada', by: '2026-02-30' }, {}, 400, 'invalidInput'],
  ])('%s', async (_, as, action, body, how, status, problem) => {
    const answer = await tryTo(ask, as, code, action, {
      body,
      ...(how.headers === undefined ? { ifMatch: before.seq } : {}),
      ...how,
    });
    expect([answer.status, answer.body['code']]).toEqual([status, problem]);
    expect(await state()).toEqual(before);
  });

  test('a person of another unit', async () => {
    const body = { unit: 'pupr', person: idOf('petugas-kesehatan') };
    const answer = await tryTo(ask, 'koordinator', code, 'assign', { body, ifMatch: before.seq });
    expect([answer.status, answer.body['code']]).toEqual([422, 'unknownPerson']);
  });
});
