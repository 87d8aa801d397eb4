import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testCity } from '../../test/city.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import { lastOf, type Plan, plans, snapshotsOf } from '../../test/histories.ts';
import { Crash, dice, interleave, tapped } from '../../test/interleave.ts';
import type { Table, TransactPart } from '../kernel/table.ts';
import { type Figures, figuresOf } from './contribution.ts';
import { projector } from './project.ts';
import { figureStore } from './store.ts';

const city = testCity();

let tables: FigureTables;
beforeAll(async () => {
  tables = await figureTables();
});
afterAll(() => tables.stop());

interface Delivery {
  readonly plans: readonly Plan[];
  readonly seed: number;
}
const deliveries: fc.Arbitrary<Delivery> = fc.record({ plans: plans(5, 7), seed: fc.integer() });

/**
 * Delivers every snapshot at least once: shuffled, some of them twice, in batches of random size to two instances
 * that run into each other, where any call may fail before or after it took effect and the batch is then repeated.
 * @param twin what stands between the projector and the table: nothing, or a defect
 */
const deliver = async (
  { plans: of, seed }: Delivery,
  twin: (table: Table) => Table = (table) => table,
): Promise<{ readonly counted: Figures; readonly expected: Figures }> => {
  const chance = dice(seed);
  const histories = of.map((plan, i) => snapshotsOf(city, plan, `CASE${i}`));
  const images = histories.flat();
  const left = [...chance.shuffled([...images, ...images.filter(() => chance.next() < 0.4)])];
  const { name, table } = await tables.fresh();
  const lane = async (turn: () => Promise<void>): Promise<void> => {
    const fail = (share: number): void => {
      if (chance.next() < share) throw new Crash('stopped here');
    };
    const shaky = tapped(
      table,
      async () => {
        await turn();
        fail(0.1);
      },
      () => fail(0.1),
    );
    const project = projector({ store: figureStore(twin(shaky)), city: async () => city });
    for (;;) {
      const batch = left.splice(0, 1 + chance.below(6));
      if (batch.length === 0) return;
      while (!(await finished(project(batch))));
    }
  };
  await interleave([lane, lane], chance);
  return { counted: await tables.counters(name), expected: figuresOf(histories.map(lastOf), city) };
};

/** False when the run crashed and the stream repeats the batch; any other failure is one of the test. */
const finished = async (run: Promise<unknown>): Promise<boolean> => {
  try {
    await run;
    return true;
  } catch (e) {
    if (e instanceof Crash) return false;
    throw e;
  }
};

class Drift extends Error {}

/** Whether any of so many random deliveries makes the counters drift. Any other failure is one of the test itself. */
const drifts = async (numRuns: number, twin?: (table: Table) => Table): Promise<boolean> => {
  const { failed, errorInstance, counterexample } = await fc.check(
    fc.asyncProperty(deliveries, async (delivery) => {
      const { counted, expected } = await deliver(delivery, twin);
      if (!isDeepStrictEqual(counted, expected)) throw new Drift();
    }),
    { numRuns, seed: 20_261_122, endOnFailure: true },
  );
  if (failed && !(errorInstance instanceof Drift)) throw errorInstance;
  if (failed && twin === undefined) throw new Error(`drift: ${JSON.stringify(counterexample)}`);
  return failed;
};

const withParts = (table: Table, parts: (of: readonly TransactPart[]) => readonly TransactPart[]): Table => ({
  ...table,
  transact: (of) => table.transact(parts(of)),
});

describe('whatever the order, the repetition and the crashes, the counters say what the cases say', () => {
  test('the projector', async () => {
    expect(await drifts(200)).toBe(false);
  }, 60_000);

  test('a twin that writes without its condition is caught', async () => {
    const twin = (table: Table): Table =>
      withParts(table, (parts) =>
        parts.map((part) => (part.put === undefined ? part : { put: { item: part.put.item } })),
      );
    expect(await drifts(200, twin)).toBe(true);
  });

  test('a twin that does not remember what it counted is caught', async () => {
    const twin = (table: Table): Table =>
      withParts(table, (parts) => parts.filter((part) => part.put === undefined));
    expect(await drifts(200, twin)).toBe(true);
  });

  test('a twin that counts first and remembers in a second call is caught', async () => {
    const twin = (table: Table): Table => ({
      ...table,
      transact: async (parts) => {
        const counters = parts.filter((part) => part.put === undefined);
        const counted = counters.length === 0 ? { done: true as const } : await table.transact(counters);
        return counted.done ? table.transact(parts.filter((part) => part.put !== undefined)) : counted;
      },
    });
    expect(await drifts(200, twin)).toBe(true);
  });

  test('a twin that takes an older image for a newer one is caught', async () => {
    const twin = (table: Table): Table => ({
      ...table,
      batchGet: async (keys) => (await table.batchGet(keys)).map((item) => ({ ...item, seq: 0 })),
    });
    expect(await drifts(200, twin)).toBe(true);
  });
});
