import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { taken } from '../../../test/cases.ts';
import { Crash, tapped } from '../../../test/interleave.ts';
import { inlineLimit } from '../../cases/engine.ts';
import type { CaseEvent, CaseRecord } from '../../cases/model.ts';
import type { SweepDeps } from './sweep.ts';
import { atFirst, city, codeOf, kominfo, never, sweptTables, told } from './test/swept.ts';

let tables: Awaited<ReturnType<typeof sweptTables>>;
beforeAll(async () => {
  tables = await sweptTables();
});
beforeEach(() => tables.begin());
afterAll(() => tables.stop());

describe('what happens to the case meanwhile', () => {
  /** Sweep has read; before it writes, somebody does something. */
  const meanwhile = (act: (record: CaseRecord) => CaseRecord, save = tables.store().save) => {
    const store = tables.store();
    let acted = false;
    return {
      ...store,
      save: async (record: CaseRecord) => {
        if (!acted) {
          acted = true;
          expect(await store.save(act(await tables.read(record.code)))).toBeUndefined();
        }
        return save(record);
      },
    };
  };
  const archived = (record: CaseRecord) =>
    taken(city, record, kominfo, 'archive', { reason: 'abuse', text: 'x' }, atFirst);
  const noted = (record: CaseRecord) => taken(city, record, kominfo, 'note', { text: 'x' }, atFirst);

  test('finished: it is left alone', async () => {
    await tables.file();
    const store = meanwhile(archived);
    expect(await tables.run(never, { store })).toEqual({
      cases: 1,
      steps: 0,
      waiting: 0,
      failed: 0,
      cut: false,
      late: 0,
    });
    expect((await tables.read()).events.map((e) => e.type)).toEqual(['filed', 'archived']);
  });

  test('changed: the lost race is read again, and both events stand', async () => {
    await tables.file();
    expect(await tables.run(atFirst, { store: meanwhile(noted) })).toMatchObject({ steps: 1, waiting: 0 });
    expect((await tables.read()).events.map((e) => e.type)).toEqual(['filed', 'noted', 'overdue']);
  });

  test('a twin that saves without its condition loses what an officer did, and this test sees it', async () => {
    await tables.file();
    await tables.run(atFirst, { store: meanwhile(noted, tables.careless) });
    expect((await tables.read()).events.map((e) => e.type)).toEqual(['filed', 'overdue']);
  });

  test('the index lags behind: only the case says what is due', async () => {
    const record = await tables.file();
    await tables.store().save(archived(record));
    const before = await tables.read();
    const stale: SweepDeps['waking'] = async (shard) => ({
      cases: shard === 0 ? [record.code, 'GONE'].map((code) => ({ code, at: atFirst })) : [],
      next: undefined,
    });
    expect(await tables.run(never, { waking: stale })).toMatchObject({ cases: 2, steps: 0, failed: 0 });
    expect(await tables.read()).toEqual(before);
  });

  test('a timeline that is full is left for the next minute, until it was archived', async () => {
    let record = await tables.file();
    for (let n = 1; n < inlineLimit; n += 1) {
      record = noted(record);
      await tables.store().save(record);
    }
    expect(await tables.run(atFirst)).toEqual({
      cases: 1,
      steps: 0,
      waiting: 1,
      failed: 0,
      cut: false,
      late: 0,
    });
    expect(await tables.read()).toEqual(record);
    await tables.store().archive(record, record.seq - 4);
    expect(await tables.run(atFirst)).toMatchObject({ steps: 1, waiting: 0 });
    expect(told(await tables.read())).toEqual(['verification']);
  });
});

describe('the step’s id', () => {
  const unmarked = (record: CaseRecord): CaseRecord => ({
    ...record,
    clocks: Object.fromEntries(
      Object.entries(record.clocks).map(([name, { told: _, ...clock }]) => [name, clock]),
    ),
    wakeAt: '2026-11-26T09:00:00Z',
  });
  /** As a function of an older version would write the case: it does not know the mark. */
  const byAnOlderFunction = async (as: (event: CaseEvent) => CaseEvent = (event) => event) => {
    const record = unmarked(await tables.read());
    await tables.store().save({ ...record, rev: record.rev + 1, events: record.events.map(as) });
  };

  test('keeps a step from being taken again when the mark was lost, and the mark comes back', async () => {
    await tables.file();
    await tables.run(atFirst);
    await byAnOlderFunction();
    expect(await tables.run(atFirst)).toMatchObject({ cases: 1, steps: 0 });
    expect(told(await tables.read())).toEqual(['verification']);
    expect(await tables.run(atFirst)).toMatchObject({ cases: 0 });
  });

  test('a twin whose events carry other ids tells it again, and this test sees it', async () => {
    await tables.file();
    await tables.run(atFirst);
    await byAnOlderFunction((event) => ({ ...event, commandId: `other-${event.seq}` }));
    await tables.run(atFirst);
    expect(told(await tables.read())).toEqual(['verification', 'verification']);
  });
});

describe('killed between any two calls and run again', () => {
  test.each([
    ['before the call', false],
    ['before its answer', true],
  ])('%s: everything once', async (_, answered) => {
    // Eight queries, then a read and a write of each of two cases.
    for (let n = 1; n <= 13; n += 1) {
      const codes = [codeOf(2 * n), codeOf(2 * n + 1)];
      for (const code of codes) await tables.file(code);
      let calls = 0;
      const before = async () => {
        calls += 1;
        if (calls > n || (calls === n && !answered)) throw new Crash('killed');
      };
      const after = () => {
        if (calls >= n) throw new Crash('killed before the answer');
      };
      const first = await tables.run(never, {}, tapped(tables.table(), before, answered ? after : undefined));
      expect(first.failed > 0).toBe(n <= 12);
      await tables.run(never);
      expect((await tables.run(never)).cases).toBe(0);
      for (const code of codes)
        expect(told(await tables.read(code))).toEqual(['verification', 'promise', 'outer']);
    }
  });
});
