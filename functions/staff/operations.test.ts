import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { smallCity } from '../../test/small-city.ts';
import type { StaffActor } from '../cases/actor.ts';
import { keysFrom } from '../kernel/keys.ts';
import { staffActorOf } from '../people/actors.ts';
import { noAccounts } from './accounts.ts';
import { delegationStore } from './delegation-store.ts';
import { invite } from './invite.ts';
import { operations } from './operations.ts';
import { staffStore } from './store.ts';

const city = smallCity();
const keys = keysFrom(JSON.stringify({ current: 'k1', k1: 'root key of a test, long enough to be one' }));
let tables: TestTables;
let run: ReturnType<typeof operations>;
let boss: StaffActor;
let other: StaffActor;
const frame = { language: 'id', idempotencyKey: '', ifMatch: -1, address: '', requestId: '' } as const;

beforeAll(async () => {
  tables = await testTables();
  const deps = {
    store: staffStore(tables.cases),
    accounts: noAccounts,
    city: async () => city,
    keys: async () => keys,
    now: () => '2026-11-23T01:00:00Z',
  };
  run = operations({ ...deps, delegations: delegationStore(tables.cases), issuers: [] });
  const make = (name: string, role: 'coordinator' | 'officer', unit: string) =>
    invite(
      deps,
      { kind: 'system', id: 'test' },
      { name, email: `${name}@kota.go.id`, role, unit },
      name.padEnd(22, '-'),
    );
  boss = staffActorOf(await make('boss', 'coordinator', 'kominfo'), city);
  other = staffActorOf(await make('other', 'coordinator', 'kominfo'), city);
  for (let i = 0; i < 7; i += 1) await make(`jalan${i}`, 'officer', i < 3 ? 'pupr' : 'bidang-jalan');
});
afterAll(() => tables.stop());

const list = (query: { unit?: string; cursor?: string; size: number }, actor = boss) =>
  run.listStaff({ ...frame, actor, input: { params: undefined, query, body: undefined } });

const walk = async (unit: string | undefined, size: number): Promise<string[]> => {
  const names: string[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 20; pages += 1) {
    const { body } = await list({
      size,
      ...(unit === undefined ? {} : { unit }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    names.push(...body.staff.map((s) => s.name));
    if (body.next === null) return names;
    cursor = body.next;
  }
  throw new Error('the list does not end');
};

it.each([1, 2, 3, 100])('pages of %i show everybody once', async (size) => {
  const all = await walk(undefined, size);
  expect([all.length, new Set(all).size]).toEqual([9, 9]);
});

it.each([1, 2, 3, 100])('of a unit, pages of %i show it and everything below it once', async (size) => {
  const all = await walk('pupr', size);
  expect(all.sort()).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => `jalan${i}`));
});

it('a cursor is of one list and one caller', async () => {
  const { body } = await list({ size: 2 });
  const cursor = body.next ?? '';
  expect(cursor).not.toBe('');
  for (const [query, actor] of [
    [{ size: 2, cursor }, other],
    [{ size: 2, cursor, unit: 'pupr' }, boss],
    [{ size: 2, cursor: `${cursor.slice(0, -2)}xx` }, boss],
  ] as const) {
    await expect(list(query, actor)).rejects.toMatchObject({ code: 'badCursor' });
  }
});

it('an unknown unit is named', async () => {
  await expect(list({ size: 2, unit: 'nirwana' })).rejects.toMatchObject({ code: 'unknownUnit' });
});

it('the audit of somebody who is not there does not exist', async () => {
  const input = { params: { id: 'abcdefgh' }, query: { size: 5 }, body: undefined };
  await expect(run.auditStaff({ ...frame, actor: boss, input })).rejects.toMatchObject({ code: 'notFound' });
  const own = { ...input, params: { id: boss.id } };
  const { body } = await run.auditStaff({ ...frame, actor: boss, input: own });
  expect(body.changes).toMatchObject([{ what: 'invited', actor: 'system|test', after: { position: null } }]);
});
