import { describe, expect, test } from 'vitest';
import { runningCity } from './city.ts';
import type { Ask } from './client.ts';
import { dayFrom, file, good, membersOf, queue, read, take, tryTo } from './desk.ts';

const city = runningCity();
const ask = (method: string, path: string, how: Ask = {}) => city().ask(method, path, how);
const now = (): number => Date.now();

const road = (n: number) => ({
  text: `Jalan berlubang besar di depan pasar nomor ${n}, sudah ada motor jatuh malam hari.`,
  category: 'road-damage',
  place: { area: '13.74.02.1002' },
});

const idOf = async (slug: string): Promise<string> => {
  const found = (await membersOf(ask)).find((member) => member.slug === slug);
  if (found === undefined) throw new Error(slug);
  return found.id;
};

interface Result {
  readonly code: string;
  readonly result: string;
  readonly problem?: string;
}

/** Files reports about roads and gives them to the officer of PUPR. */
const given = async (n: number): Promise<readonly string[]> => {
  const person = await idOf('petugas-pupr');
  const codes: string[] = [];
  for (let i = 0; i < n; i += 1) {
    const { code } = await file(ask, road(i));
    await take(ask, 'koordinator', code, 'assign', { unit: 'pupr', person });
    codes.push(code);
  }
  return codes.sort();
};

