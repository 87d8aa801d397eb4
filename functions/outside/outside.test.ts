import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { filedCase, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import { key, testKeys } from '../../test/staff.ts';
import type { StaffActor } from '../cases/actor.ts';
import { caseStore } from '../cases/store.ts';
import { complaint } from '../complaints/workflow.ts';
import type { Table } from '../kernel/table.ts';
import { operations } from './operations.ts';
import { linkToken } from './token.ts';

const city = testCity();
const kominfo = staffOf(city, 'coordinator', 'kominfo');
const code = 'ABCDEFGHJ';
const monday = '2026-11-23T03:00:00Z';
const lastDay = '2026-12-04T16:59:59Z';

let engine: FigureTables;
let table: Table;
beforeAll(async () => {
  engine = await figureTables();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  ({ table } = await engine.fresh());
  await passOn(code);
});

const store = () => caseStore(table);
/** A report that was passed on, its words in the table. */
const passOn = async (of: string, filing: object = {}): Promise<void> => {
  const filed = filedCase(
    city,
    { place: { area: '99.01.01.1001', address: 'Jl. Melati, HP 081234567890' }, ...filing },
    { code: of },
  );
  await store().create(filed);
  const words = { v: 1, fingerprint: 'f', audience: 'reporter', at: monday } as const;
  await store().putText(of, {
    ...words,
    id: filed.filing.id,
    body: 'Tiang miring. Hubungi saya 081234567890 atau siti@contoh.id.',
    place: { address: 'Jl. Melati, HP 081234567890', landmark: 'depan masjid' },
  });
  const next = taken(city, filed, kominfo, 'forward', {
    body: 'pln',
    text: 'Mohon diperiksa.',
    reference: { kind: 'letter', number: '094/12' },
    answerBy: '2026-12-04',
  });
  await store().save(next);
  await store().putText(of, {
    ...words,
    id: String(next.events.at(-1)?.texts[0]?.id),
    body: 'Mohon diperiksa, WA 081298765432.',
  });
};

const run = (now = monday) =>
  operations({
    table,
    store: store(),
    city: async () => city,
    keys: async () => testKeys,
    now: () => now,
    workflows: { complaint },
    publicUrl: 'https://lapau.example',
  });
const frame = { language: 'id', ifMatch: -1, address: '203.0.113.9', requestId: '' } as const;
const anonymous = { kind: 'anonymous', id: 'anonymous' } as const;
const link = async (id = 'link', of = code, actor: StaffActor = kominfo, now = monday) => {
  const seq = (await store().read(of))?.seq ?? -1;
  const { body } = await run(now).linkOutside({
    ...{ ...frame, actor, idempotencyKey: key(id), ifMatch: seq },
    input: { params: { code: of }, query: undefined, body: undefined },
  });
  return { ...body, token: body.url.split('#')[1] ?? '' };
};
const open = async (token: string, now = monday) =>
  (
    await run(now).openOutside({
      ...{ ...frame, actor: anonymous, idempotencyKey: '' },
      input: { params: undefined, query: undefined, body: { token } },
    })
  ).body;
const answer = async (token: string, id = 'answer', now = monday, text = 'Tiang sudah ditegakkan.') =>
  (
    await run(now).answerOutside({
      ...{ ...frame, actor: anonymous, idempotencyKey: key(id) },
      input: { params: undefined, query: undefined, body: { token, text, reference: 'PLN-77' } },
    })
  ).body;

describe('the link', () => {
  test('carries its token after the hash, good until the end of the day that was set', async () => {
    const made = await link();
    expect(made).toMatchObject({ code, body: { id: 'pln', name: 'PLN' }, until: lastDay });
    expect(made.url).toMatch(/^https:\/\/lapau\.example\/luar#[\w.-]+$/);
    expect(await open(made.token, lastDay)).toMatchObject({ code, answered: false });
    await expect(open(made.token, '2026-12-04T17:00:00Z')).rejects.toMatchObject({ code: 'linkOver' });
  });

  test('is not made of a confidential report, and opens none that turned so', async () => {
    await passOn('KMNPQRSTU', { confidential: true });
    await expect(link('secret', 'KMNPQRSTU')).rejects.toMatchObject({ code: 'secretCase' });
    const { token } = await link();
    const record = await store().read(code);
    if (record === undefined) throw new Error('lost');
    await store().save({
      ...record,
      ...{ rev: record.rev + 1, flags: { ...record.flags, confidential: true } },
    });
    await expect(open(token)).rejects.toMatchObject({ code: 'linkInvalid' });
    await expect(answer(token)).rejects.toMatchObject({ code: 'linkInvalid' });
  });

  test('is the same on a retry, and void once there is a newer one', async () => {
    const first = await link();
    expect((await link()).url).toBe(first.url);
    const second = await link('again');
    await expect(open(first.token)).rejects.toMatchObject({ code: 'linkReplaced' });
    expect(await open(second.token)).toMatchObject({ code });
  });

  test('is the coordinator’s to make, of what the coordinator sees', async () => {
    const inspector = staffOf(city, 'inspector', 'inspektorat');
    await expect(link('x', code, inspector)).rejects.toMatchObject({ code: 'forbidden' });
    await store().create(filedCase(city, { oversight: true }, { code: 'VERSGHT22' }));
    await expect(link('y', 'VERSGHT22')).rejects.toMatchObject({ code: 'notFound' });
  });

  test('that is forged, of another case or of another key is none', async () => {
    const { token } = await link();
    const parts = token.split('.');
    const other = linkToken(testKeys, { code: 'NQTHERE22', body: 'pln', version: 1, until: lastDay });
    for (const bad of [`${token}x`, token.slice(2), `${parts[0]}.${parts[1]}`, other])
      await expect(open(bad)).rejects.toMatchObject({ code: 'linkInvalid' });
  });

  test('may be tried sixty times an hour from one address', async () => {
    const { token } = await link();
    await open(token);
    for (let n = 0; n < 59; n += 1) await open('k1.x.y'.padEnd(24, 'z')).catch(() => undefined);
    await expect(open(token)).rejects.toMatchObject({ code: 'tooManyRequests' });
    expect(await open(token, '2026-11-23T05:00:00Z')).toMatchObject({ code });
  });
});

describe('the body outside', () => {
  test('reads what is to be done and where, with nobody’s number, name or address of mail', async () => {
    const shown = await open((await link()).token);
    expect(shown).toMatchObject({
      text: 'Tiang miring. Hubungi saya [nomor telepon] atau [alamat email].',
      words: 'Mohon diperiksa, WA [nomor telepon].',
      place: { area: 'Ganting', landmark: 'depan masjid' },
      reference: { kind: 'letter', number: '094/12' },
    });
    expect(JSON.stringify(shown)).not.toMatch(/0812|contoh\.id|reporter|anonim/);
  });

  test('reads no words that were taken back', async () => {
    const { token } = await link();
    await store().redactText(code, `file-${code}`);
    expect(await open(token)).toMatchObject({ text: null, place: { landmark: null } });
  });

  test('answers once; the same answer sent again is the same, even after its day', async () => {
    const { token } = await link();
    const first = await answer(token);
    expect(first).toEqual({ code, answeredAt: monday });
    expect(await answer(token, 'answer', '2026-12-06T00:00:00Z')).toEqual(first);
    await expect(answer(token, 'other')).rejects.toMatchObject({ code: 'answeredOutside' });
    await expect(answer(token, 'answer', monday, 'Lain sama sekali.')).rejects.toMatchObject({
      code: 'keyReused',
    });
    const record = await store().read(code);
    expect(record?.events.filter(({ type }) => type === 'outsideAnswered')).toHaveLength(1);
    const texts = [...(await store().texts(code)).values()];
    expect(texts.at(-1)?.audience).toBe('reporter');
    expect(texts.map(({ body }) => body)).toContain('Tiang sudah ditegakkan.');
  });

  test('too late, with an older link, or after the report went on is refused, and writes nothing', async () => {
    const { token } = await link();
    await expect(answer(token, 'late', '2026-12-04T17:00:00Z')).rejects.toMatchObject({ code: 'linkOver' });
    const second = await link('again');
    await expect(answer(token, 'old')).rejects.toMatchObject({ code: 'linkReplaced' });
    const record = await store().read(code);
    if (record === undefined) throw new Error('gone');
    const { outside: _, ...data } = record.data;
    await store().save({ ...record, rev: record.rev + 1, state: 'verifying', data });
    await expect(answer(second.token, 'gone')).rejects.toMatchObject({ code: 'wrongState' });
    expect((await store().texts(code)).size).toBe(2);
  });
});
