import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { filedCase, taken } from '../../test/cases.ts';
import { staffOf } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import type { StaffActor } from '../cases/actor.ts';
import { desk } from './contract.ts';
import { lists } from './lists.ts';
import { assigned, callOf, depsOf, deskCity, everybody, stored } from './test/world.ts';

const city = deskCity();
const coordinator = staffOf(city, 'coordinator', 'kominfo');
const archived = (code: string, at: string) =>
  taken(city, filedCase(city, {}, { code }), coordinator, 'archive', { reason: 'repeated', text: '-' }, at);

const records = [
  assigned(city, 'PUPR1', 'pupr'),
  assigned(city, 'PUPR2', 'pupr', { person: 'liaison-pupr' }),
  assigned(city, 'JALAN', 'pupr-jalan'),
  assigned(city, 'REGU', 'regu-jalan'),
  assigned(city, 'SECRET', 'perkim', { category: 'kekerasan', person: 'officer-perkim' }),
  assigned(city, 'SAMPAH', 'perkim', { category: 'sampah' }),
  filedCase(city, { category: undefined }, { code: 'TRIAGE' }),
  filedCase(city, { category: 'pungli' }, { code: 'OVERSIGHT' }),
  archived('OLD1', '2026-11-30T16:00:00Z'),
  archived('OLD2', '2026-11-30T18:00:00Z'),
  archived('OLD3', '2026-12-05T03:00:00Z'),
];

let tables: TestTables;
beforeAll(async () => {
  tables = await testTables();
  await stored(tables.cases, records);
});
afterAll(() => tables.stop());

const { listCases, listClosed } = desk.operations;

/** Codes of a whole list, page by page, through its own contract. */
const codes = async (
  actor: StaffActor,
  query: Record<string, string>,
  which = listCases as typeof listCases | typeof listClosed,
) => {
  const run = lists(depsOf(tables.cases, city));
  const found: string[] = [];
  for (let cursor: string | undefined, n = 0; n < 50; n += 1) {
    const input = { ...query, ...(cursor === undefined ? {} : { cursor }) };
    const { body } =
      which === listCases
        ? await run.listCases(callOf(actor, { query: z.parse(listCases.query, input) }))
        : await run.listClosed(callOf(actor, { query: z.parse(listClosed.query, input) }));
    const answer = z.parse(which.response, body);
    found.push(...answer.cases.map((one) => one.code));
    if (answer.next === null) return found;
    cursor = answer.next;
  }
  throw new Error('no end');
};

const refusal = (actor: StaffActor, query: Record<string, string>) =>
  codes(actor, query).then(
    () => 'answered',
    (e: { code?: string }) => e.code,
  );

