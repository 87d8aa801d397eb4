import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { code, issuer, key, type StaffWorld, staffWorld, system } from '../../test/staff.ts';
import { tableOf } from '../kernel/table.ts';
import { revoke } from './change.ts';
import { invite } from './invite.ts';
import { type Binding, staffStore } from './store.ts';

let tables: TestTables;
let world: StaffWorld;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());
beforeEach(() => {
  world = staffWorld(tables.cases);
});

describe('an invitation', () => {
  it('makes account, record, sign-in and audit, and answers the same to the same key', async () => {
    const by = await world.coordinator();
    const asked = world.wish({ channels: { telegram: '@rina_pupr' } });
    const first = await invite(world.deps, by, asked, key('a'));
    const again = await invite(world.deps, by, asked, key('a'));
    expect(again).toMatchObject({
      id: first.id,
      status: 'invited',
      rev: 1,
      channels: { telegram: '@rina_pupr' },
    });
    expect(world.accounts.opened.filter((e) => e === asked.email)).toHaveLength(1);
    expect(await world.deps.store.bound(issuer, first.account?.subject ?? '')).toBe(first.id);
    expect(await world.deps.store.audit(first.id, 1)).toMatchObject({
      what: 'invited',
      actor: by.id,
      before: null,
    });
  });

  it('with a used key and other input is refused', async () => {
    const by = await world.coordinator();
    await invite(world.deps, by, world.wish(), key('b'));
    expect(await code(invite(world.deps, by, world.wish({ name: 'Sari' }), key('b')))).toBe('keyReused');
  });

  it('of an address that somebody has is refused, however it is spelt', async () => {
    const there = await world.make();
    expect(await code(world.make({ email: ` ${there.email.toUpperCase()}` }))).toBe('conflict');
  });

  it('of two at once for one address makes one person', async () => {
    const by = await world.coordinator();
    const email = 'sama@kota.go.id';
    const both = await Promise.all(
      [1, 2, 3].map((n) => code(invite(world.deps, by, world.wish({ email }), key(`same${n}`)))),
    );
    expect(both.sort()).toEqual(['conflict', 'conflict', 'done']);
  });

  it('that broke between pool and table is taken up by its retry, with the same account', async () => {
    let broken = true;
    const client = tables.client;
    const table = tableOf(
      {
        send: (command: never) => {
          if (broken && (command as object) instanceof TransactWriteItemsCommand) {
            broken = false;
            return Promise.reject(new Error('the connection broke'));
          }
          return client.send(command);
        },
      } as unknown as typeof client,
      tables.names.cases,
    );
    const torn = { ...world.deps, store: staffStore(table) };
    const asked = world.wish();
    expect(await code(invite(torn, system, asked, key('torn')))).toEqual(new Error('the connection broke'));
    const healed = await invite(torn, system, asked, key('torn'));
    expect(world.accounts.opened).toEqual([asked.email]);
    expect(await world.deps.store.bound(issuer, healed.account?.subject ?? '')).toBe(healed.id);
  });

  it('of a revoked person’s address makes another person with another account', async () => {
    const by = await world.coordinator();
    const gone = await world.make();
    await revoke(world.deps, by, gone.id, 'pindah tugas');
    const next = await invite(
      world.deps,
      by,
      world.wish({ email: gone.email, name: 'Penerus' }),
      key('next'),
    );
    expect(next.id).not.toBe(gone.id);
    expect(next.account?.subject).not.toBe(gone.account?.subject);
    expect(await world.deps.store.bound(issuer, gone.account?.subject ?? '')).toBe(gone.id);
  });

  it('never takes the account of somebody who is here, though it carries another address by now', async () => {
    const there = await world.make();
    const { account } = there;
    if (account === undefined) throw new Error('no account');
    const accounts = {
      ...world.accounts,
      open: async (_: unknown, served: (found: Binding) => Promise<boolean>) => {
        expect(await served(account)).toBe('never answered');
        return account;
      },
    };
    expect(await code(invite({ ...world.deps, accounts }, system, world.wish(), key('moved')))).toBe(
      'conflict',
    );
    expect((await world.deps.store.byId(there.id))?.status).toBe('invited');
  });

  it('to a position that somebody holds is refused until it is given up', async () => {
    const by = await world.coordinator();
    const post = { role: 'executive', unit: 'setda', position: 'sekda' } as const;
    const sekda = await world.make(post);
    expect(await code(world.make(post))).toBe('positionHeld');
    await revoke(world.deps, by, sekda.id, 'purnatugas');
    expect(await code(world.make(post))).toBe('done');
  });

  it('by a coordinator who was revoked meanwhile is refused', async () => {
    const [a, b] = [await world.coordinator(), await world.coordinator()];
    await revoke(world.deps, a, b.id, 'pindah');
    expect(await code(invite(world.deps, b, world.wish(), key('late')))).toBe('notStaff');
  });
});
