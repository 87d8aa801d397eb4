import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filedCase, taken } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { type Dice, dice, interleave, tapped } from '../../test/interleave.ts';
import type { CaseRecord } from '../cases/model.ts';
import { publicBody } from '../cases/publication.ts';
import { caseStore } from '../cases/store.ts';
import type { Table } from '../kernel/table.ts';
import { bringUp, isBehind } from './bring-up.ts';
import { copyOf } from './copy.ts';
import { type PublicStore, publicStore } from './store.ts';

const city = testCity();
const coordinator = staffOf(city, 'coordinator', 'kominfo');
const words = { title: 'Jalan berlubang di Ganting', summary: 'Lubang besar di depan pasar, sudah lama.' };
const now = () => '2026-11-25T00:00:00Z';

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());

let cases = 0;
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const newCode = (): string => {
  cases += 1;
  return `AAAAAAA${alphabet[Math.floor(cases / 32) % 32]}${alphabet[cases % 32]}`;
};

/** Life of a case: each state that the table ever had of it. */
const lifeOf = (code: string): readonly CaseRecord[] => {
  const verifying = taken(city, filedCase(city, {}, { code }), coordinator, 'verify');
  const first = taken(city, verifying, coordinator, 'publish', words);
  const assigned = taken(city, first, coordinator, 'assign', { unit: 'pupr' });
  const down = taken(city, assigned, coordinator, 'takedown', { reason: 'personalData' });
  return [verifying, first, assigned, down];
};

const bodyOf = (record: CaseRecord): string => publicBody(words.title, `${words.summary} (${record.seq})`);

/** Writes a state of a case as the engine would, its words with it. */
const put = async (table: Table, record: CaseRecord): Promise<void> => {
  const store = caseStore(table);
  if (record.public !== undefined)
    await store.putText(record.code, {
      v: 1,
      id: record.public.text,
      fingerprint: 'f',
      audience: 'public',
      body: bodyOf(record),
      at: record.public.at,
    });
  const before = await store.read(record.code);
  if (before === undefined) await store.create(record);
  else await store.save({ ...record, rev: before.rev + 1 });
};

const bringing = (table: Table, copies: PublicStore) =>
  bringUp({ cases: caseStore(table), copies, city: async () => city, now });

const shownOf = async (code: string) => {
  const store = publicStore(tables.cases);
  const pages = await Promise.all(
    (await store.months()).map((month) => store.ofMonth(month, undefined, 500)),
  );
  return pages.flat().flatMap(({ copy }) => (copy?.code === code ? [copy] : []));
};

describe('the public copy', () => {
  test('follows the case: published, at work, taken down, published anew in its old place', async () => {
    const code = newCode();
    const store = publicStore(tables.cases);
    const run = bringing(tables.cases, store);
    const [verifying, first, assigned, down] = lifeOf(code);
    if (!verifying || !first || !assigned || !down) throw new Error('a shorter life');
    await put(tables.cases, verifying);
    expect([await run(code), await shownOf(code)]).toEqual([false, []]);
    await put(tables.cases, first);
    expect(await run(code)).toBe(true);
    expect(await run(code)).toBe(false);
    expect(await shownOf(code)).toMatchObject([{ title: words.title, state: 'verifying', unit: null }]);
    await put(tables.cases, assigned);
    await run(code);
    expect(await shownOf(code)).toMatchObject([{ state: 'assigned', unit: 'pupr', at: first.public?.at }]);
    await put(tables.cases, down);
    await run(code);
    expect(await shownOf(code)).toEqual([]);
    const again = taken(city, down, coordinator, 'publish', words, '2026-12-24T03:00:00Z');
    await put(tables.cases, again);
    await run(code);
    expect(await shownOf(code)).toMatchObject([{ at: first.public?.at, editedAt: '2026-12-24T03:00:00Z' }]);
  });

  test('holds no words but the published ones, and no point finer than a hundred metres', async () => {
    const point = { lat: -0.461612, lon: 100.418134 };
    const filed = filedCase(city, { place: { point, address: 'Jl. Sutan Syahrir 12' } }, { code: newCode() });
    const record = taken(city, taken(city, filed, coordinator, 'verify'), coordinator, 'publish', words);
    const copy = copyOf(city, record, bodyOf(record), now());
    expect(copy).toMatchObject({ point: { lat: -0.462, lon: 100.418 } });
    expect(JSON.stringify(copy)).not.toMatch(/Syahrir|excerpt|0\.4616|depan pasar, sudah dua/);
  });

  test('without a point lies at the centre of its area, and says so', () => {
    const record = lifeOf(newCode())[1];
    if (record === undefined) throw new Error('a shorter life');
    expect(copyOf(city, record, bodyOf(record), now())).toMatchObject({
      centre: true,
      point: { lat: -0.46, lon: 100.41 },
    });
  });

  test('of words that were overwritten is none', () => {
    const record = lifeOf(newCode())[1];
    if (record === undefined) throw new Error('a shorter life');
    for (const body of [undefined, ''])
      expect(copyOf(city, record, body, now())).toMatchObject({ gone: true, seq: record.seq });
  });

  test('is known to be behind until it was brought up', async () => {
    const code = newCode();
    const store = publicStore(tables.cases);
    const [, first] = lifeOf(code);
    if (first === undefined) throw new Error('a shorter life');
    await put(tables.cases, first);
    expect(await isBehind({ copies: store })(first)).toBe(true);
    await bringing(tables.cases, store)(code);
    expect(await isBehind({ copies: store })(first)).toBe(false);
  });
});

/** A consumer that read the case before it was taken down writes whenever the dice say. What is shown in the end? */
const race = async (order: Dice, twin: (store: PublicStore, table: Table) => PublicStore) => {
  const code = newCode();
  const [, first, assigned, down] = lifeOf(code);
  if (first === undefined || assigned === undefined || down === undefined) throw new Error('a shorter life');
  const consume = async (turn: () => Promise<void>): Promise<void> => {
    const table = tapped(tables.cases, turn);
    await bringing(table, twin(publicStore(table), table))(code);
  };
  await put(tables.cases, first);
  await interleave(
    [
      consume,
      consume,
      async (turn) => {
        for (const record of [assigned, down]) {
          await turn();
          await put(tables.cases, record);
        }
        await consume(turn);
      },
    ],
    order,
  );
  return shownOf(code);
};

describe('whatever the order of consumers', () => {
  const honest = (store: PublicStore): PublicStore => store;
  /** Believes that who writes last knows best. */
  const trusting = (store: PublicStore, table: Table): PublicStore => ({
    ...store,
    write: async (copy) => {
      await table.put({ pk: `PUB#${copy.at.slice(0, 7)}`, sk: `${copy.at}#${copy.code}`, ...copy });
      return true;
    },
  });
  const seeds = Array.from({ length: 30 }, (_, seed) => seed);

  test('what was taken down is not shown', async () => {
    for (const seed of seeds) expect([seed, await race(dice(seed), honest)]).toEqual([seed, []]);
  });

  test('a twin that trusts the last writer shows what was taken down', async () => {
    let shown = 0;
    for (const seed of seeds) if (shown === 0) shown += (await race(dice(seed), trusting)).length;
    expect(shown).toBe(1);
  });
});
