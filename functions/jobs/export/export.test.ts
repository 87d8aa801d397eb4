import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testCity } from '../../../test/city.ts';
import { type TestTables, testTables } from '../../../test/engine.ts';
import { Crash, tapped } from '../../../test/interleave.ts';
import { problem } from '../../kernel/errors.ts';
import { fromSeconds, toSeconds } from '../../kernel/time.ts';
import { staffItem, staffReader } from '../../people/staff.ts';
import { type ExportRecord, exportRequestOf, exportStore, rowsOf } from '../../registers/exports.ts';
import type { Asked, Entry, Register } from '../../registers/model.ts';
import { type ExportJobDeps, exporting } from './export.ts';

const city = testCity();
const start = toSeconds('2026-11-23T03:00:00Z');
let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
  for (const [id, role, unit, status] of [
    ['rina', 'coordinator', 'kominfo', 'active'],
    ['hadi', 'head', 'pupr', 'active'],
    ['lama', 'head', 'pupr', 'revoked'],
  ] as const)
    await tables.cases.put(
      staffItem({
        ...{ v: 1, id, name: id, email: `${id}@uji.go.id`, role, unit, status, channels: {}, rev: 1 },
        ...{ invitedBy: 'test', invitedAt: fromSeconds(start), changedAt: fromSeconds(start) },
      }),
    );
});
afterAll(() => tables.stop());

let serial = 0;
const ask = async (more: Partial<ExportRecord> = {}): Promise<ExportRecord> => {
  serial += 1;
  const at = fromSeconds(start);
  const record: ExportRecord = {
    ...{ v: 1, id: `export-${serial}`, fingerprint: 'f', owner: 'rina', register: 'numbers', format: 'csv' },
    ...{ from: '2026-11-01', to: '2026-11-30', mark: false, language: 'id', at, state: 'waiting' },
    ...{ parts: [], touchedAt: at, rev: 1, expires: start + 86_400, units: 'all', ...more },
  };
  await exportStore(tables.cases).create(record);
  return record;
};

/** A register of ten numbers; what was asked for is kept. */
const numbers = (seen: Asked[] = []): Register => ({
  id: 'numbers',
  names: { id: 'Angka', en: 'Numbers' },
  columns: [{ id: 'n', names: { id: 'N', en: 'N' } }],
  readers: 'units',
  personal: false,
  open: async (asked, after) => {
    seen.push(asked);
    async function* rows(): AsyncGenerator<Entry, void> {
      for (let n = 1; n <= 10; n += 1)
        if (after === undefined || n > Number(after)) yield { place: String(n), cells: { n } };
    }
    return { total: 10, rows: rows() };
  },
});

const world = (more: Partial<ExportJobDeps> = {}) => {
  const files = new Map<string, string>();
  const published: object[] = [];
  let seconds = start;
  const deps: ExportJobDeps = {
    store: exportStore(tables.cases),
    registers: [numbers()],
    staff: staffReader(tables.cases),
    city: async () => city,
    put: async (key, body) => void files.set(key, Buffer.from(body).toString('latin1')),
    publish: async (messages) => {
      published.push(...messages.map(({ body }) => body));
      return { failed: new Set(), error: undefined };
    },
    now: () => {
      seconds += 1;
      return fromSeconds(seconds);
    },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    perPart: { csv: 3, pdf: 4 },
    ...more,
  };
  const run = (record: ExportRecord, receives = 1, remaining = 600_000) =>
    exporting(deps)(
      [{ id: 'm', body: JSON.stringify(exportRequestOf(record).body), receives }],
      () => remaining,
    );
  const now = async ({ owner, id }: ExportRecord): Promise<ExportRecord> => {
    const record = await exportStore(tables.cases).read(owner, id, fromSeconds(start));
    if (record === undefined) throw new Error('gone');
    return record;
  };
  /** What somebody who opened all files would read. */
  const read = async (record: ExportRecord) =>
    (await now(record)).parts.flatMap(({ key }) => (files.get(key) ?? '').trim().split('\r\n').slice(1));
  return { deps, files, published, run, now, read };
};
const all = Array.from({ length: 10 }, (_, i) => String(i + 1));

