import { describe, expect, test } from 'vitest';
import { runningCity } from './city.ts';
import { type Answered, type Ask, type Client, client } from './client.ts';
import { file, good, queue, read } from './desk.ts';

const city = runningCity({ instances: 2 });
const ask = (method: string, path: string, how: Ask = {}) => city().ask(method, path, how);
const pothole = { text: 'Jalan berlubang besar di depan pasar.', category: 'road-damage' };

/** Long enough that every instance looks at the live settings again. */
const aMinute = (): void => city().local.clock.move('+61s');
const reason = 'Uji coba pengaturan';

interface Rule {
  readonly id: string;
  readonly clock?: string;
  readonly amount?: number;
  readonly to?: Readonly<Record<string, string>>;
}
const live = async (kind: string): Promise<{ version: number; body: { rules: readonly Rule[] } }> =>
  (await good(ask('GET', `/v1/settings/${kind}`, { as: 'koordinator' }))).body['live'] as never;

const draft = async (kind: string, change: (rule: Rule) => Rule): Promise<number> => {
  const { body } = await live(kind);
  const wanted = { ...body, rules: body.rules.map(change) };
  const made = await good(
    ask('POST', `/v1/settings/${kind}/drafts`, { as: 'koordinator', body: { body: wanted, reason } }),
  );
  return Number(made.body['version']);
};
const on = (kind: string, version: number, step: string, as = 'koordinator'): Promise<Answered> =>
  ask('POST', `/v1/settings/${kind}/versions/${version}/${step}`, {
    as,
    ...(step === 'validate' || step === 'preview' ? {} : { body: { reason } }),
  });
const refusal = async (answer: Promise<Answered>) => {
  const { status, body } = await answer;
  return [status, body['code']];
};

/** Where new potholes are proposed to go, whichever instance takes them. */
const proposed = async (asked: Client): Promise<ReadonlySet<string | undefined>> => {
  const units = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const { code } = await file(asked, pothole);
      return (await read(asked, 'koordinator', code)).proposal.unit?.id;
    }),
  );
  return new Set(units);
};

describe('routing', () => {
  test('drafted, checked, tried, made live, live everywhere within a minute, and back again', async () => {
    const before = (await live('routing')).version;
    const { code } = await file(ask, pothole);
    const to = (unit: string) => (rule: Rule) => (rule.id === 'roads' ? { ...rule, to: { unit } } : rule);

    const wrong = await draft('routing', to('nothing'));
    const checked = await good(on('routing', wrong, 'validate'));
    expect(checked.body['ok']).toBe(false);
    expect(JSON.stringify(checked.body['problems'])).toContain('nothing');
    expect(await refusal(on('routing', wrong, 'activate'))).toEqual([422, 'invalidSettings']);
    expect((await live('routing')).version).toBe(before);

    const version = await draft('routing', to('perkim-lh'));
    const rival = await draft('routing', to('perhubungan'));
    expect((await good(on('routing', version, 'validate'))).body).toEqual({ ok: true, problems: [] });
    const preview = await good(on('routing', version, 'preview'));
    expect(preview.body['proposals']).toContainEqual({
      code,
      was: { unit: 'pupr', outside: null, rule: 'roads' },
      would: { unit: 'perkim-lh', outside: null, rule: 'roads' },
    });
    expect(await proposed(ask)).toEqual(new Set(['pupr']));

    await good(on('routing', version, 'activate'));
    // Somebody was faster: what was drafted on the former version is not made live by accident.
    expect(await refusal(on('routing', rival, 'activate', 'koordinator-2'))).toEqual([409, 'conflict']);
    aMinute();
    expect(await proposed(ask)).toEqual(new Set(['perkim-lh']));
    // What waits keeps its proposal until somebody routes it anew.
    expect((await read(ask, 'koordinator', code)).proposal.unit?.id).toBe('pupr');

    const back = { from: version, to: before, reason };
    await good(ask('POST', '/v1/settings/routing/rollback', { as: 'koordinator-2', body: back }));
    aMinute();
    expect(await proposed(ask)).toEqual(new Set(['pupr']));
    expect((await live('routing')).version).toBe(before);
    const stale = ask('POST', '/v1/settings/routing/rollback', { as: 'koordinator', body: back });
    expect((await refusal(stale))[0]).toBe(409);
  });

  test('a preview does not tell of a case that one may not see', async () => {
    const secret = await file(ask, { ...pothole, about: 'kominfo' });
    const oversight = await file(ask, { ...pothole, oversight: true });
    const shorter = (rule: Rule) => ({ ...rule, amount: Math.max(1, (rule.amount ?? 2) - 1) });
    const version = await draft('clocks', shorter);
    const preview = await good(on('clocks', version, 'preview'));
    expect((preview.body['dues'] as unknown[]).length).toBeGreaterThan(0);
    for (const { code } of [secret, oversight]) expect(preview.text).not.toContain(code);
  });
});

