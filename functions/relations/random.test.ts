import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filedCase, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import { key, testKeys } from '../../test/staff.ts';
import { holderOf, type StaffActor } from '../cases/actor.ts';
import type { CaseRecord } from '../cases/model.ts';
import { caseStore } from '../cases/store.ts';
import { complaint } from '../complaints/workflow.ts';
import { taking } from '../desk/take.ts';
import type { Table } from '../kernel/table.ts';
import { operations } from './operations.ts';

const city = testCity();
const first = staffOf(city, 'coordinator', 'kominfo');
const second = staffOf(city, 'coordinator', 'kominfo', 'second-coordinator');
const now = '2026-11-23T05:00:00Z';
const letters = ['A', 'B', 'C', 'D'] as const;

let engine: FigureTables;
let table: Table;
beforeAll(async () => {
  engine = await figureTables();
  ({ table } = await engine.fresh());
});
afterAll(() => engine.stop());

const moves = fc.array(
  fc.record({
    what: fc.constantFrom('merge', 'merge', 'unmerge', 'object', 'decide', 'archive', 'mark'),
    of: fc.nat(3),
    to: fc.nat(3),
    won: fc.boolean(),
    /** Together with the move after it. */
    atOnce: fc.boolean(),
  }),
  { minLength: 6, maxLength: 12, size: 'max' },
);
type Move = typeof moves extends fc.Arbitrary<readonly (infer M)[]> ? M : never;

let commands = 0;
/** Only of such a case it says anything: the others refuse. */
const fits: Readonly<Record<string, (record: CaseRecord) => boolean>> = {
  object: ({ state }) => state === 'merged',
  unmerge: ({ state }) => state === 'merged',
  decide: ({ clocks }) => clocks['objection'] !== undefined,
};

/** One move on the cases as they stand; what is refused changes nothing. */
const makes =
  (codes: readonly string[], alone: boolean) =>
  async ({ what, of, to, won }: Move): Promise<void> => {
    commands += 1;
    const store = caseStore(table);
    const common = {
      ...{ store, city: async () => city, keys: async () => testKeys, now: () => now },
      workflows: { complaint },
    };
    const all = await readAll(codes);
    const fitting = all.filter(fits[what] ?? (() => true));
    const record = fitting[of % Math.max(1, fitting.length)];
    if (record === undefined) return;
    const { code } = record;
    const call = (actor: StaffActor, body: object) => ({
      ...({ language: 'id', actor, address: '', requestId: '', ifMatch: record.seq } as const),
      idempotencyKey: key(`c${commands}`),
      input: { params: { code }, query: undefined, body } as never,
    });
    const desk = (actor: StaffActor, action: string, body: Record<string, unknown>) =>
      taking({ ...common, staff: { byId: async () => undefined, isVacant: async () => false } })(actor, {
        ...{ code, action, body, language: 'id', ifMatch: record.seq, idempotencyKey: key(`c${commands}`) },
      });
    switch (what) {
      case 'merge':
        await operations(common).mergeCase(call(first, { into: codes[to], text: 'sama' }));
        return;
      case 'unmerge':
        await operations(common).unmergeCase(call(first, { text: 'lain' }));
        return;
      case 'object':
        await store.save(
          taken(city, record, holderOf({ code, pinVersion: 1 }), 'object', { text: 'xx' }, now),
        );
        return;
      case 'decide': {
        const body = { decision: won ? 'overturned' : 'upheld', text: 'xx' };
        if (alone) await store.save(taken(city, record, second, 'decideObjection', body, now));
        else await desk(second, 'decideObjection', body);
        return;
      }
      case 'archive':
        await desk(first, 'archive', { reason: 'repeated', text: 'xx' });
        return;
      default:
        await desk(first, 'mark', { confidential: won, text: 'xx' });
    }
  };

const readAll = async (codes: readonly string[]): Promise<readonly CaseRecord[]> =>
  (await Promise.all(codes.map((code) => caseStore(table).read(code)))).flatMap((record) => record ?? []);

/** A report lies in another one exactly when that one took it in, and in none that lies in a third. */
const faultsOf = (records: readonly CaseRecord[]): readonly string[] => {
  const byCode = new Map(records.map((record) => [record.code, record]));
  return records.flatMap(({ code, mergedInto, absorbed = [], state }) => [
    ...(mergedInto === undefined || byCode.get(mergedInto)?.absorbed?.includes(code) === true
      ? []
      : [`${mergedInto} does not know of ${code}`]),
    ...absorbed
      .filter((other) => byCode.get(other)?.mergedInto !== code)
      .map((other) => `${code} still holds ${other}`),
    ...(mergedInto !== undefined && absorbed.length > 0 ? [`${code} is a chain`] : []),
    ...((state === 'merged') === (mergedInto !== undefined) ? [] : [`${code} is ${state}`]),
    ...(new Set(absorbed).size === absorbed.length ? [] : [`${code} holds one twice`]),
  ]);
};

let made = 0;
const hold = (alone: boolean, runs: number) =>
  fc.check(
    fc.asyncProperty(moves, async (sequence) => {
      made += 1;
      const codes = letters.map((letter) => `${letter}${String(made).padStart(8, '2')}`);
      for (const code of codes) await caseStore(table).create(filedCase(city, {}, { code }));
      const make = makes(codes, alone);
      for (let i = 0; i < sequence.length; i += 1) {
        const pair = sequence.slice(i, sequence[i]?.atOnce === true ? i + 2 : i + 1);
        i += pair.length - 1;
        await Promise.allSettled(pair.map(make));
        const faults = faultsOf(await readAll(codes));
        if (faults.length > 0) throw new Error(faults.join('; '));
      }
    }),
    { numRuns: runs, seed: 11, endOnFailure: true },
  );

describe('whatever is merged, parted and objected to, two at once', () => {
  test('both sides say the same', async () => {
    const result = await hold(false, 8);
    expect(result.failed, fc.defaultReportMessage(result)).toBe(false);
  });

  test('a twin whose won objection tells the other side nothing is caught', async () => {
    expect((await hold(true, 60)).failed).toBe(true);
  });
});
