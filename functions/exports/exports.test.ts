import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staffOf, testCity } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { code, key, testKeys } from '../../test/staff.ts';
import type { StaffActor } from '../cases/actor.ts';
import { complaintsHead } from '../complaints/register.ts';
import { fromSeconds, toSeconds } from '../kernel/time.ts';
import { type ExportRecord, exportStore } from '../registers/exports.ts';
import type { RegisterHead } from '../registers/model.ts';
import { operations } from './operations.ts';
import { filenameOf, isStalled, periodRefusal } from './rules.ts';

const city = testCity();
const requests: RegisterHead = { ...complaintsHead, id: 'requests', readers: 'ppid', personal: true };
const rina = staffOf(city, 'coordinator', 'kominfo', 'rina');
const hadi = staffOf(city, 'head', 'pupr', 'hadi');
const petugas = staffOf(city, 'officer', 'pupr', 'petugas');
const ppid = staffOf(city, 'head', 'kominfo', 'ppid', 'ppidUtama');
const unitPpid = staffOf(city, 'liaison', 'pupr', 'unit-ppid', 'ppidPelaksana');

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

const frame = { language: 'id', idempotencyKey: '', ifMatch: -1, address: '', requestId: '' } as const;
const november = { from: '2026-11-01', to: '2026-11-30' };