describe('an export', () => {
  test('is written file after file, each with its titles, and says how far it came', async () => {
    const { run, now, read, files } = world();
    const record = await ask();
    expect(await run(record)).toEqual([]);
    const done = await now(record);
    expect(done).toMatchObject({ state: 'ready', total: 10, place: '10' });
    expect(done.parts.map(({ rows }) => rows)).toEqual([3, 3, 3, 1]);
    expect(await read(record)).toEqual(all);
    expect([...files.values()].every((text) => text.startsWith('N\r\n'))).toBe(true);
  });

  test('asks for the units that whoever asked might have, and for whole days of the city', async () => {
    const seen: Asked[] = [];
    const { run } = world({ registers: [numbers(seen)] });
    await run(await ask({ owner: 'hadi', units: ['pupr', 'pupr-jalan'] }));
    expect(seen[0]).toMatchObject({ from: '2026-10-31T17:00:00Z', until: '2026-11-30T17:00:00Z' });
    expect(seen[0]?.units).toEqual(new Set(['pupr', 'pupr-jalan']));
  });

  test.each([
    ['who lost access meanwhile', { owner: 'lama' }],
    ['of a register that is gone', { register: 'old' }],
    ['whose units are others by now', { owner: 'hadi', units: ['pupr', 'perkim'] }],
    ['who had every unit and has the own ones now', { owner: 'hadi', units: 'all' as const }],
  ])('fails for somebody %s, with nothing written', async (_, more) => {
    const { run, now, files } = world();
    const record = await ask(more);
    expect(await run(record)).toEqual([]);
    expect(await now(record)).toMatchObject({ state: 'failed', why: 'forbidden', parts: [] });
    expect(files.size).toBe(0);
  });

  test('that runs out of time asks for its next run and goes on where it was', async () => {
    const { run, now, read, published } = world();
    const record = await ask();
    for (let runs = 0; runs < 10 && (await now(record)).state !== 'ready'; runs += 1)
      await run(record, 1, 1000);
    expect(await read(record)).toEqual(all);
    expect(published).toEqual(Array.from({ length: 3 }, () => exportRequestOf(record).body));
  });

  test('killed at any call, or before its answer came, ends whole when it is run again', async () => {
    let calls = 0;
    const count = async (): Promise<void> => {
      calls += 1;
    };
    const counted = world({ store: exportStore(tapped(tables.cases, count)) });
    await counted.run(await ask());
    expect(calls).toBeGreaterThan(6);
    for (let at = 1; at <= calls; at += 1)
      for (const answered of [false, true]) {
        const fresh = world();
        let left = at;
        const due = () => {
          left -= 1;
          if (left === 0) throw new Crash('killed');
        };
        const mortal = tapped(
          tables.cases,
          async () => void (answered || due()),
          () => void (answered && due()),
        );
        const record = await ask();
        const killed = { ...fresh.deps, store: exportStore(mortal) };
        const body = JSON.stringify(exportRequestOf(record).body);
        await exporting(killed)([{ id: 'm', body, receives: 1 }], () => 600_000).catch(() => undefined);
        expect(await fresh.run(record, 2)).toEqual([]);
        expect((await fresh.now(record)).state, `killed at ${at}`).toBe('ready');
        expect(await fresh.read(record), `killed at ${at}`).toEqual(all);
      }
  });

  test('worked on by two runs at once names each row once', async () => {
    const { run, read, now } = world();
    const record = await ask();
    await Promise.all([run(record), run(record), run(record)]);
    if ((await now(record)).state !== 'ready') await run(record);
    expect(await read(record)).toEqual(all);
  });

  test('of nothing is a file that says so', async () => {
    async function* none(): AsyncGenerator<Entry, void> {}
    const empty = { ...numbers(), open: async () => ({ total: 0, rows: none() }) };
    const { run, now, files } = world({ registers: [empty] });
    const record = await ask({ format: 'pdf' });
    await run(record);
    expect(await now(record)).toMatchObject({ state: 'ready', total: 0, parts: [{ rows: 0 }] });
    expect([...files.values()][0]).toMatch(/^%PDF-1\.4/);
  });

  test('of too many rows fails with the reason, at once', async () => {
    const many = { ...numbers(), open: () => Promise.reject(problem('tooManyRows')) };
    const { run, now } = world({ registers: [many] });
    const record = await ask();
    expect(await run(record)).toEqual([]);
    expect(await now(record)).toMatchObject({ state: 'failed', why: 'tooManyRows' });
  });

  test('that fails thrice is given up, and its message becomes a dead letter', async () => {
    const broken = { ...numbers(), open: () => Promise.reject(new Error('no')) };
    const { run, now } = world({ registers: [broken] });
    const record = await ask();
    expect(await run(record, 1)).toEqual(['m']);
    expect((await now(record)).state).toBe('waiting');
    expect(await run(record, 3)).toEqual(['m']);
    expect(await now(record)).toMatchObject({ state: 'failed', why: 'internal' });
    expect(await run(record, 4)).toEqual(['m']);
  });

  test('is noted as made, with how many rows', async () => {
    const { run } = world();
    const record = await ask();
    await run(record);
    const notes = await exportStore(tables.cases).notes('2026-11', undefined, 200);
    const made = notes.map(({ note }) => note).filter((note) => note.export === record.id);
    expect(made).toMatchObject([
      { what: 'made', by: 'rina', register: 'numbers', rows: rowsOf({ parts: [{ key: '', rows: 10 }] }) },
    ]);
  });
});
