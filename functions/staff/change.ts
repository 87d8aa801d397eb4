import type { StaffActor } from '../cases/actor.ts';
import { localDate } from '../cases/clock/local.ts';
import { problem } from '../kernel/errors.ts';
import type { SignedIn } from '../people/actors.ts';
import type { StaffRecord } from '../people/staff.ts';
import { emailHash, held, requirePost, type StaffDeps } from './invite.ts';
import { requireKeeper } from './keepers.ts';
import { changed, movesRights, type Wish } from './rules.ts';
import { type StaffAudit, snapshotOf } from './store.ts';

const attempts = 4;

const auditOf = (
  what: StaffAudit['what'],
  before: StaffRecord,
  after: StaffRecord,
  actor: string,
  reason: string,
): StaffAudit => ({
  v: 1,
  id: after.id,
  rev: after.rev,
  what,
  actor,
  reason,
  at: after.changedAt,
  before: snapshotOf(before),
  after: snapshotOf(after),
});

const withSeat = (record: StaffRecord, seat: string | undefined): StaffRecord => {
  const { seat: _, ...rest } = record;
  return seat === undefined ? rest : { ...rest, seat };
};

const stale = (record: StaffRecord) => problem('staleRecord', { extra: { rev: record.rev } });

/**
 * Changes a person who was seen at `rev`. Nobody changes what gives rights to themselves: another coordinator does,
 * so one always stays.
 * @throws Problem notFound, forbidden, inspectorNeeded, staleRecord, personRevoked, ownAccess, unknownUnit, roleUnfit, positionHeld
 */
export const change = async (
  deps: StaffDeps,
  actor: StaffActor,
  id: string,
  rev: number,
  { reason, ...wish }: Wish & { readonly reason: string },
): Promise<StaffRecord> => {
  const [city, before] = await Promise.all([deps.city(), deps.store.byId(id)]);
  if (before === undefined) throw problem('notFound');
  if (before.rev !== rev) throw stale(before);
  if (before.status === 'revoked') throw problem('personRevoked');
  const now = deps.now();
  const wished = changed(before, wish);
  const own = actor.id === id;
  const moves = movesRights(before, wished);
  if (own && moves) throw problem('ownAccess');
  if (!own) await requireKeeper(deps, city, actor, [before, wished]);
  const seat = moves
    ? await requirePost(deps, city, wished, localDate(now, city.profile.zone), id)
    : before.seat;
  const after = withSeat({ ...wished, rev: rev + 1, changedAt: now }, seat);
  const blocked = await deps.store.write({
    record: after,
    before,
    audit: auditOf('changed', before, after, actor.id, reason),
    ...(own ? {} : { by: actor }),
  });
  if (blocked.length === 0) return after;
  if (blocked.includes('actor')) throw problem('notStaff');
  if (blocked.includes('seat')) throw held();
  throw stale((await deps.store.byId(id)) ?? before);
};

/**
 * Ends a person's access. The record counts: every instance refuses them once its copy is a minute old; the pool's
 * account is ended after it, and a repeated call does that again.
 * @throws Problem notFound, ownAccess, forbidden, inspectorNeeded; notStaff when the caller was revoked meanwhile
 */
export const revoke = async (
  deps: StaffDeps,
  actor: StaffActor,
  id: string,
  reason: string,
): Promise<StaffRecord> => {
  if (actor.id === id) throw problem('ownAccess');
  const city = await deps.city();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await deps.store.byId(id);
    if (before === undefined) throw problem('notFound');
    await requireKeeper(deps, city, actor, [before]);
    if (before.status === 'revoked') {
      if (before.account !== undefined) await deps.accounts.close(before.account);
      return before;
    }
    const now = deps.now();
    const after = withSeat({ ...before, status: 'revoked', rev: before.rev + 1, changedAt: now }, undefined);
    const blocked = await deps.store.write({
      record: after,
      before,
      audit: auditOf('revoked', before, after, actor.id, reason),
      by: actor,
    });
    if (blocked.includes('actor')) throw problem('notStaff');
    if (blocked.length > 0) continue;
    if (after.account !== undefined) await deps.accounts.close(after.account);
    return after;
  }
  throw problem('busy', { retryAfter: 1 });
};

/**
 * The first sign-in of an invited person. An account of the own pool is bound already and only marked as used; a
 * foreign one is bound by the address that its issuer verified. Repeating it changes nothing.
 * @param issuers whose word on an address is taken
 * @throws Problem notStaff, emailUnverified; conflict when that person already signs in otherwise
 */
export const bind = async (
  deps: StaffDeps,
  issuers: readonly string[],
  who: SignedIn,
): Promise<StaffRecord> => {
  const { issuer, subject, verifiedEmail } = who;
  const keys = await deps.keys();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const boundTo = await deps.store.bound(issuer, subject);
    const found = boundTo ?? (await invitedBy());
    const before = found === undefined ? undefined : await deps.store.byId(found);
    if (before === undefined || before.status === 'revoked') throw problem('notStaff');
    if (before.status === 'active') {
      if (boundTo === undefined) throw problem('conflict');
      return before;
    }
    const after: StaffRecord = { ...before, status: 'active', rev: before.rev + 1, changedAt: deps.now() };
    const blocked = await deps.store.write({
      record: after,
      before,
      audit: auditOf('bound', before, after, after.id, 'first sign-in'),
      ...(boundTo === undefined ? { bind: { issuer, subject } } : {}),
    });
    if (blocked.length === 0) return after;
  }
  throw problem('busy', { retryAfter: 1 });

  async function invitedBy(): Promise<string | undefined> {
    if (!issuers.includes(issuer)) return undefined;
    if (verifiedEmail === undefined) throw problem('emailUnverified');
    return deps.store.mailHolder(emailHash(keys, verifiedEmail));
  }
};
