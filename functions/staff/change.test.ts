import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestTables, testTables } from '../../test/engine.ts';
import { code, issuer, type StaffWorld, staffWorld } from '../../test/staff.ts';
import { bind, change, revoke } from './change.ts';

let tables: TestTables;
let world: StaffWorld;
beforeAll(async () => {
  tables = await testTables();
});
afterAll(() => tables.stop());
beforeEach(() => {
  world = staffWorld(tables.cases);
});

describe('a change', () => {
  it('is refused when the record moved since, and told where it stands', async () => {
    const by = await world.coordinator();
    const { id } = await world.make();
    const after = await change(world.deps, by, id, 1, { unit: 'dukcapil', reason: 'mutasi' });
    expect(after).toMatchObject({ unit: 'dukcapil', rev: 2 });
    await expect(change(world.deps, by, id, 1, { unit: 'pupr', reason: 'mutasi' })).rejects.toMatchObject({
      code: 'staleRecord',
      extra: { rev: 2 },
    });
    const { changes } = await world.deps.store.audits(id, undefined, 10);
    expect(changes.map(({ what, rev }) => [what, rev])).toEqual([
      ['changed', 2],
      ['invited', 1],
    ]);
    expect(changes[0]).toMatchObject({
      before: { unit: 'pupr' },
      after: { unit: 'dukcapil' },
      reason: 'mutasi',
    });
  });

  it('of two at once, one wins', async () => {
    const by = await world.coordinator();
    const { id } = await world.make();
    const results = await Promise.all(
      ['Satu', 'Dua'].map((name) => code(change(world.deps, by, id, 1, { name, reason: 'ejaan' }))),
    );
    expect(results.sort()).toEqual(['done', 'staleRecord']);
  });

  it('moves the index with the unit, so that the old unit is not told any more', async () => {
    const by = await world.coordinator();
    const { id } = await world.make({ unit: 'pemadam' });
    await change(world.deps, by, id, 1, { unit: 'dukcapil', reason: 'mutasi' });
    expect((await world.deps.store.listUnit('pemadam', undefined, 10)).rows).toEqual([]);
  });

  it('of one’s own rights is refused; of one’s own name it is not', async () => {
    const by = await world.coordinator();
    expect(await code(change(world.deps, by, by.id, 1, { role: 'officer', reason: 'cuti' }))).toBe(
      'ownAccess',
    );
    expect(await code(change(world.deps, by, by.id, 1, { name: 'Nama Baru', reason: 'ejaan' }))).toBe('done');
  });
});

describe('revoking', () => {
  it('ends record and account, once, and ends the account again when repeated', async () => {
    const by = await world.coordinator();
    const { id, account } = await world.make();
    await revoke(world.deps, by, id, 'pindah');
    expect(await revoke(world.deps, by, id, 'pindah')).toMatchObject({ status: 'revoked', rev: 2 });
    expect(world.accounts.closed).toEqual([account?.subject, account?.subject]);
    expect(await code(change(world.deps, by, id, 2, { name: 'X Y', reason: 'uji' }))).toBe('personRevoked');
  });

  it('of oneself is refused', async () => {
    const by = await world.coordinator();
    expect(await code(revoke(world.deps, by, by.id, 'berhenti'))).toBe('ownAccess');
  });

  it('of each other at once leaves one coordinator', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b] = [await world.coordinator(), await world.coordinator()];
      const results = await Promise.all([
        code(revoke(world.deps, a, b.id, 'saling cabut')),
        code(revoke(world.deps, b, a.id, 'saling cabut')),
      ]);
      expect(results.sort()).toEqual(['done', 'notStaff']);
      const standing = await Promise.all([a, b].map(({ id }) => world.deps.store.byId(id)));
      expect(standing.filter((p) => p?.status !== 'revoked')).toHaveLength(1);
    }
  });
});

describe('a first sign-in', () => {
  const from = (subject: string, verifiedEmail: string | undefined, of = issuer) =>
    ({ kind: 'signedIn', issuer: of, subject, verifiedEmail }) as const;

  it('through a foreign issuer is bound by verified email, once', async () => {
    const there = await world.make();
    const bound = await bind(world.deps, [issuer], from('foreign-1', there.email.toUpperCase()));
    expect(bound).toMatchObject({ id: there.id, status: 'active', rev: 2 });
    expect(await world.deps.store.bound(issuer, 'foreign-1')).toBe(there.id);
    expect(await bind(world.deps, [issuer], from('foreign-1', undefined))).toMatchObject({ rev: 2 });
    expect(await code(bind(world.deps, [issuer], from('foreign-2', there.email)))).toBe('conflict');
  });

  it('through the own pool only marks the person as active', async () => {
    const { id, account } = await world.make();
    expect(await bind(world.deps, [issuer], from(account?.subject ?? '', undefined))).toMatchObject({
      id,
      status: 'active',
    });
  });

  it.each([
    ['an address that the issuer did not verify', undefined, issuer, 'emailUnverified'],
    ['an address that nobody invited', 'asing@lain.example', issuer, 'notStaff'],
    ['an issuer that the city does not know', 'asing@lain.example', 'https://evil.example', 'notStaff'],
  ])('with %s is refused', async (_, email, of, expected) => {
    expect(await code(bind(world.deps, [issuer], from('stranger', email, of)))).toBe(expected);
  });

  it('of a revoked person is refused, bound or not', async () => {
    const by = await world.coordinator();
    const { id, email, account } = await world.make();
    await revoke(world.deps, by, id, 'pindah');
    expect(await code(bind(world.deps, [issuer], from(account?.subject ?? '', email)))).toBe('notStaff');
    expect(await code(bind(world.deps, [issuer], from('foreign-9', email)))).toBe('notStaff');
  });
});
