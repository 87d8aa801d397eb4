import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { code, key, type StaffWorld, staffWorld } from '../../test/staff.ts';
import type { StaffActor } from '../cases/actor.ts';
import { staffActorOf } from '../people/actors.ts';
import { delegationReader, isNow } from '../people/delegations.ts';
import type { StaffRecord } from '../people/staff.ts';
import { type Misfit, misfitOf, overlaps } from './delegation.ts';
import { delegationStore } from './delegation-store.ts';
import { type DelegationDeps, delegate, delegationsOf, endDelegation, type Wish } from './delegations.ts';

let tables: TestTables;
let world: StaffWorld;
let deps: DelegationDeps;
beforeAll(async () => {
  tables = await testTables();
  world = staffWorld(tables.cases);
  deps = { ...world.deps, delegations: delegationStore(tables.cases) };
});
afterAll(() => tables.stop());

const actorOf = async (record: StaffRecord): Promise<StaffActor> => staffActorOf(record, await deps.city());
const wish = (to: string, more: Partial<Wish> = {}): Wish => ({
  delegate: to,
  from: '2026-11-24',
  until: '2026-11-27',
  reason: 'Cuti tahunan',
  ...more,
});
let serial = 0;
const fresh = (): string => {
  serial += 1;
  return key(`delegate-${serial}`);
};
const standings = (id: string) => delegationReader(tables.cases).standingsOf(id);

describe('days and people that do not fit', () => {
  const person = (id: string, unit = 'pupr') => ({ id, unit, status: 'active' as const });
  const days = { fromAt: '2026-11-23T15:00:00Z', untilAt: '2026-11-27T15:00:00Z' };
  const there = { v: 1 as const, rev: 0, spans: [] };
  const away = {
    ...there,
    spans: [{ id: 'x', delegate: 'c', fromAt: '2026-11-26T15:00:00Z', untilAt: '2026-12-01T15:00:00Z' }],
  };
  const base = {
    absent: person('a'),
    delegate: person('b'),
    from: '2026-11-24',
    until: '2026-11-27',
    ...days,
  };
  type Case = readonly [
    string,
    Partial<Parameters<typeof misfitOf>[0]>,
    typeof there | typeof away,
    typeof there | typeof away,
    Misfit | undefined,
  ];
  test.each<Case>([
    ['a colleague', {}, there, there, undefined],
    ['a day that is over', { from: '2026-11-22' }, there, there, { code: 'dateOutOfRange', field: '/from' }],
    [
      'an end before the start',
      { until: '2026-11-23' },
      there,
      there,
      { code: 'dateOutOfRange', field: '/until' },
    ],
    ['half a year', { until: '2027-05-23' }, there, there, { code: 'dateOutOfRange', field: '/until' }],
    ['oneself', { delegate: person('a') }, there, there, { code: 'ownDelegate', field: '/delegate' }],
    ['nobody', { delegate: undefined }, there, there, { code: 'unknownPerson', field: '/delegate' }],
    [
      'another unit',
      { delegate: person('b', 'kominfo') },
      there,
      there,
      { code: 'unknownPerson', field: '/delegate' },
    ],
    [
      'whoever left',
      { delegate: { ...person('b'), status: 'revoked' } },
      there,
      there,
      { code: 'unknownPerson', field: '/delegate' },
    ],
    ['whoever is absent too', {}, there, away, { code: 'delegateAbsent', field: '/delegate' }],
    ['days with a delegate', {}, away, there, { code: 'alreadyDelegated', field: '/from' }],
  ])('%s', (_, more, ofAbsent, ofDelegate, misfit) => {
    expect(misfitOf({ ...base, ...more }, '2026-11-23', ofAbsent, ofDelegate)).toEqual(misfit);
  });

  test('spans that touch do not overlap', () => {
    expect(overlaps(days, { fromAt: days.untilAt, untilAt: '2026-12-01T15:00:00Z' })).toBe(false);
    expect(isNow(days, days.fromAt) && !isNow(days, days.untilAt)).toBe(true);
  });
});

describe('a delegation', () => {
  test('is made by the person, the head or a coordinator, once whatever the retries, and by nobody else', async () => {
    const [budi, rina, head, other] = await Promise.all([
      world.make({ role: 'officer' }),
      world.make({ role: 'officer' }),
      world.make({ role: 'head' }),
      world.make({ role: 'head', unit: 'kominfo' }),
    ]);
    const again = fresh();
    const self = await actorOf(budi);
    const made = await delegate(deps, self, budi.id, wish(rina.id), again);
    expect(await delegate(deps, self, budi.id, wish(rina.id), again)).toEqual(made);
    expect(await code(delegate(deps, self, budi.id, wish(rina.id, { until: '2026-11-25' }), again))).toBe(
      'keyReused',
    );
    expect((await standings(rina.id)).map(({ absent }) => absent)).toEqual([budi.id]);
    const later = { from: '2026-12-01', until: '2026-12-02' };
    expect(await code(delegate(deps, await actorOf(head), budi.id, wish(rina.id, later), fresh()))).toBe(
      'done',
    );
    for (const stranger of [rina, other])
      expect(await code(delegate(deps, await actorOf(stranger), budi.id, wish(rina.id), fresh()))).toBe(
        'notFound',
      );
    const list = await delegationsOf(deps, await world.coordinator(), budi.id, undefined, 1);
    expect([list.found.map(({ from }) => from), list.more]).toEqual([['2026-12-01'], true]);
    const rest = await delegationsOf(deps, self, budi.id, list.found[0]?.id, 1);
    expect([rest.found.map(({ from }) => from), rest.more]).toEqual([['2026-11-24'], false]);
  });

  test('ends when it is revoked, and says who did', async () => {
    const [budi, rina] = await Promise.all([
      world.make({ role: 'officer' }),
      world.make({ role: 'officer' }),
    ]);
    const self = await actorOf(budi);
    const made = await delegate(deps, self, budi.id, wish(rina.id), fresh());
    const ended = await endDelegation(deps, self, budi.id, made.id, 'Cuti batal');
    expect(ended.revoked).toMatchObject({ by: budi.id, reason: 'Cuti batal' });
    expect(await endDelegation(deps, self, budi.id, made.id, 'lagi')).toEqual(ended);
    expect((await standings(rina.id)).filter((one) => isNow(one, '2026-11-25T03:00:00Z'))).toEqual([]);
    // Its days are free again.
    expect(await code(delegate(deps, self, budi.id, wish(rina.id), fresh()))).toBe('done');
    expect(await code(endDelegation(deps, self, budi.id, '20261124-x', '-'))).toBe('notFound');
  });

  test('never closes a circle, not even when both are made at once', async () => {
    for (let i = 0; i < 5; i += 1) {
      const people = await Promise.all([1, 2, 3].map(() => world.make({ role: 'officer' })));
      const boss = await world.coordinator();
      const made = await Promise.all(
        people.map((person, n) =>
          code(delegate(deps, boss, person.id, wish(people[(n + 1) % 3]?.id ?? ''), fresh())),
        ),
      );
      expect(made.filter((one) => one === 'done').length).toBeLessThan(3);
      expect(made.filter((one) => one !== 'done' && one !== 'delegateAbsent' && one !== 'busy')).toEqual([]);
    }
  });
});
