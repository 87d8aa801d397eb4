import { filedCase } from '../../../../test/cases.ts';
import { staffOf, testCity } from '../../../../test/city.ts';
import { figureTables } from '../../../../test/figures.ts';
import { caseKey, shardOf } from '../../../cases/keys.ts';
import type { CaseRecord } from '../../../cases/model.ts';
import { caseStore } from '../../../cases/store.ts';
import type { City } from '../../../city/schema.ts';
import { complaint } from '../../../complaints/workflow.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Table } from '../../../kernel/table.ts';
import type { Instant } from '../../../kernel/time.ts';
import { waking } from '../store.ts';
import { type SweepDeps, sweep } from '../sweep.ts';

export const city = testCity();
export const kominfo = staffOf(city, 'coordinator', 'kominfo');

/** Filed on Monday 23 November: verification is due on the 26th, the promise on 11 December, the outer limit in January. */
export const beforeDue = '2026-11-26T08:59:59Z';
export const atFirst = '2026-11-26T09:00:00Z';
export const aMonthLater = '2026-12-24T09:00:00Z';
export const never = '2027-03-01T00:00:00Z';

const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const symbols = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
export const codeOf = (n: number): string =>
  `AAAAAA${symbols[Math.floor(n / 1024) % 32]}${symbols[Math.floor(n / 32) % 32]}${symbols[n % 32]}`;
/** Codes of one shard, so that its bounds can be met. */
export const ofOneShard = (count: number): readonly string[] =>
  Array.from({ length: 2000 }, (_, n) => codeOf(n))
    .filter((code) => shardOf(code) === 5)
    .slice(0, count);

/** What happened to a case since it was filed: type of the event, with clock and step of the ladder. */
export const story = (record: CaseRecord): readonly string[] =>
  record.events
    .filter(({ type }) => ['overdue', 'warned', 'reminded', 'escalated'].includes(type))
    .map(({ type, facts }) =>
      [type, facts?.['clock'], facts?.['step']].filter((part) => part !== undefined).join(' '),
    );

export const told = (record: CaseRecord): readonly unknown[] =>
  record.events.filter((e) => e.type === 'overdue').map((e) => e.facts?.['clock']);

/** Ignored cases on a table of the real engine, a fresh one after each `begin`, and sweep over them. */
export const sweptTables = async (of: City = city) => {
  const engine = await figureTables();
  let table: Table;
  const begin = async (): Promise<void> => {
    table = (await engine.fresh()).table;
  };
  await begin();

  const depsOf = (now: Instant, more: Partial<SweepDeps> = {}, on: Table = table): SweepDeps => ({
    waking: waking(on, 3),
    store: caseStore(on),
    city: async () => of,
    workflows: { complaint },
    now: () => now,
    log,
    staff: async () => [],
    delivered: async () => true,
    ...more,
  });

  return {
    begin,
    depsOf,
    client: engine.engine.client,
    stop: engine.stop,
    table: () => table,
    store: () => caseStore(table),
    run: (now: Instant, more: Partial<SweepDeps> = {}, on: Table = table) =>
      sweep(depsOf(now, more, on))(() => 55_000),
    file: async (code = codeOf(0)): Promise<CaseRecord> => {
      const record = filedCase(of, {}, { code });
      await caseStore(table).create(record);
      return record;
    },
    /** A case as somebody's commands left it. */
    put: async (record: CaseRecord): Promise<CaseRecord> => {
      await caseStore(table).create(record);
      return record;
    },
    read: async (code = codeOf(0)): Promise<CaseRecord> => {
      const record = await caseStore(table).read(code);
      if (record === undefined) throw new Error('gone');
      return record;
    },
    /** What the condition on `rev` prevents. */
    careless: async (record: CaseRecord): Promise<undefined> => {
      await table.put({ ...caseKey(record.code), ...record });
      return undefined;
    },
  };
};