describe('clocks', () => {
  const verification = async (asked: Client): Promise<number> => {
    const { code } = await file(asked, pothole);
    const { clocks } = await read(asked, 'koordinator', code);
    const clock = clocks.find(({ name }) => name === 'verification');
    return Date.parse(clock?.due ?? '') - Date.parse(clock?.startedAt ?? '');
  };

  test('bind those who set them: a second person makes them live', async () => {
    const before = (await live('clocks')).version;
    const long = await verification(ask);
    const version = await draft('clocks', (rule) =>
      rule.id === 'verification' ? { ...rule, amount: 1 } : rule,
    );
    expect(await refusal(on('clocks', version, 'activate'))).toEqual([409, 'secondPersonNeeded']);
    expect((await live('clocks')).version).toBe(before);
    const done = await good(on('clocks', version, 'activate', 'koordinator-2'));
    expect(done.body).toMatchObject({ status: 'active', basedOn: before });
    aMinute();
    const spans = await Promise.all(Array.from({ length: 4 }, () => verification(ask)));
    expect(Math.max(...spans)).toBeLessThan(long);

    const body = { from: version, to: before, reason };
    await good(ask('POST', '/v1/settings/clocks/rollback', { as: 'koordinator', body }));
    aMinute();
    expect(await verification(ask)).toBeGreaterThan(Math.max(...spans));
  });
});

describe('a holiday that nobody knew of', () => {
  const promised = async (code: string) =>
    (await good(ask('GET', `/v1/track/${code}`))).body as {
      due: string;
      timeline: readonly { type: string; says: string }[];
    };

  test('moves what citizens were promised already, and says why', async () => {
    const { code } = await file(ask, pothole);
    const before = await promised(code);
    const { body } = (await good(ask('GET', '/v1/settings/calendars', { as: 'koordinator' }))).body[
      'live'
    ] as {
      body: { holidays: readonly unknown[] };
    };
    // Within the promise, wherever it may fall: every day of its last week.
    const days = Array.from({ length: 7 }, (_, n) =>
      new Date(Date.parse(before.due) - n * 86_400_000).toISOString().slice(0, 10),
    );
    const known = new Set(body.holidays.map((holiday) => (holiday as { date: string }).date));
    const holidays = [
      ...body.holidays,
      ...days
        .filter((date) => !known.has(date))
        .map((date) => ({ date, name: 'Libur daerah', kind: 'local' })),
    ];
    const made = await good(
      ask('POST', '/v1/settings/calendars/drafts', {
        as: 'koordinator',
        body: { body: { ...body, holidays }, reason },
      }),
    );
    const version = Number(made.body['version']);
    const preview = await good(on('calendars', version, 'preview'));
    expect(preview.body['dues']).toContainEqual(expect.objectContaining({ code }));
    expect(await refusal(on('calendars', version, 'activate'))).toEqual([409, 'secondPersonNeeded']);
    await good(on('calendars', version, 'activate', 'koordinator-2'));
    const asked = await good(ask('GET', '/v1/recompute', { as: 'koordinator' }));
    expect(asked.body).toMatchObject({ upToDate: false, requested: { kind: 'calendars', version } });

    const follows = async () => {
      city().local.clock.move('+6m');
      await city().local.idle(30);
      return (await good(ask('GET', '/v1/recompute', { as: 'koordinator' }))).body['upToDate'];
    };
    await expect.poll(follows, { timeout: 20_000, interval: 200 }).toBe(true);
    const after = await promised(code);
    expect(Date.parse(after.due)).toBeGreaterThan(Date.parse(before.due));
    expect(after.timeline.at(-1)).toMatchObject({
      type: 'recomputed',
      says: expect.stringContaining('libur'),
    });
  });
});

describe('a revoked officer', () => {
  test('is refused by both instances within a minute, and told of nothing more', async () => {
    const officer = 'petugas-pupr';
    const { code } = await file(ask, pothole);
    // Many at once, so that every instance has the officer at hand.
    const many = (asked: Client) =>
      Promise.all(
        Array.from({ length: 24 }, () => asked('GET', '/v1/desk/cases?queue=unit', { as: officer })),
      );
    const statuses = async (asked: Client) => [
      ...new Set((await many(asked)).map(({ status, body }) => `${status} ${String(body['code'] ?? '')}`)),
    ];
    expect(await statuses(ask)).toEqual(['200 ']);
    const { body: found } = await good(ask('GET', '/v1/staff?unit=pupr&size=100', { as: 'koordinator' }));
    const row = (found['staff'] as { id: string; email: string }[]).find((s) => s.email.startsWith(officer));
    const path = `/v1/staff/${row?.id}/revoke`;
    await good(ask('POST', path, { as: 'koordinator', body: { reason } }));
    aMinute();
    expect(await statuses(ask)).toEqual(['403 notStaff']);
    const functions = (await good(ask('GET', '/__local/status'))).body['functions'] as Record<
      string,
      { workers: number }
    >;
    expect(Object.entries(functions).find(([name]) => name.endsWith('desk'))?.[1].workers).toBe(2);
    // Nor does a new sign-in help.
    await expect(client(city().local)('GET', '/v1/me', { as: officer })).rejects.toThrow(/may not sign in/);

    const { seq } = await read(ask, 'koordinator', code);
    const assign = `/v1/desk/cases/${code}/actions/assign`;
    await good(ask('POST', assign, { as: 'koordinator', ifMatch: seq, body: { unit: 'pupr' } }));
    await city().local.idle(30);
    const { text } = await good(ask('GET', '/__local/outbox?limit=500'));
    expect(text).toContain('penghubung-pupr@');
    expect(text).not.toContain(`${officer}@`);
    expect(await queue(ask, 'penghubung-pupr', 'queue=unit')).toContain(code);
  });
});
