import type { StaffActor } from '../cases/actor.ts';
import { localDate, startOfDay } from '../cases/clock/local.ts';
import { identify } from '../cases/commands.ts';
import type { City } from '../city/schema.ts';
import { problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Clock } from '../kernel/time.ts';
import type { Delegation } from '../people/delegations.ts';
import type { StaffRecord } from '../people/staff.ts';
import { mayDelegateFor, misfitOf, withoutSpan, withSpan } from './delegation.ts';
import type { DelegationStore } from './delegation-store.ts';

export interface DelegationDeps {
  readonly delegations: DelegationStore;
  readonly store: { readonly byId: (id: string) => Promise<StaffRecord | undefined> };
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
}

export interface Wish {
  readonly delegate: string;
  /** Local days, both included. */
  readonly from: string;
  readonly until: string;
  readonly reason: string;
}

const attempts = 4;

/** Whoever the caller may not decide for is, to the caller, nobody. */
const absentFor = async (deps: DelegationDeps, actor: StaffActor, id: string): Promise<StaffRecord> => {
  const person = await deps.store.byId(id);
  if (person === undefined || person.status === 'revoked' || !mayDelegateFor(actor, person))
    throw problem('notFound');
  return person;
};

/**
 * Names who acts for somebody in some days. Repeated with the same key it answers what was made.
 * @throws Problem notFound, dateOutOfRange, ownDelegate, unknownPerson, delegateAbsent, alreadyDelegated, keyReused
 */
export const delegate = async (
  deps: DelegationDeps,
  actor: StaffActor,
  id: string,
  wish: Wish,
  key: string,
): Promise<Delegation> => {
  const [keys, city, absent] = await Promise.all([deps.keys(), deps.city(), absentFor(deps, actor, id)]);
  const { zone } = city.profile;
  const command = identify(keys, actor, key, { absent: id, ...wish });
  const own = `${wish.from.replaceAll('-', '')}-${command.id.replace(/[^A-Za-z0-9]/g, '').slice(0, 16)}`;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const made = await deps.delegations.read(id, own);
    if (made !== undefined) {
      if (made.fingerprint !== command.fingerprint) throw problem('keyReused');
      return made;
    }
    const [person, before, ofDelegate] = await Promise.all([
      deps.store.byId(wish.delegate),
      deps.delegations.absenceOf(id, true),
      deps.delegations.absenceOf(wish.delegate, true),
    ]);
    const now = deps.now();
    const span = { fromAt: startOfDay(wish.from, zone), untilAt: startOfDay(wish.until, zone, 1) };
    const { from, until } = wish;
    const misfit = misfitOf(
      { absent, delegate: person, from, until, ...span },
      localDate(now, zone),
      before,
      ofDelegate,
    );
    if (misfit !== undefined)
      throw problem(misfit.code, { fields: [{ field: misfit.field, problem: misfit.code }] });
    const one: Delegation = {
      v: 1,
      id: own,
      absent: id,
      unit: absent.unit,
      ...wish,
      ...span,
      by: actor.id,
      at: now,
      fingerprint: command.fingerprint,
    };
    const after = withSpan(before, { id: own, delegate: wish.delegate, ...span }, now);
    if (await deps.delegations.make(one, before, after, ofDelegate)) return one;
  }
  throw problem('busy', { retryAfter: 1 });
};

/** Ends a delegation before its date; one that is revoked or over stays as it is. @throws Problem notFound */
export const endDelegation = async (
  deps: DelegationDeps,
  actor: StaffActor,
  id: string,
  which: string,
  reason: string,
): Promise<Delegation> => {
  await absentFor(deps, actor, id);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const [one, before] = await Promise.all([
      deps.delegations.read(id, which),
      deps.delegations.absenceOf(id, true),
    ]);
    if (one === undefined) throw problem('notFound');
    const now = deps.now();
    if (one.revoked !== undefined || one.untilAt <= now) return one;
    const ended = { ...one, revoked: { by: actor.id, at: now, reason } };
    if (await deps.delegations.revoke(ended, before, withoutSpan(before, which), now)) return ended;
  }
  throw problem('busy', { retryAfter: 1 });
};

/** Delegations of one person, those to come first. @throws Problem notFound */
export const delegationsOf = async (
  deps: DelegationDeps,
  actor: StaffActor,
  id: string,
  before: string | undefined,
  size: number,
) => {
  await absentFor(deps, actor, id);
  return deps.delegations.list(id, before, size);
};
