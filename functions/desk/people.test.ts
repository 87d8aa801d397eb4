import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { taken } from '../../test/cases.ts';
import { staffOf } from '../../test/city.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import { key } from '../../test/staff.ts';
import type { StaffActor } from '../cases/actor.ts';
import { caseStore } from '../cases/store.ts';
import { projector } from '../figures/project.ts';
import { figureStore } from '../figures/store.ts';
import type { Table } from '../kernel/table.ts';
import { operations } from './operations.ts';
import { assigned, callOf, deskCity, deskDeps, hired, stored } from './test/world.ts';

const city = deskCity();
const head = staffOf(city, 'head', 'perkim');
const liaison = staffOf(city, 'liaison', 'perkim');
const officer = staffOf(city, 'officer', 'perkim');
const other = staffOf(city, 'officer', 'perkim', 'officer-2');
const stranger = staffOf(city, 'head', 'pupr');

const codes = ['A', 'B', 'C', 'SECRET'];
const records = codes.map((code) =>
  assigned(city, code, 'perkim', {
    person: officer.id,
    category: code === 'SECRET' ? 'kekerasan' : 'sampah',
  }),
);

let tables: FigureTables;
let table: Table;
beforeAll(async () => {
  tables = await figureTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  ({ table } = await tables.fresh());
  await stored(table, records);
  for (const person of [head, liaison, officer, other, stranger]) await hired(table, person);
});

const run = (more: { readonly clock?: () => number } = {}) =>
  operations({ ...deskDeps(table, city), ...more });
const assignees = async () => {
  const store = caseStore(table);
  return Promise.all(codes.map(async (code) => (await store.read(code))?.assignee ?? null));
};
const handOver = async (actor: StaffActor, to: string | null, how: string, more = {}) =>
  (await run(more).handOver(callOf(actor, { body: { from: officer.id, to } }, { idempotencyKey: key(how) })))
    .body;
const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    (e: { code?: string }) => e.code ?? e,
  );

describe('a hand-over', () => {
  test('gives all of a person’s cases to a colleague, each result told, once whatever the retries', async () => {
    const first = await handOver(head, other.id, 'one');
    expect(first.results.map(({ result }) => result)).toEqual(['done', 'done', 'done', 'done']);
    expect(first.more).toBe(false);
    expect(await assignees()).toEqual(codes.map(() => other.id));
    expect(await handOver(head, other.id, 'one')).toEqual(first);
    const store = caseStore(table);
    for (const code of codes) expect((await store.read(code))?.seq).toBe(3);
  });

  test('takes planned ones along, which wait for their year', async () => {
    const store = caseStore(table);
    const working = taken(city, assigned(city, 'PLAN', 'perkim', { person: officer.id }), officer, 'accept');
    const plan = { date: '2027-06-30', source: 'dpa', year: 2027, text: 'DPA.' };
    await store.create(taken(city, working, head, 'plan', plan));
    const { results } = await handOver(head, other.id, 'planned');
    expect(results.find(({ code }) => code === 'PLAN')).toMatchObject({ result: 'done', state: 'planned' });
    expect((await store.read('PLAN'))?.assignee).toBe(other.id);
  });

  test('leaves with the person what the caller may not know of', async () => {
    expect((await handOver(liaison, null, 'two')).results.map(({ code }) => code)).toEqual(['A', 'B', 'C']);
    expect(await assignees()).toEqual([null, null, null, officer.id]);
  });

  test('stops in time and goes on by the same key', async () => {
    let time = 0;
    const slow = () => {
      time += 3000;
      return time;
    };
    const first = await handOver(head, other.id, 'three', { clock: slow });
    expect(first.more).toBe(true);
    expect(new Set(first.results.map(({ result }) => result))).toEqual(new Set(['done', 'notReached']));
    const second = await handOver(head, other.id, 'three');
    expect(second.results.map(({ result }) => result)).toEqual(['done', 'done', 'done', 'done']);
    expect(await assignees()).toEqual(codes.map(() => other.id));
  });

  test('does not take from a case that went on meanwhile', async () => {
    const deps = deskDeps(table, city);
    const { note } = deps.handovers;
    const late = operations({
      ...deps,
      handovers: {
        note: async (...args) => {
          const noted = await note(...args);
          await run().act(
            callOf(
              head,
              { params: { code: 'B', action: 'assign' }, body: { unit: 'perkim', person: liaison.id } },
              { idempotencyKey: key('between'), ifMatch: 2 },
            ),
          );
          return noted;
        },
      },
    });
    const { body } = await late.handOver(
      callOf(head, { body: { from: officer.id, to: other.id } }, { idempotencyKey: key('five') }),
    );
    expect(body.results.find(({ code }) => code === 'B')).toMatchObject({ problem: 'staleVersion' });
    expect(await assignees()).toEqual([other.id, liaison.id, other.id, other.id]);
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['of another unit', () => handOver(stranger, null, 'six'), 'unknownPerson'],
    ['to somebody of another unit', () => handOver(head, stranger.id, 'seven'), 'unknownPerson'],
    ['to the same person', () => handOver(head, officer.id, 'eight'), 'unknownPerson'],
  ])('%s is refused', async (_, asked, code) => {
    expect(await refusal(asked())).toBe(code);
  });

  test('with a key that was used for another one is refused', async () => {
    await handOver(head, null, 'nine');
    expect(await refusal(handOver(head, other.id, 'nine'))).toBe('keyReused');
  });
});

