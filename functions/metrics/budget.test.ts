import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staffOf, testCity } from '../../test/city.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import { dice } from '../../test/interleave.ts';
import type { City } from '../city/schema.ts';
import { dayAttribute, dueAttribute, monthPartition, nowPartition } from '../figures/keys.ts';
import { figureStore } from '../figures/store.ts';
import { fromSeconds, toSeconds } from '../kernel/time.ts';
import { operations } from './operations.ts';

/** 40 OPDs with ids as long as real ones (`dinas-perpustakaan`). */
const units = Array.from({ length: 40 }, (_, i) => `dinas-nomor-${i + 10}`);
const base = testCity();
const city: City = {
  ...base,
  units: units.map((id) => ({
    id,
    name: id,
    short: id,
    kind: 'opd',
    validFrom: '2020-01-01',
    contacts: {},
  })),
};
const now = '2026-11-30T09:30:00Z';
const months = Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, '0')}`);

let tables: FigureTables;
const spent = { units: 0, calls: 0 };
beforeAll(async () => {
  tables = await figureTables();
  tables.engine.client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const result = await next(args);
      const { ConsumedCapacity: used } = result.output as { ConsumedCapacity?: { CapacityUnits?: number } };
      spent.units += used?.CapacityUnits ?? 0;
      spent.calls += 1;
      return result;
    },
    { step: 'initialize' },
  );
});
afterAll(() => tables.stop());

interface Busy {
  /** What a unit is assigned, and answers, on a day. */
  readonly on: (unit: number, weekday: number, roll: number) => number;
  /** Open cases of a unit, and in how many different minutes their deadlines fall. */
  readonly open: number;
  readonly deadlines: number;
}

/** 90 complaints a month in a city of 64,000: three or four for each OPD, some six open. */
const typical: Busy = { on: (_unit, _day, roll) => (roll < 4 / 30 ? 1 : 0), open: 6, deadlines: 5 };
/** Every unit every working day, four 24-hour services every day: some 7,000 a month. */
const dense: Busy = {
  on: (unit, day, roll) => (unit < 4 || (day > 0 && day < 6) ? 1 + Math.floor(roll * 15) : 0),
  open: 150,
  deadlines: 20,
};
/** Deadlines counted in hours: no two open cases share a minute. */
const byTheHour: Busy = { ...dense, deadlines: 150 };

const fill = async ({ on, open, deadlines }: Busy) => {
  const { table } = await tables.fresh();
  const { next } = dice(1);
  const items = months.flatMap((month) =>
    units.map((sk, unit) => {
      const counts: Record<string, number> = {};
      const first = new Date(`${month}-01T00:00:00Z`).getUTCDay();
      for (let day = 1; day <= 31; day += 1) {
        const n = on(unit, (first + day - 1) % 7, next());
        if (n === 0) continue;
        counts[dayAttribute('assigned', day)] = n;
        counts[dayAttribute('responded', day)] = n;
        counts[dayAttribute('responseMinutes', day)] = n * 431;
      }
      return { pk: monthPartition(month, 'normal'), sk, ...counts };
    }),
  );
  const present = units.map((sk) => ({
    pk: nowPartition('normal'),
    sk,
    o: open,
    ...Object.fromEntries(
      Array.from({ length: deadlines }, (_, i) => [
        dueAttribute(fromSeconds(toSeconds(now) + (i - 5) * 86_340)),
        Math.ceil(open / deadlines),
      ]),
    ),
  }));
  const all = [...items, ...present];
  for (let i = 0; i < all.length; i += 100) {
    await table.transact(all.slice(i, i + 100).map((item) => ({ put: { item } })));
  }
  return operations({ store: figureStore(table), city: async () => city, now: () => now });
};

const executive = staffOf(city, 'executive', units[0] ?? '');
const asking = (month: string) => ({
  input: { params: undefined, query: { month }, body: undefined },
  actor: executive,
  language: 'id' as const,
  idempotencyKey: '',
  ifMatch: -1,
  address: '',
  requestId: '',
});

const measure = async (busy: Busy) => {
  const { unitMetrics } = await fill(busy);
  const reading = async (asked: readonly string[]) => {
    Object.assign(spent, { units: 0, calls: 0 });
    for (const month of asked) expect((await unitMetrics(asking(month))).body.units).toHaveLength(40);
    return { ...spent };
  };
  return { month: await reading(['2026-10']), year: await reading(months) };
};

describe('read units of an executive’s table of 40 units, month and now together', () => {
  test('a small city: one', async () => {
    expect(await measure(typical)).toEqual({ month: { units: 1, calls: 2 }, year: { units: 12, calls: 24 } });
  });

  test('a city where every unit is busy every working day: within 3 for a month, 40 for a year', async () => {
    const { month, year } = await measure(dense);
    expect(month).toEqual({ units: 3, calls: 2 });
    expect(year.units).toBeLessThanOrEqual(40);
  });

  test('deadlines that never share a minute cost more, in proportion to what is open', async () => {
    expect((await measure(byTheHour)).month).toEqual({ units: 8, calls: 2 });
  });
});
