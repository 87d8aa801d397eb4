import type { StaffActor } from '../cases/actor.ts';
import { branchOf, unitOf } from '../cases/units.ts';
import { problem } from '../kernel/errors.ts';
import type { Call } from '../kernel/http.ts';
import { seal, unseal } from '../kernel/token.ts';
import type { SignedIn } from '../people/actors.ts';
import type { Delegation } from '../people/delegations.ts';
import type { StaffRecord, StaffRow } from '../people/staff.ts';
import { bind, change, revoke } from './change.ts';
import type { staff } from './contract.ts';
import { type DelegationDeps, delegate, delegationsOf, endDelegation } from './delegations.ts';
import { invite, type StaffDeps } from './invite.ts';

type Operations = (typeof staff)['operations'];

/** Who calls: staff, or (for a first sign-in only) somebody with a token of the staff's issuer. */
export type Caller = StaffActor | SignedIn;

/** A page of a branch asks at most this many units; the rest follows by its cursor. */
const unitsPerPage = 25;

const officer = (caller: Caller): StaffActor => {
  if (caller.kind !== 'staff') throw problem('notStaff');
  return caller;
};

const shownRow = ({ position, ...row }: StaffRow) => ({ ...row, position: position ?? null });

const shown = (record: StaffRecord) => ({
  id: record.id,
  name: record.name,
  email: record.email,
  role: record.role,
  unit: record.unit,
  position: record.position ?? null,
  status: record.status,
  channels: record.channels,
  rev: record.rev,
  invitedAt: record.invitedAt,
  changedAt: record.changedAt,
});

const shownDelegation = ({ revoked, ...one }: Delegation) => ({ ...one, revoked: revoked ?? null });

const answer = (record: StaffRecord) => ({ body: shown(record), etag: record.rev });

interface BranchCursor {
  readonly u: string;
  readonly s: string;
}

const isBranchCursor = (value: unknown): value is BranchCursor =>
  typeof value === 'object' && value !== null && 'u' in value && 's' in value;

export const operations = (deps: StaffDeps & DelegationDeps & { readonly issuers: readonly string[] }) => {
  const opened = async (cursor: string | undefined, bound: string): Promise<unknown> => {
    if (cursor === undefined) return undefined;
    const value = unseal(await deps.keys(), 'cursor', cursor, bound);
    if (value === undefined) throw problem('badCursor');
    return value;
  };
  const sealed = async (value: unknown, bound: string): Promise<string | null> =>
    value === undefined ? null : seal(await deps.keys(), 'cursor', value, bound);

  /** People of a unit and everything below it, unit by unit in the order of their ids. */
  const branch = async (unit: string, after: BranchCursor | undefined, size: number) => {
    const city = await deps.city();
    if (unitOf(city, unit) === undefined)
      throw problem('unknownUnit', { fields: [{ field: '?unit', problem: 'unknownUnit' }] });
    const units = [...branchOf(city, unit)].sort().filter((u) => after === undefined || u >= after.u);
    const rows: StaffRow[] = [];
    for (const [i, u] of units.entries()) {
      if (rows.length >= size || i >= unitsPerPage) return { rows, next: { u, s: '' } };
      const from = after?.u === u && after.s !== '' ? after.s : undefined;
      const page = await deps.store.listUnit(u, from, size - rows.length);
      rows.push(...page.rows);
      if (page.more && page.last !== undefined) return { rows, next: { u, s: page.last } };
    }
    return { rows, next: undefined };
  };

  return {
    inviteStaff: async (call: Call<Operations['inviteStaff'], Caller>) => {
      const record = await invite(deps, officer(call.actor), call.input.body, call.idempotencyKey);
      return { ...answer(record), location: `/v1/staff/${record.id}` };
    },

    listStaff: async (call: Call<Operations['listStaff'], Caller>) => {
      const { id } = officer(call.actor);
      const { unit, cursor, size } = call.input.query;
      const bound = `staff|${id}|${unit ?? ''}`;
      const after = await opened(cursor, bound);
      if (unit !== undefined) {
        const page = await branch(unit, isBranchCursor(after) ? after : undefined, size);
        return { body: { staff: page.rows.map(shownRow), next: await sealed(page.next, bound) } };
      }
      const { rows, more } = await deps.store.list(typeof after === 'string' ? after : undefined, size);
      return {
        body: { staff: rows.map(shownRow), next: await sealed(more ? rows.at(-1)?.id : undefined, bound) },
      };
    },

    readStaff: async (call: Call<Operations['readStaff'], Caller>) => {
      officer(call.actor);
      const record = await deps.store.byId(call.input.params.id);
      if (record === undefined) throw problem('notFound');
      return answer(record);
    },

    changeStaff: async (call: Call<Operations['changeStaff'], Caller>) =>
      answer(await change(deps, officer(call.actor), call.input.params.id, call.ifMatch, call.input.body)),

    revokeStaff: async (call: Call<Operations['revokeStaff'], Caller>) =>
      answer(await revoke(deps, officer(call.actor), call.input.params.id, call.input.body.reason)),

    auditStaff: async (call: Call<Operations['auditStaff'], Caller>) => {
      const { id } = call.input.params;
      const { cursor, size } = call.input.query;
      const bound = `staffAudit|${officer(call.actor).id}|${id}`;
      const before = await opened(cursor, bound);
      const { changes, more } = await deps.store.audits(
        id,
        typeof before === 'number' ? before : undefined,
        size,
      );
      if (changes.length === 0 && before === undefined) throw problem('notFound');
      return {
        body: {
          changes: changes.map(({ rev, what, actor, reason, at, before: was, after }) => ({
            rev,
            what,
            actor,
            reason,
            at,
            before: was === null ? null : { ...was, position: was.position ?? null },
            after: { ...after, position: after.position ?? null },
          })),
          next: await sealed(more ? changes.at(-1)?.rev : undefined, bound),
        },
      };
    },

    delegate: async (call: Call<Operations['delegate'], Caller>) => {
      const { id } = call.input.params;
      const one = await delegate(deps, officer(call.actor), id, call.input.body, call.idempotencyKey);
      return { body: shownDelegation(one), location: `/v1/staff/${id}/delegations/${one.id}` };
    },

    listDelegations: async (call: Call<Operations['listDelegations'], Caller>) => {
      const { id } = call.input.params;
      const { cursor, size } = call.input.query;
      const actor = officer(call.actor);
      const bound = `delegations|${actor.id}|${id}`;
      const before = await opened(cursor, bound);
      const page = await delegationsOf(
        deps,
        actor,
        id,
        typeof before === 'string' ? before : undefined,
        size,
      );
      return {
        body: {
          delegations: page.found.map(shownDelegation),
          next: await sealed(page.more ? page.found.at(-1)?.id : undefined, bound),
        },
      };
    },

    revokeDelegation: async (call: Call<Operations['revokeDelegation'], Caller>) => {
      const { id, delegation } = call.input.params;
      const { reason } = call.input.body;
      return {
        body: shownDelegation(await endDelegation(deps, officer(call.actor), id, delegation, reason)),
      };
    },

    bindSignIn: async (call: Call<Operations['bindSignIn'], Caller>) => {
      if (call.actor.kind === 'staff') throw new Error('bind is for a sign-in, not for a person');
      const { id, role, unit, status } = await bind(deps, deps.issuers, call.actor);
      return { body: { id, role, unit, status } };
    },
  };
};
