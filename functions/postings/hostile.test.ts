import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filedCase, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import { lastOf, type Plan, plans, snapshotsOf } from '../../test/histories.ts';
import { Crash, dice, interleave, tapped } from '../../test/interleave.ts';
import { expectedOf, postingsIn } from '../../test/postings.ts';
import { textKey } from '../cases/keys.ts';
import type { CaseRecord, CaseText } from '../cases/model.ts';
import { caseItem, caseStore } from '../cases/store.ts';
import type { Table } from '../kernel/table.ts';
import { indexer } from './indexer.ts';
import { postingStore } from './store.ts';

const city = testCity();
const pool =
  `jalan lubang sampah lampu pasar air banjir pohon tumbang parkir liar bau asap selokan mampet sekolah
  guru rusak atap bocor tiang miring kabel putus rambu hilang zebra trotoar pecah drainase jembatan`.split(
    /\s+/,
  );

let tables: FigureTables;
beforeAll(async () => {
  tables = await figureTables();
});
afterAll(() => tables.stop());

interface Moment {
  readonly record: CaseRecord;
  /** Words as they stand at that moment: new ones, or redacted ones. */
  readonly texts: readonly CaseText[];
}

/** A history with words: each event brings some, one event of the case takes earlier ones back, one publishes. */
const momentsOf = (plan: Plan, code: string, seed: number): readonly Moment[] => {
  const chance = dice(seed);
  // More words than one transaction takes, now and then.
  const words = (most: number): string =>
    Array.from({ length: 1 + chance.below(most) }, () => `${pool[chance.below(pool.length)]}`).join(' ') +
    (chance.next() < 0.2
      ? Array.from({ length: 70 }, (_, i) => ` w${'abcdefghij'[i % 10]}${'oiuea'[i % 5]}${i}`).join('')
      : '');
  const text = (id: string, at: string): CaseText => ({
    ...{ v: 1 as const, id, fingerprint: 'f', audience: 'staff' as const },
    ...{ body: words(12), at },
  });
  const bodies = new Map<string, CaseText>();
  const snapshots = snapshotsOf(city, plan, code);
  const takesBack = chance.below(4);
  return snapshots.map((record, i) => {
    const events = record.events.map((event) => ({
      ...event,
      texts: [
        { id: event.seq === 1 ? record.filing.id : `${code}-t${event.seq}`, audience: 'staff' as const },
      ],
    }));
    for (const { texts, at } of events)
      for (const { id } of texts) if (!bodies.has(id)) bodies.set(id, text(id, at));
    if (i === takesBack) {
      const first = bodies.get(record.filing.id);
      if (first !== undefined) bodies.set(first.id, { ...first, body: '', redacted: true });
    }
    const shown = events.at(-1)?.texts[0]?.id ?? '';
    return {
      record: {
        ...record,
        events,
        ...(i >= 2 && i % 3 !== 0 ? { public: { at: record.filedAt, text: shown, files: [] } } : {}),
      },
      texts: [...bodies.values()],
    };
  });
};

interface Delivery {
  readonly plans: readonly Plan[];
  readonly seed: number;
}
const deliveries: fc.Arbitrary<Delivery> = fc.record({ plans: plans(1, 5), seed: fc.integer() });

/**
 * Cases change while two instances index them: messages come in any order, some twice, and any call may fail before
 * or after it took effect, after which the message comes again.
 */
const deliver = async ({ plans: of, seed }: Delivery, twin: (table: Table) => Table = (table) => table) => {
  const chance = dice(seed);
  const histories = of.map((plan, i) => momentsOf(plan, `CASE${i}`, seed + i));
  const { name, table } = await tables.fresh();
  const queue: string[] = [];
  let writing = true;
  const author = async (turn: () => Promise<void>): Promise<void> => {
    const left = histories.map((moments) => [...moments]);
    while (left.some((moments) => moments.length > 0)) {
      await turn();
      const moment = chance.shuffled(left.filter((moments) => moments.length > 0))[0]?.shift();
      if (moment === undefined) continue;
      for (const text of moment.texts) await table.put({ ...textKey(moment.record.code, text.id), ...text });
      await table.put(caseItem(moment.record));
      const times = 1 + (chance.next() < 0.4 ? 1 : 0);
      for (let n = 0; n < times; n += 1) queue.splice(chance.below(queue.length + 1), 0, moment.record.code);
    }
    writing = false;
  };
  const worker = async (turn: () => Promise<void>): Promise<void> => {
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
    const index = indexer({
      store: postingStore(twin(shaky)),
      cases: caseStore(shaky),
      city: async () => city,
    });
    for (;;) {
      const code = queue.shift();
      if (code === undefined) {
        if (!writing) return;
        await turn();
        continue;
      }
      while (!(await finished(index(code))));
    }
  };
  await interleave([author, worker, worker], chance);
  const found = await postingsIn(tables.engine.client, name);
  const expected = histories
    .map(lastOf)
    .flatMap(({ record, texts }) => {
      const named = texts.filter(({ redacted }) => redacted !== true);
      const first = (t: CaseText): number => (t.id === record.filing.id ? 0 : 1);
      return expectedOf(
        record,
        [...named].sort((a, b) => first(a) - first(b)),
        city,
      );
    })
    .sort();
  return { ...found, expected };
};

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