const world = () => {
  const sent: object[] = [];
  let seconds = toSeconds('2026-11-23T03:00:00Z');
  const store = exportStore(tables.cases);
  const run = operations({
    table: tables.cases,
    store,
    heads: [complaintsHead, requests],
    city: async () => city,
    keys: async () => testKeys,
    publish: async (messages) => {
      sent.push(...messages.map(({ body }) => body));
      return { failed: new Set(), error: undefined };
    },
    links: {
      signer: {
        region: 'ap-southeast-3',
        endpoint: undefined,
        credentials: () => ({ accessKeyId: 'k', secretAccessKey: 's' }),
      },
      bucket: 'files',
    },
    now: () => fromSeconds(seconds),
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
  const ask = async (actor: StaffActor, id: string, more: object = {}) =>
    (
      await run.askExport({
        ...frame,
        actor,
        idempotencyKey: key(id),
        input: {
          params: undefined,
          query: undefined,
          body: { register: 'complaints', period: november, format: 'csv', mark: true, ...more },
        },
      })
    ).body;
  const read = async (actor: StaffActor, id: string) =>
    (await run.readExport({ ...frame, actor, input: { params: { id }, query: undefined, body: undefined } }))
      .body;
  const none = { params: undefined, query: undefined, body: undefined };
  return {
    ...{ run, store, sent, ask, read },
    now: () => fromSeconds(seconds),
    pass: (more: number) => {
      seconds += more;
    },
    registers: async (actor: StaffActor) =>
      (await run.listRegisters({ ...frame, actor, input: none })).body.registers.map(({ id }) => id),
    list: async (actor: StaffActor) =>
      (await run.listExports({ ...frame, actor, input: none })).body.exports.map(({ id }) => id),
    notes: async (actor: StaffActor) =>
      (
        await run.readExportLog({
          ...frame,
          actor,
          input: { params: undefined, query: { month: '2026-11' }, body: undefined },
        })
      ).body.notes,
  };
};
const finish = async (w: ReturnType<typeof world>, actor: StaffActor, id: string): Promise<ExportRecord> => {
  const record = await w.store.read(actor.id, id, w.now());
  if (record === undefined) throw new Error('gone');
  const parts = [
    { key: `exports/${id}/1.csv`, rows: 5 },
    { key: `exports/${id}/2.csv`, rows: 2 },
  ];
  const done = await w.store.save(record, { state: 'ready', parts, total: 7 }, w.now());
  if (done === undefined) throw new Error('changed');
  return done;
};

describe('registers', () => {
  test('are offered to those who may have them: units’ to units, people’s names to PPID alone', async () => {
    const { registers } = world();
    expect(await registers(rina)).toEqual(['complaints']);
    expect(await registers(hadi)).toEqual(['complaints']);
    expect(await registers(petugas)).toEqual([]);
    expect(await registers(ppid)).toEqual(['complaints', 'requests']);
    expect(await registers(unitPpid)).toEqual(['complaints', 'requests']);
  });

  test('that somebody may not have answer as what does not exist', async () => {
    const { ask } = world();
    expect(await code(ask(rina, 'a1', { register: 'requests' }))).toBe('unknownRegister');
    expect(await code(ask(petugas, 'a2'))).toBe('unknownRegister');
    expect(await code(ask(rina, 'a3', { register: 'nothing' }))).toBe('unknownRegister');
    expect(await code(ask(rina, 'a4', { of: 'akta' }))).toBe('unknownPartOfRegister');
  });
});

describe('an export', () => {
  test('is asked for once whatever the retries, and its job is told each time', async () => {
    const w = world();
    const first = await w.ask(hadi, 'b1');
    expect(first).toMatchObject({
      state: 'waiting',
      rows: 0,
      total: null,
      expiresAt: '2026-11-26T03:00:00Z',
    });
    expect(await w.ask(hadi, 'b1')).toEqual(first);
    expect(w.sent).toEqual([1, 2].map(() => ({ v: 1, owner: 'hadi', export: first.id })));
    expect(await code(w.ask(hadi, 'b1', { format: 'pdf' }))).toBe('keyReused');
    expect(await w.list(hadi)).toEqual([first.id]);
  });

  test('belongs to whoever asked: nobody else finds it', async () => {
    const w = world();
    const { id } = await w.ask(hadi, 'c1');
    expect(await code(w.read(rina, id))).toBe('notFound');
    expect(await w.list(rina)).toEqual([]);
  });

  test('shows no link before all files are there, then one of minutes for each, and notes each opening', async () => {
    const w = world();
    const { id } = await w.ask(unitPpid, 'd1', { register: 'requests' });
    expect(await w.read(unitPpid, id)).toMatchObject({ state: 'waiting', files: [] });
    await finish(w, unitPpid, id);
    const ready = await w.read(unitPpid, id);
    expect(ready).toMatchObject({ state: 'ready', rows: 7, total: 7 });
    expect(ready.files.map(({ name, rows, expiresIn }) => [name, rows, expiresIn])).toEqual([
      ['register-requests-2026-11-01-2026-11-30-1.csv', 5, 300],
      ['register-requests-2026-11-01-2026-11-30-2.csv', 2, 300],
    ]);
    expect(new URL(ready.files[0]?.url ?? '').pathname).toBe(`/exports/${id}/1.csv`);
    const noted = (await w.notes(rina)).filter((note) => note.export === id);
    expect(noted).toMatchObject([
      { what: 'opened', by: 'unit-ppid', rows: 7 },
      { what: 'asked', by: 'unit-ppid', rows: 0 },
    ]);
  });

  test('opens no more for somebody who lost the right to its register', async () => {
    const w = world();
    const { id } = await w.ask(unitPpid, 'e1', { register: 'requests' });
    await finish(w, unitPpid, id);
    const { position: _, ...moved } = unitPpid;
    expect(await code(w.read(moved, id))).toBe('notFound');
    // The same post in another unit is no right to the names of the first one's.
    const elsewhere = staffOf(city, 'liaison', 'perkim', unitPpid.id, 'ppidPelaksana');
    expect(await code(w.read(elsewhere, id))).toBe('notFound');
    expect(await code(w.read({ ...unitPpid, position: 'ppidUtama' }, id))).toBe('done');
  });

  test('whose job was never heard of again is started anew by whoever asks how far it is, once in a while', async () => {
    const w = world();
    const { id } = await w.ask(hadi, 'f1');
    w.pass(60);
    await w.read(hadi, id);
    expect(w.sent).toHaveLength(1);
    w.pass(150);
    await w.read(hadi, id);
    await w.read(hadi, id);
    expect(w.sent).toHaveLength(2);
  });

  test('is gone after three days, whatever the table still holds', async () => {
    const w = world();
    const { id } = await w.ask(hadi, 'g1');
    w.pass(3 * 86_400);
    expect(await code(w.read(hadi, id))).toBe('notFound');
  });

  test.each([
    ['0001-01-01', '0001-01-31', '/period/from'],
    ['2026-11-02', '2026-11-01', '/period/to'],
  ])('of %s to %s is refused at %s', async (from, to, field) => {
    await expect(world().ask(hadi, 'i1', { period: { from, to } })).rejects.toMatchObject({
      fields: [{ field }],
    });
  });

  test('is refused beyond the day’s quota', async () => {
    const w = world();
    const lala = staffOf(city, 'liaison', 'perkim', 'lala');
    for (let i = 0; i < 20; i += 1) await w.ask(lala, `h${i}`);
    expect(await code(w.ask(lala, 'h20'))).toBe('tooManyRequests');
    expect(await code(w.ask(lala, 'h3'))).toBe('done');
  });
});

test.each([
  ['2026-11-02', '2026-11-01', 'periodReversed'],
  ['2025-11-23', '2026-11-23', undefined],
  ['2025-11-22', '2026-11-23', 'periodTooLong'],
  ['2026-11-01', '2026-11-01', undefined],
  ['2020-01-01', '2020-12-31', undefined],
  ['0001-01-01', '0001-01-31', 'periodTooOld'],
  ['2019-12-31', '2020-01-01', 'periodTooOld'],
])('a period from %s to %s: %s', (from, to, refusal) => {
  expect(periodRefusal({ from, to })).toBe(refusal);
});

test('what has ended is not stalled, however long ago', () => {
  const touchedAt = '2026-11-01T00:00:00Z';
  expect(isStalled({ state: 'ready', touchedAt }, '2026-11-23T00:00:00Z')).toBe(false);
  expect(isStalled({ state: 'running', touchedAt }, '2026-11-23T00:00:00Z')).toBe(true);
});

test('a file is named by what it is of', () => {
  const of = { register: 'applications', of: 'akta', ...november, format: 'pdf' as const };
  expect(filenameOf(of, 1)).toBe('register-applications-akta-2026-11-01-2026-11-30-1.pdf');
});