const person = (id: string): StaffActor => {
  const found = everybody(city).find((actor) => actor.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

describe('a queue', () => {
  test.each<[string, Record<string, string>, readonly string[]]>([
    [
      'coordinator-kominfo',
      { queue: 'all' },
      ['JALAN', 'PUPR1', 'PUPR2', 'REGU', 'SAMPAH', 'SECRET', 'TRIAGE'],
    ],
    [
      'inspector-inspektorat',
      { queue: 'all' },
      ['JALAN', 'OVERSIGHT', 'PUPR1', 'PUPR2', 'REGU', 'SAMPAH', 'SECRET', 'TRIAGE'],
    ],
    ['mayor', { queue: 'all' }, ['JALAN', 'PUPR1', 'PUPR2', 'REGU', 'SAMPAH', 'TRIAGE']],
    ['officer-perkim', { queue: 'all' }, ['SAMPAH', 'SECRET']],
    ['head-pupr', { queue: 'unit' }, ['JALAN', 'PUPR1', 'PUPR2', 'REGU']],
    ['head-pupr', { queue: 'unit', unit: 'pupr-jalan' }, ['JALAN', 'REGU']],
    ['head-pupr', { queue: 'team' }, ['REGU']],
    ['officer-regu-jalan', { queue: 'team' }, ['REGU']],
    ['liaison-pupr', { queue: 'mine' }, ['PUPR2']],
    ['coordinator-kominfo', { queue: 'all', category: 'sampah' }, ['SAMPAH']],
    ['coordinator-kominfo', { queue: 'all', flag: 'confidential' }, ['SECRET']],
    ['coordinator-kominfo', { queue: 'triage', origin: 'web' }, ['TRIAGE']],
    ['coordinator-kominfo', { queue: 'triage', origin: 'counter' }, []],
    ['areaHead-timur', { queue: 'area', state: 'received' }, ['TRIAGE']],
    ['areaHead-ganting', { queue: 'unit' }, []],
  ])('%s asks %j', async (id, query, expected) => {
    for (const size of ['1', '3', '100'])
      expect([...(await codes(person(id), { ...query, size }))].sort()).toEqual(expected);
  });

  test.each<[string, Record<string, string>, string]>([
    ['mayor', { queue: 'triage' }, 'forbidden'],
    ['officer-perkim', { queue: 'unit', unit: 'pupr' }, 'unknownUnit'],
    ['officer-perkim', { queue: 'planned', unit: 'pupr' }, 'unknownUnit'],
    ['officer-perkim', { queue: 'team' }, 'unknownUnit'],
    ['officer-perkim', { queue: 'area' }, 'forbidden'],
  ])('%s is refused %j', async (id, query, code) => {
    expect(await refusal(person(id), query)).toBe(code);
  });

  test('a cursor belongs to one caller and to every word of one query', async () => {
    const run = lists(depsOf(tables.cases, city));
    const asked = (actor: StaffActor, query: Record<string, string>) =>
      run.listCases(
        callOf(actor, { query: z.parse(listCases.query, { queue: 'all', size: '1', ...query }) }),
      );
    const { body } = await asked(coordinator, {});
    const cursor = body.next ?? '';
    expect((await asked(coordinator, { cursor, size: '2' })).body.cases).toHaveLength(2);
    const others: readonly [StaffActor, Record<string, string>][] = [
      [person('inspector-inspektorat'), {}],
      [coordinator, { state: 'assigned' }],
      [coordinator, { label: 'x' }],
      [coordinator, { dueTo: '2027-01-01' }],
    ];
    for (const [actor, query] of others)
      await expect(asked(actor, { ...query, cursor })).rejects.toMatchObject({ code: 'badCursor' });
  });
});

describe('what has ended', () => {
  test('lies in the month of the city, newest first', async () => {
    const asked = (month: string, size = '1') =>
      codes(coordinator, { unit: 'triage', month, size }, listClosed);
    expect(await asked('2026-11')).toEqual(['OLD1']);
    expect(await asked('2026-12')).toEqual(['OLD3', 'OLD2']);
    expect(await asked('2027-01')).toEqual([]);
  });

  test('is not shown to whoever may not look there', async () => {
    const asked = codes(person('liaison-pupr'), { unit: 'triage', month: '2026-12' }, listClosed);
    await expect(asked).rejects.toMatchObject({ code: 'unknownUnit' });
  });
});

describe('due dates', () => {
  test('a range holds what falls due in it, whatever its bounds', async () => {
    const all = records.filter((r) => r.closedAt === undefined && !r.flags.oversight);
    const dueOf = async () => {
      const { body } = await lists(depsOf(tables.cases, city)).listCases(
        callOf(coordinator, { query: z.parse(listCases.query, { queue: 'all', size: '100' }) }),
      );
      return new Map(body.cases.map((one) => [one.code, one.due ?? '']));
    };
    const due = await dueOf();
    expect(due.size).toBe(all.length);
    const days = fc.integer({ min: 20, max: 30 }).map((n) => `2026-11-${n}`);
    await fc.assert(
      fc.asyncProperty(days, days, async (a, b) => {
        const [dueFrom = '', dueTo = ''] = [a, b].sort();
        const localDay = (at: string) => new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 10);
        const expected = [...due].flatMap(([code, at]) =>
          localDay(at) >= dueFrom && localDay(at) <= dueTo ? [code] : [],
        );
        expect([...(await codes(coordinator, { queue: 'all', dueFrom, dueTo }))].sort()).toEqual(
          expected.sort(),
        );
      }),
      { numRuns: 15 },
    );
  });
});