const drifts = async (numRuns: number, twin?: (table: Table) => Table): Promise<boolean> => {
  const { failed, errorInstance, counterexample } = await fc.check(
    fc.asyncProperty(deliveries, async (delivery) => {
      const { there, listed, expected } = await deliver(delivery, twin);
      if (!isDeepStrictEqual(there, expected) || !isDeepStrictEqual(listed, expected)) throw new Drift();
    }),
    { numRuns, seed: 20_261_122, endOnFailure: true },
  );
  if (failed && !(errorInstance instanceof Drift)) throw errorInstance;
  if (failed && twin === undefined) throw new Error(`drift: ${JSON.stringify(counterexample)}`);
  return failed;
};

const conditionless = (parts: Parameters<Table['transact']>[0]) =>
  parts.map((part) => (part.put === undefined ? part : { put: { item: part.put.item } }));

describe('whatever the order, the repetition and the crashes, a case has the postings of its last state', () => {
  test('the indexer', async () => {
    expect(await drifts(40)).toBe(false);
  }, 120_000);

  test.each<[string, (table: Table) => Table]>([
    [
      'never takes anything away',
      (table) => ({
        ...table,
        transact: (parts) => table.transact(parts.filter((part) => part.remove === undefined)),
      }),
    ],
    [
      'writes postings first and remembers them in a second call',
      (table) => ({
        ...table,
        transact: async ([record, ...postings]) => {
          const done = await table.transact(postings);
          return record === undefined || !done.done ? done : table.transact([record]);
        },
      }),
    ],
    [
      'remembers first and writes postings in a second call',
      (table) => ({
        ...table,
        transact: async ([record, ...postings]) => {
          const done = record === undefined ? { done: true as const } : await table.transact([record]);
          return done.done ? table.transact(postings) : done;
        },
      }),
    ],
  ])(
    'a twin that %s is caught',
    async (_, twin) => {
      expect(await drifts(100, twin)).toBe(true);
    },
    120_000,
  );

  /** One run reads the case and is slow to write; the case moves on and another run indexes it meanwhile. */
  const overtaken = async (twin: (table: Table) => Table): Promise<boolean> => {
    const { name, table } = await tables.fresh();
    const code = 'ABCDEFGHJ';
    const text: CaseText = {
      ...{ v: 1, id: `file-${code}`, fingerprint: 'f', audience: 'reporter' },
      ...{ body: 'jalan lubang pasar', at: '2026-11-23T02:00:00Z' },
    };
    await table.put({ ...textKey(code, text.id), ...text });
    const before = filedCase(city, {}, { code });
    const after = taken(city, before, staffOf(city, 'coordinator', 'kominfo'), 'assign', { unit: 'pupr' });
    await table.put(caseItem(before));
    let go: () => void = () => undefined;
    const meanwhile = new Promise<void>((resolve) => {
      go = resolve;
    });
    const slowly: Table = {
      ...table,
      transact: async (parts) => {
        await meanwhile;
        return table.transact(parts);
      },
    };
    const indexing = (on: Table) =>
      indexer({ store: postingStore(on), cases: caseStore(table), city: async () => city })(code);
    const slow = indexing(twin(slowly));
    await expect.poll(() => caseStore(table).read(code)).toBeDefined();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await table.put(caseItem(after));
    await indexing(table);
    go();
    await slow;
    const { there, listed } = await postingsIn(tables.engine.client, name);
    const expected = [...expectedOf(after, [text], city)].sort();
    return !isDeepStrictEqual(there, expected) || !isDeepStrictEqual(listed, expected);
  };

  test('a run that was overtaken writes nothing old; a twin without the condition does, and is caught', async () => {
    expect(await overtaken((table) => table)).toBe(false);
    const careless = (table: Table): Table => ({
      ...table,
      put: (item) => table.put(item),
      transact: (parts) => table.transact(conditionless(parts)),
    });
    expect(await overtaken(careless)).toBe(true);
  });
});