describe('a working day', () => {
  test('labels, priority, batches and hand-over, with numbers that follow', async () => {
    const codes = await given(3);
    const cases = await Promise.all(
      codes.map(async (code) => ({ code, seq: (await read(ask, 'penghubung-pupr', code)).seq })),
    );
    const batch = {
      action: 'label',
      input: { add: ['musrenbang'] },
      cases: [...cases.slice(0, 2), { code: codes[2], seq: 1 }],
    };
    const key = 'batch-of-labels-0000000000';
    const done = await good(ask('POST', '/v1/desk/batches', { as: 'penghubung-pupr', body: batch, key }));
    expect((done.body['results'] as Result[]).map((r) => r.problem ?? r.result)).toEqual([
      'done',
      'done',
      'staleVersion',
    ]);
    const again = await good(ask('POST', '/v1/desk/batches', { as: 'penghubung-pupr', body: batch, key }));
    expect(again.body).toEqual(done.body);
    expect([...(await queue(ask, 'penghubung-pupr', 'queue=unit&label=musrenbang'))].sort()).toEqual(
      codes.slice(0, 2),
    );
    await take(ask, 'penghubung-pupr', codes[0] ?? '', 'prioritise', {
      level: 'urgent',
      text: 'Dekat sekolah.',
    });
    expect(await queue(ask, 'penghubung-pupr', 'queue=unit&priority=urgent')).toEqual([codes[0]]);

    await city().local.idle(60);
    const counts = async (as: string) =>
      Object.fromEntries(
        (
          (await good(ask('GET', '/v1/desk/counts', { as }))).body['counts'] as {
            queue: string;
            open: number;
          }[]
        ).map(({ queue: name, open }) => [name, open]),
      );
    expect(await counts('petugas-pupr')).toMatchObject({ mine: 3, unit: 3 });
    const labels = (await good(ask('GET', '/v1/desk/labels', { as: 'penghubung-pupr' }))).body['labels'];
    expect(labels).toEqual([{ label: 'musrenbang', open: 2 }]);

    const [from, to] = [await idOf('petugas-pupr'), await idOf('penghubung-pupr')];
    const handed = await good(
      ask('POST', '/v1/desk/handovers', { as: 'kepala-pupr', body: { from, to, text: 'Cuti melahirkan.' } }),
    );
    expect((handed.body['results'] as Result[]).map(({ result }) => result)).toEqual([
      'done',
      'done',
      'done',
    ]);
    await city().local.idle(60);
    expect(await counts('petugas-pupr')).toMatchObject({ mine: 0, unit: 3 });
    expect([...(await queue(ask, 'penghubung-pupr', 'queue=mine'))].sort()).toEqual(codes);
    const load = (await good(ask('GET', '/v1/desk/workload', { as: 'kepala-pupr' }))).body['people'] as {
      id: string;
      open: number;
    }[];
    expect(load.find(({ id }) => id === to)?.open).toBe(3);
  }, 60_000);

  test('an absent officer’s cases are the stand-in’s, who acts in that one’s name', async () => {
    const [code = ''] = await given(1);
    const [absent, delegate] = [await idOf('petugas-pupr'), await idOf('penghubung-pupr')];
    const path = `/v1/staff/${absent}/delegations`;
    const days = { from: dayFrom(now(), 0), until: dayFrom(now(), 2), reason: 'Diklat di provinsi.' };
    const refusal = async (as: string, body: object) =>
      (await ask('POST', path, { as, body: { ...days, ...body } })).body['code'];
    expect(await refusal('petugas-pupr', { delegate: absent })).toBe('ownDelegate');
    expect(await refusal('petugas-pupr', { delegate, from: dayFrom(now(), -1) })).toBe('dateOutOfRange');
    expect(await refusal('petugas-pupr', { delegate: await idOf('petugas-perkim-lh') })).toBe(
      'unknownPerson',
    );
    expect(await refusal('kepala-kesehatan', { delegate })).toBe('notFound');
    const made = await good(ask('POST', path, { as: 'petugas-pupr', body: { ...days, delegate } }));
    expect(
      (
        await ask('POST', `/v1/staff/${delegate}/delegations`, {
          as: 'penghubung-pupr',
          body: { ...days, delegate: absent },
        })
      ).body['code'],
    ).toBe('delegateAbsent');

    // Rights are read anew at the latest after a minute.
    city().local.clock.move('+61s');
    expect(await queue(ask, 'penghubung-pupr', 'queue=mine')).toContain(code);
    await take(ask, 'penghubung-pupr', code, 'accept');
    const shown = await read(ask, 'kepala-pupr', code);
    expect((shown.timeline.at(-1) as unknown as { actor: { onBehalfOf: string } }).actor.onBehalfOf).toBe(
      absent,
    );

    await good(
      ask('POST', `${path}/${String(made.body['id'])}/revoke`, {
        as: 'kepala-pupr',
        body: { reason: 'Kembali lebih awal.' },
      }),
    );
    const list = (await good(ask('GET', path, { as: 'koordinator' }))).body['delegations'] as {
      revoked: object | null;
    }[];
    expect(list.map(({ revoked }) => revoked !== null)).toEqual([true]);
  }, 60_000);

  test('an instruction stands on the list until the unit answers it; an officer cannot give one', async () => {
    const [code = ''] = await given(1);
    const due = dayFrom(now(), 3);
    const seq = await take(ask, 'walikota', code, 'instruct', {
      text: 'Mohon selesai sebelum hari pasar.',
      due,
    });
    await city().local.idle(60);
    const list = async (as: string) =>
      (
        (await good(ask('GET', '/v1/desk/instructions', { as }))).body['instructions'] as {
          code: string;
          due: string;
        }[]
      ).map((one) => `${one.code} ${one.due}`);
    for (const as of ['walikota', 'kepala-pupr', 'koordinator'])
      expect(await list(as)).toContain(`${code} ${due}`);
    expect(await list('kepala-kesehatan')).toEqual([]);
    const refused = await tryTo(ask, 'petugas-pupr', code, 'instruct', {
      body: { text: 'Coba.', due },
      ifMatch: seq,
    });
    expect(refused.body['code']).toBe('forbidden');
    await take(ask, 'penghubung-pupr', code, 'answerInstruction', { seq, text: 'Besok pagi dikerjakan.' });
    await city().local.idle(60);
    expect(await list('walikota')).toEqual([]);
  }, 60_000);

  test('canned answers come filled in, and the rules can be tried', async () => {
    const [code = ''] = await given(1);
    const { body } = await good(ask('GET', `/v1/desk/cases/${code}/answers`, { as: 'petugas-pupr' }));
    const answers = body['answers'] as { id: string; texts: { id: string } }[];
    expect(answers[0]?.id).toBe('road-repair');
    expect(answers[0]?.texts.id).toContain(code);
    expect(JSON.stringify(answers)).not.toMatch(/\{[a-z]+\}/);
    expect((await ask('GET', `/v1/desk/cases/${code}/answers`, { as: 'kepala-kesehatan' })).status).toBe(404);
    const tried = await good(
      ask('POST', '/v1/desk/routing/dry-run', {
        as: 'koordinator',
        body: { text: road(1).text, place: { area: '13.74.02.1002' } },
      }),
    );
    expect(tried.body).toMatchObject({
      category: { id: 'road-damage' },
      matched: { to: { unit: { id: 'pupr' } } },
    });
    const closed = await good(ask('GET', '/v1/desk/closed?unit=pupr', { as: 'kepala-pupr' }));
    expect(closed.body).toMatchObject({ unit: 'pupr', cases: [], full: true });
  }, 60_000);
});
