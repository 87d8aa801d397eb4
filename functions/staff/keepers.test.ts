import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createTables, type TestTables, testTables } from '../../test/engine.ts';
import { smallCity } from '../../test/small-city.ts';
import { code, key, type StaffWorld, staffWorld } from '../../test/staff.ts';
import type { StaffActor } from '../cases/actor.ts';
import { tableOf } from '../kernel/table.ts';
import { staffActorOf } from '../people/actors.ts';
import { change, revoke } from './change.ts';
import { type Invitation, invite } from './invite.ts';

let tables: TestTables;
let world: StaffWorld;
let coordinator: StaffActor;
let made = 0;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());
beforeEach(async () => {
  made += 1;
  const names = { cases: `cases${made}`, identities: `identities${made}` };
  await createTables(tables.client, inject('tables'), names);
  world = staffWorld(tableOf(tables.client, names.cases));
  coordinator = await world.coordinator();
});

const inspecting = { role: 'inspector', unit: 'inspektorat' } as const;
const heading = { role: 'head', unit: 'inspektorat' } as const;
const inspector = async () => staffActorOf(await world.make(inspecting), smallCity());
const asks = (by: StaffActor, more: Partial<Invitation>) => {
  const wish = world.wish(more);
  return code(invite(world.deps, by, wish, key(wish.email)));
};
const changes = async (by: StaffActor, id: string, wish: Parameters<typeof change>[4]) => {
  const rev = (await world.deps.store.byId(id))?.rev ?? 0;
  return code(change(world.deps, by, id, rev, wish));
};
const reason = 'mutasi';

describe('a post that opens secret cases', () => {
  it('is given by a coordinator only while nobody inspects', async () => {
    expect(await asks(coordinator, heading)).toBe('done');
    expect(await asks(coordinator, inspecting)).toBe('done');
    expect(await asks(coordinator, inspecting)).toBe('inspectorNeeded');
    expect(await asks(coordinator, heading)).toBe('inspectorNeeded');
    expect(await asks(coordinator, { role: 'officer', unit: 'inspektorat' })).toBe('done');
  });

  it('is given by inspectors, who give no other', async () => {
    const by = await inspector();
    expect(await asks(by, inspecting)).toBe('done');
    expect(await asks(by, heading)).toBe('done');
    expect(await asks(by, { role: 'coordinator', unit: 'kominfo' })).toBe('forbidden');
    expect(await asks(by, { role: 'head', unit: 'pupr' })).toBe('forbidden');
  });

  it('is not reached by a change either, nor taken or turned to other addresses', async () => {
    const by = await inspector();
    const other = await inspector();
    const { id } = await world.make({ role: 'officer', unit: 'inspektorat' });
    expect(await changes(coordinator, id, { role: 'inspector', reason })).toBe('inspectorNeeded');
    expect(await changes(coordinator, id, { role: 'head', reason })).toBe('inspectorNeeded');
    expect(await changes(coordinator, other.id, { channels: { telegram: '12345' }, reason })).toBe(
      'inspectorNeeded',
    );
    expect(await code(revoke(world.deps, coordinator, other.id, reason))).toBe('inspectorNeeded');
    expect(await changes(by, id, { role: 'inspector', reason })).toBe('forbidden');
    expect(await changes(by, other.id, { name: 'Nama Baru', reason })).toBe('done');
    expect(await changes(by, by.id, { name: 'Nama Sendiri', reason })).toBe('done');
    expect(await code(revoke(world.deps, by, coordinator.id, reason))).toBe('forbidden');
    expect(await code(revoke(world.deps, by, other.id, reason))).toBe('done');
  });

  it('is never without anybody: of two inspectors who revoke each other at once one stays', async () => {
    const [a, b] = [await inspector(), await inspector()];
    const both = await Promise.all([
      code(revoke(world.deps, a, b.id, reason)),
      code(revoke(world.deps, b, a.id, reason)),
    ]);
    expect(both.sort()).toEqual(['done', 'notStaff']);
    expect(await asks(coordinator, inspecting)).toBe('inspectorNeeded');
  });
});
