import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filedCase } from '../../test/cases.ts';
import { staffOf, testCity } from '../../test/city.ts';
import { type TestTables, testTables } from '../../test/engine.ts';
import { visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import { subjectOf } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { caseItem, caseStore } from '../cases/store.ts';
import { roles } from '../kernel/contract.ts';
import { keysFrom } from '../kernel/keys.ts';
import { indexer } from '../postings/indexer.ts';
import { postingStore } from '../postings/store.ts';
import { operations } from './operations.ts';

const city = testCity();
const units = [
  null,
  'pupr',
  'pupr-jalan',
  'pupr-air',
  'perkim',
  'inspektorat',
  'timur',
  'ganting',
  'pemerintahan',
];
const areas = [null, '99.01.01', '99.01.01.1001', '99.01.01.1002'];
const kinds: readonly Partial<CaseRecord>[] = [
  {},
  { flags: { anonymous: false, confidential: true, oversight: false, emergency: false } },
  { flags: { anonymous: false, confidential: false, oversight: true, emergency: false } },
  { flags: { anonymous: true, confidential: true, oversight: true, emergency: false } },
  { about: 'kominfo' },
  { about: 'sekda' },
  { about: 'nobody' },
];
const holders: readonly Partial<CaseRecord>[] = [
  {},
  { assignee: 'officer-pupr-jalan' },
  { assignee: 'absent' },
  { validating: 'pemerintahan' },
  { validating: 'setda', assignee: 'officer-pupr' },
];

const people: readonly StaffActor[] = [
  ...roles.flatMap((role) =>
    ['kominfo', 'pupr', 'pupr-jalan', 'inspektorat', 'setda', 'pemerintahan', 'timur', 'ganting'].map(
      (unit) => staffOf(city, role, unit),
    ),
  ),
  staffOf(city, 'executive', 'setda', 'mayor', 'mayor'),
  { ...staffOf(city, 'officer', 'pupr-jalan', 'stands-in'), standsFor: new Set(['absent']) },
];

let tables: TestTables;
let ops: ReturnType<typeof operations>;
const all: CaseRecord[] = [];
beforeAll(async () => {
  tables = await testTables();
  const cases = caseStore(tables.cases);
  const index = indexer({ store: postingStore(tables.cases), cases, city: async () => city });
  const base = filedCase(city);
  const made: CaseRecord[] = [];
  for (const kind of kinds)
    for (const [i, unit] of units.entries())
      for (const [j, area] of areas.entries())
        for (const [k, holder] of holders.entries()) {
          // A third of all combinations, each value with each other one.
          if ((i + j + k) % 3 !== 0) continue;
          const n = made.length;
          made.push({
            ...{ ...base, ...kind, ...holder, unit, area, root: unit, code: `CASE${n}` },
            filedAt: `2026-0${1 + (n % 9)}-11T00:00:${String(n % 60).padStart(2, '0')}Z`,
            filing: { id: 'filed', fingerprint: 'f' },
          });
        }
  all.push(...made);
  for (let n = 0; n < made.length; n += 20)
    await Promise.all(
      made.slice(n, n + 20).map(async (record) => {
        await tables.cases.put(caseItem(record));
        const text = { v: 1 as const, id: 'filed', fingerprint: 'f', audience: 'reporter' as const };
        await cases.putText(record.code, {
          ...text,
          body: 'Jalan berlubang dekat pasar',
          at: record.filedAt,
        });
        await index(record.code);
      }),
    );
  const keys = keysFrom('{"current":"k1","k1":"test"}');
  ops = operations({
    cases,
    postings: postingStore(tables.cases),
    city: async () => city,
    keys: async () => keys,
  });
}, 120_000);
afterAll(() => tables.stop());

const ask = (actor: StaffActor, q: string, more: object = {}) =>
  ops.searchCases({
    actor,
    language: 'id',
    ...{ idempotencyKey: '', ifMatch: -1, address: '', requestId: '' },
    input: { params: undefined, body: undefined, query: { q, size: 100, ...more } },
  });

/** Every page's codes, and whether a page was ever followed by none. */
const everything = async (actor: StaffActor, q: string, more: object = {}): Promise<readonly string[]> => {
  const codes: string[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await ask(actor, q, { ...more, ...(cursor === undefined ? {} : { cursor }) });
    expect(body.narrow).toBe(false);
    if (cursor !== undefined) expect(body.cases).not.toEqual([]);
    codes.push(...body.cases.map(({ code }) => code));
    cursor = body.next ?? undefined;
  } while (cursor !== undefined);
  return codes;
};

const seenBy = (actor: StaffActor): readonly CaseRecord[] =>
  all.filter((record) => visibleTo(subjectOf(record), actor, city.substitutes));
const newestFirst = (records: readonly CaseRecord[]): readonly string[] =>
  [...records]
    .sort((a, b) => (`${a.filedAt}#${a.code}` < `${b.filedAt}#${b.code}` ? 1 : -1))
    .map(({ code }) => code);

describe('for all people and cases, a case is found by whom it is visible to, and by nobody else', () => {
  test.each(people.map((actor) => [actor.id, actor] as const))('%s', async (_, actor) => {
    const expected = newestFirst(seenBy(actor));
    expect(await everything(actor, 'jalannya')).toEqual(expected);
    expect(await everything(actor, 'pasar lubang', { size: 7 })).toEqual(expected);
    expect(await everything(actor, 'pasar lub*', { size: 30 })).toEqual(expected);
    expect(await everything(actor, 'jalan sekolah')).toEqual([]);
  });

  test('the table asks enough: some see all kinds, some nothing', () => {
    const counts = people.map((actor) => seenBy(actor).length);
    expect(Math.min(...counts)).toBe(0);
    expect(Math.max(...counts)).toBeGreaterThan(100);
    expect(all.length).toBeGreaterThan(400);
    expect(new Set(counts).size).toBeGreaterThan(10);
  });
});

describe('narrower', () => {
  const wide = people.filter(({ role }) => ['coordinator', 'inspector', 'executive', 'head'].includes(role));

  test.each(wide.map((actor) => [actor.id, actor] as const))('by unit, %s', async (_, actor) => {
    for (const [unit, branch] of [
      ['pupr', ['pupr', 'pupr-jalan', 'pupr-air']],
      ['pupr-jalan', ['pupr-jalan']],
      ['timur', ['timur', 'ganting']],
    ] as const) {
      const reaches = ['coordinator', 'inspector', 'executive'].includes(actor.role) || actor.units.has(unit);
      if (!reaches) {
        await expect(ask(actor, 'jalan', { unit })).rejects.toMatchObject({ code: 'unknownUnit' });
        continue;
      }
      const expected = seenBy(actor).filter((r) => (branch as readonly (string | null)[]).includes(r.unit));
      expect(await everything(actor, 'jalan', { unit, size: 40 })).toEqual(newestFirst(expected));
    }
  });

  test('by months of filing, both included', async () => {
    const coordinator = staffOf(city, 'coordinator', 'kominfo');
    const expected = seenBy(coordinator).filter(({ filedAt }) => filedAt >= '2026-03' && filedAt < '2026-05');
    expect(await everything(coordinator, 'jalan', { from: '2026-03', to: '2026-04' })).toEqual(
      newestFirst(expected),
    );
    await expect(ask(coordinator, 'jalan', { from: '2026-05', to: '2026-04' })).rejects.toMatchObject({
      code: 'monthsReversed',
    });
  });

  test('a cursor is its caller’s and its question’s alone', async () => {
    const coordinator = staffOf(city, 'coordinator', 'kominfo');
    const cursor = (await ask(coordinator, 'jalan', { size: 2 })).body.next ?? '';
    expect(cursor).not.toContain('CASE');
    const other = { ...coordinator, id: 'other' };
    for (const [who, q, more] of [
      [other, 'jalan', {}],
      [coordinator, 'pasar', {}],
      [coordinator, 'jalan', { unit: 'pupr' }],
      [coordinator, 'jalan', { from: '2026-01' }],
    ] as const)
      await expect(ask(who, q, { ...more, cursor })).rejects.toMatchObject({ code: 'badCursor' });
  });

  test.each([
    'yang di ke',
    '1',
    'la*',
    'satu dua tiga empat lima enam tujuh delapan sembilan',
  ])('%s is no question', async (q) => {
    await expect(ask(staffOf(city, 'coordinator', 'kominfo'), q)).rejects.toMatchObject({
      code: 'searchWords',
    });
  });
});