describe('the workload of a unit', () => {
  const load = async (actor: StaffActor) => {
    await projector({ store: figureStore(table), city: async () => city })(records);
    const { body } = await run().workload(callOf(actor, { query: {} }));
    return body.people.map(({ id, open, overdue, dueThisWeek, standIn }) => [
      id,
      open,
      overdue,
      dueThisWeek,
      standIn,
    ]);
  };

  test('counts for its head all, for a colleague what that one may know', async () => {
    const nobodyElse = [head.id, liaison.id, other.id].map((id) => [id, 0, 0, 0, null]);
    const sorted = (rows: readonly (readonly unknown[])[]) => [...rows].sort();
    expect(sorted(await load(head))).toEqual(sorted([...nobodyElse, [officer.id, 4, 0, 0, null]]));
    expect(sorted(await load(other))).toEqual(sorted([...nobodyElse, [officer.id, 3, 0, 0, null]]));
  });
});

describe('a batch', () => {
  const batch = async (cases: readonly { code: string; seq: number }[], how = 'batch', actor = head) =>
    (
      await run().batch(
        callOf(
          actor,
          { body: { action: 'note', input: { text: 'Survei bersama.' }, cases: [...cases] } },
          { idempotencyKey: key(how) },
        ),
      )
    ).body.results;

  test('tells each result, and repeated gives the same ones', async () => {
    const cases = [
      { code: 'A', seq: 2 },
      { code: 'B', seq: 1 },
      { code: 'NOWHERE', seq: 1 },
      { code: 'SECRET', seq: 2 },
    ];
    const first = await batch(cases);
    expect(first.map((one) => (one.result === 'refused' ? one.problem : one.result))).toEqual([
      'done',
      'staleVersion',
      'notFound',
      'done',
    ]);
    expect(await batch(cases)).toEqual(first);
    expect((await batch(cases, 'another', liaison)).at(-1)).toMatchObject({ problem: 'notFound' });
  });

  test('refuses a case that stands in it twice', async () => {
    expect(
      await refusal(
        batch([
          { code: 'A', seq: 2 },
          { code: 'A', seq: 2 },
        ]),
      ),
    ).toBe('invalidInput');
  });
});

describe('a stand-in', () => {
  const acting: StaffActor = { ...other, standsFor: new Set([officer.id]) };

  test('finds the absent colleague’s queue, secret cases too, and acts in that one’s name', async () => {
    const { body } = await run().listCases(callOf(acting, { query: { queue: 'mine', size: 25 } }));
    expect(body.cases.map(({ code }) => code).sort()).toEqual(codes);
    const own = await run().listCases(callOf(other, { query: { queue: 'mine', size: 25 } }));
    expect(own.body.cases).toEqual([]);
    await run().act(
      callOf(
        acting,
        { params: { code: 'SECRET', action: 'accept' }, body: {} },
        { idempotencyKey: key('accept'), ifMatch: 2 },
      ),
    );
    const event = (await caseStore(table).read('SECRET'))?.events.at(-1);
    expect(event?.actor).toMatchObject({ id: other.id, onBehalfOf: officer.id });
  });
});
