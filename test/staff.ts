import type { StaffActor } from '../functions/cases/actor.ts';
import { keysFrom } from '../functions/kernel/keys.ts';
import type { Table } from '../functions/kernel/table.ts';
import { staffActorOf } from '../functions/people/actors.ts';
import type { StaffRecord } from '../functions/people/staff.ts';
import type { Accounts } from '../functions/staff/accounts.ts';
import { type Invitation, invite, type StaffDeps } from '../functions/staff/invite.ts';
import { type Binding, staffStore } from '../functions/staff/store.ts';
import { smallCity } from './small-city.ts';

export const issuer = 'https://issuer.example';
export const system = { kind: 'system', id: 'test' } as const;
export const testKeys = keysFrom(
  JSON.stringify({ current: 'k1', k1: 'root key of a test, long enough to be one' }),
);

/** An idempotency key that says which one it is. */
export const key = (text: string): string => text.padEnd(22, '-');

/** `done`, the code of a refusal, or whatever else was thrown. */
export const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(() => 'done').catch((e: { code?: string }) => e.code ?? e);

/** A pool in memory: one account an address, as Cognito keeps them. */
const memoryAccounts = (next: () => number) => {
  const pool = new Map<string, Binding & { enabled: boolean }>();
  const opened: string[] = [];
  const closed: string[] = [];
  const accounts: Accounts = {
    open: async ({ email }, served) => {
      const there = pool.get(email);
      if (there?.enabled === true && !(await served(there))) return { issuer, subject: there.subject };
      const made = { issuer, subject: `sub-${next()}`, enabled: true };
      pool.set(email, made);
      opened.push(email);
      return { issuer, subject: made.subject };
    },
    close: async ({ subject }) => {
      for (const account of pool.values()) if (account.subject === subject) account.enabled = false;
      closed.push(subject);
    },
  };
  return { ...accounts, opened, closed };
};

export interface StaffWorld {
  readonly deps: StaffDeps;
  readonly accounts: ReturnType<typeof memoryAccounts>;
  readonly wish: (more?: Partial<Invitation>) => Invitation;
  readonly make: (more?: Partial<Invitation>) => Promise<StaffRecord>;
  readonly coordinator: () => Promise<StaffActor>;
}

let serial = 0;
const next = (): number => {
  serial += 1;
  return serial;
};

/** The staff of the small city on a real table, with a pool in memory. */
export const staffWorld = (table: Table): StaffWorld => {
  const city = smallCity();
  const accounts = memoryAccounts(next);
  const deps: StaffDeps = {
    store: staffStore(table),
    accounts,
    city: async () => city,
    keys: async () => testKeys,
    now: () => '2026-11-23T01:00:00Z',
  };
  const wish = (more: Partial<Invitation> = {}): Invitation => ({
    name: 'Rina',
    email: `orang-${next()}@kota.go.id`,
    role: 'liaison',
    unit: 'pupr',
    ...more,
  });
  const make = async (more: Partial<Invitation> = {}): Promise<StaffRecord> => {
    const invitation = wish(more);
    return invite(deps, system, invitation, key(invitation.email));
  };
  return {
    deps,
    accounts,
    wish,
    make,
    coordinator: async () => staffActorOf(await make({ role: 'coordinator', unit: 'kominfo' }), city),
  };
};
