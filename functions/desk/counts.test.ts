import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { staffOf } from '../../test/city.ts';
import { type FigureTables, figureTables } from '../../test/figures.ts';
import { lastOf, type Plan, plans, snapshotsOf } from '../../test/histories.ts';
import { dice } from '../../test/interleave.ts';
import type { StaffActor } from '../cases/actor.ts';
import { projector } from '../figures/project.ts';
import { figureStore } from '../figures/store.ts';
import type { Table } from '../kernel/table.ts';
import { desk } from './contract.ts';
import { queuesOf } from './counts.ts';
import { lists } from './lists.ts';
import { operations } from './operations.ts';
import type { Queue } from './queues.ts';
import { assigned, callOf, depsOf, deskCity, deskDeps, everybody, now, stored } from './test/world.ts';

const city = deskCity();
/** A whole minute, some weeks into the histories. */
const later = '2026-12-14T03:00:00Z';

let tables: FigureTables;
beforeAll(async () => {
  tables = await figureTables();
});
afterAll(() => tables.stop());

const { listCases, countQueues } = desk.operations;

const listedBy = async (table: Table, actor: StaffActor, queue: Queue, more = {}): Promise<number> => {
  const { body } = await lists(depsOf(table, city, later)).listCases(
    callOf(actor, { query: z.parse(listCases.query, { queue, size: '100', ...more }) }),
  );
  if (body.next !== null) throw new Error('more than a page');
  return body.cases.length;
};

const counted = async (table: Table, actor: StaffActor, names?: string, at = later) => {
  const deps = deskDeps(table, city, at);
  const { body } = await operations(deps).countQueues(
    callOf(actor, { query: z.parse(countQueues.query, { queues: names }) }),
  );
  return z.parse(countQueues.response, body).counts;
};

/** Cases with whole histories, some of them given to people, whose images come in any order, some twice. */
const cityOf = async (of: readonly Plan[], seed: number): Promise<Table> => {
  const { table } = await tables.fresh();
  const histories = of.map((plan, i) => snapshotsOf(city, plan, `CASE${i}`));
  const given = [
    assigned(city, 'GIVEN1', 'pupr', { person: 'liaison-pupr' }),
    assigned(city, 'GIVEN2', 'perkim', { person: 'officer-perkim', category: 'kekerasan' }),
    assigned(city, 'GIVEN3', 'regu-jalan', { person: 'officer-regu-jalan' }),
  ];
  await stored(table, [...histories.map(lastOf), ...given]);
  const { shuffled, next } = dice(seed);
  const images = [...histories.flat(), ...given];
  const project = projector({ store: figureStore(table), city: async () => city });
  for (const image of shuffled([...images, ...images.filter(() => next() < 0.3)])) await project([image]);
  return table;
};

/** Whether every number that everybody gets is that of the list behind it. */
const agree = async (table: Table, count = counted): Promise<boolean> => {
  for (const actor of everybody(city)) {
    for (const { queue, open, overdue } of await count(table, actor)) {
      if (open !== (await listedBy(table, actor, queue))) return false;
      if (overdue !== null && overdue !== (await listedBy(table, actor, queue, { overdue: 'true' })))
        return false;
    }
  }
  return true;
};

const worlds = fc.tuple(plans(6, 7), fc.integer());

describe('the number of a queue', () => {
  test('is that of the cases that its reader finds in it, for every person and queue', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async ([of, seed]) => {
        expect(await agree(await cityOf(of, seed))).toBe(true);
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  const twins: readonly (readonly [string, typeof counted])[] = [
    [
      'leaves out what only its assignee may know',
      (table, actor, names) => counted(table, { ...actor, id: 'nobody' }, names),
    ],
    [
      'counts for a coordinator what an inspector sees',
      (table, actor, names) =>
        actor.role === 'coordinator'
          ? counted(table, { ...actor, role: 'inspector' }, names ?? queuesOf(city, actor).join(','))
          : counted(table, actor, names),
    ],
  ];
  test.each(twins)(
    'a twin that %s is caught',
    async (_, twin) => {
      const { failed } = await fc.check(
        fc.asyncProperty(worlds, async ([of, seed]) => agree(await cityOf(of, seed), twin)),
        { numRuns: 6, seed: 1 },
      );
      expect(failed).toBe(true);
    },
    120_000,
  );

  test('is given for queues of one’s own only', async () => {
    const { table } = await tables.fresh();
    const liaison = staffOf(city, 'liaison', 'pupr');
    expect((await counted(table, liaison, 'mine,unit')).map(({ queue }) => queue)).toEqual(['mine', 'unit']);
    await expect(counted(table, liaison, 'mine,triage')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(counted(table, liaison, 'mine,nothing')).rejects.toMatchObject({ code: 'invalidInput' });
  });

  test('costs a few read units and no read of any case', async () => {
    const table = await cityOf([], 1);
    const read: string[] = [];
    const watched: Table = {
      ...table,
      query: (input) => {
        read.push(String(input.values[':pk']));
        return table.query(input);
      },
      get: () => Promise.reject(new Error('a case was read')),
    };
    for (const actor of everybody(city)) {
      read.length = 0;
      await counted(watched, actor);
      expect(read.length).toBeLessThanOrEqual(6);
      expect(read.filter((pk) => !pk.startsWith('M#'))).toEqual([]);
    }
  });

  test('falls due today before it is overdue', async () => {
    const { table } = await tables.fresh();
    const record = assigned(city, 'DUE', 'pupr');
    await stored(table, [record]);
    await projector({ store: figureStore(table), city: async () => city })([record]);
    const due = record.wakeAt ?? '';
    const at = async (moment: string) => {
      const [unit] = await counted(table, staffOf(city, 'head', 'pupr'), 'unit', moment);
      return [unit?.open, unit?.overdue, unit?.dueToday];
    };
    expect(await at(now)).toEqual([1, 0, 0]);
    expect(await at(`${due.slice(0, 10)}T01:00:00Z`)).toEqual([1, 0, 1]);
    expect(await at(`${due.slice(0, 11)}23:59:00Z`)).toEqual([1, 1, 0]);
  });
});

test('every role has queues', () => {
  for (const actor of everybody(city)) expect(queuesOf(city, actor)).not.toEqual([]);
});
