import type { Actor } from '../cases/actor.ts';
import { localDate } from '../cases/clock/local.ts';
import { identify } from '../cases/commands.ts';
import type { City } from '../city/schema.ts';
import { keyedHash } from '../kernel/code.ts';
import { problem } from '../kernel/errors.ts';
import type { Keys } from '../kernel/keys.ts';
import type { Clock } from '../kernel/time.ts';
import type { StaffRecord } from '../people/staff.ts';
import type { Accounts } from './accounts.ts';
import { requireKeeper } from './keepers.ts';
import { type ChannelWish, channelsWith, misfit, normalEmail, type Post, seatOf } from './rules.ts';
import { type Binding, type Snapshot, type StaffStore, snapshotOf } from './store.ts';

export interface StaffDeps {
  readonly store: StaffStore;
  readonly accounts: Accounts;
  readonly city: () => Promise<City>;
  readonly keys: () => Promise<Keys>;
  readonly now: Clock;
}

export interface Invitation extends Post {
  readonly name: string;
  readonly email: string;
  readonly channels?: ChannelWish | undefined;
  readonly reason?: string | undefined;
}

const attempts = 3;
const noReason = 'invitation';

export const emailHash = (keys: Keys, email: string): string =>
  keyedHash(keys.first('contact'), 'staff', normalEmail(email));

/** Pseudonym of a person, from the command that invited them: a retry finds the same person. */
const staffIdOf = (keys: Keys, commandId: string): string =>
  Buffer.from(keyedHash(keys.first('command'), 'staff', commandId), 'base64url')
    .toString('hex')
    .slice(0, 20);

export const actorName = (actor: Actor): string =>
  actor.kind === 'staff' ? actor.id : `${actor.kind}|${actor.id}`;

/** @throws Problem unknownUnit, roleUnfit or positionHeld, naming the field */
export const requirePost = async (
  deps: Pick<StaffDeps, 'store'>,
  city: City,
  post: Post,
  today: string,
  self: string,
): Promise<string | undefined> => {
  const unfit = misfit(city, post, today);
  if (unfit !== undefined)
    throw problem(unfit.code, { fields: [{ field: unfit.field, problem: unfit.code }] });
  const seat = seatOf(city, post);
  const holder = seat === undefined ? undefined : await deps.store.seatHolder(seat);
  if (holder !== undefined && holder !== self) throw held();
  return seat;
};

export const held = () =>
  problem('positionHeld', { fields: [{ field: '/position', problem: 'positionHeld' }] });

const taken = () => problem('conflict', { fields: [{ field: '/email', problem: 'conflict' }] });

/** What the invitation answered the first time: rebuilt from its audit, whatever happened to the person since. */
const asInvited = (id: string, after: Snapshot, at: string, actor: string): StaffRecord => ({
  v: 1,
  id,
  ...after,
  rev: 1,
  invitedBy: actor,
  invitedAt: at,
  changedAt: at,
});

/**
 * Invites a person, once per idempotency key: the pool's account first, then record, sign-in, address, seat and
 * audit in one transaction. A crash between the two leaves an account that the retry takes up.
 * @throws Problem conflict for the address of somebody who is not revoked, keyReused, unknownUnit, roleUnfit,
 *   positionHeld, forbidden, inspectorNeeded, notStaff when whoever invites was revoked meanwhile
 */
export const invite = async (
  deps: StaffDeps,
  actor: Actor,
  invitation: Invitation,
  key: string,
): Promise<StaffRecord> => {
  const [keys, city] = await Promise.all([deps.keys(), deps.city()]);
  const wish = { ...invitation, email: normalEmail(invitation.email) };
  const command = identify(keys, actor, key, { invite: wish });
  const id = staffIdOf(keys, command.id);
  const hash = emailHash(keys, wish.email);
  /** Whether an account was somebody's who left; one of somebody who is here is not taken from them. */
  const served = async ({ issuer, subject }: Binding): Promise<boolean> => {
    const boundTo = await deps.store.bound(issuer, subject);
    const holder = boundTo === undefined ? undefined : await deps.store.byId(boundTo);
    if (holder !== undefined && holder.status !== 'revoked') throw taken();
    return boundTo !== undefined;
  };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const first = await deps.store.audit(id, 1);
    if (first !== undefined) {
      if (first.fingerprint !== command.fingerprint) throw problem('keyReused');
      return asInvited(id, first.after, first.at, first.actor);
    }
    if (actor.kind === 'staff') await requireKeeper(deps, city, actor, [wish]);
    const now = deps.now();
    const seat = await requirePost(deps, city, wish, localDate(now, city.profile.zone), id);
    const formerId = await deps.store.mailHolder(hash);
    const former = formerId === undefined ? undefined : await deps.store.byId(formerId);
    if (former !== undefined && former.status !== 'revoked') throw taken();
    const account = await deps.accounts.open(wish, served);
    const record: StaffRecord = {
      v: 1,
      id,
      name: wish.name,
      email: wish.email,
      role: wish.role,
      unit: wish.unit,
      ...(wish.position === undefined ? {} : { position: wish.position }),
      status: 'invited',
      channels: channelsWith({}, wish.channels),
      ...(account === undefined ? {} : { account }),
      ...(seat === undefined ? {} : { seat }),
      rev: 1,
      invitedBy: actorName(actor),
      invitedAt: now,
      changedAt: now,
    };
    const blocked = await deps.store.write({
      record,
      audit: {
        v: 1,
        id,
        rev: 1,
        what: 'invited',
        actor: actorName(actor),
        reason: wish.reason ?? noReason,
        at: now,
        before: null,
        after: snapshotOf(record),
        fingerprint: command.fingerprint,
      },
      mail: { hash, from: formerId },
      ...(actor.kind === 'staff' ? { by: actor } : {}),
      ...(account === undefined ? {} : { bind: account }),
    });
    if (blocked.length === 0) return record;
    if (blocked.includes('actor')) throw problem('notStaff');
    // Whatever else stood in the way is looked at anew: our own retry, another invitation, another holder.
  }
  throw problem('busy', { retryAfter: 1 });
};
