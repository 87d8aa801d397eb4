import type { Position } from '../city/positions.ts';
import type { Role } from '../kernel/contract.ts';
import type { ActorRef } from './model.ts';

/** Staff as the record says now: the token says who, the record says what. */
export interface StaffActor {
  readonly kind: 'staff';
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly unit: string;
  /** The top of the unit's branch: custody is kept per root unit. */
  readonly root: string;
  readonly position?: Position;
  /** Own unit and everything below it. */
  readonly units: ReadonlySet<string>;
  /** Codes of the areas that an area head governs. */
  readonly areas: ReadonlySet<string>;
  /** Absent colleagues of the same unit, for whose assigned cases this one acts today. */
  readonly standsFor?: ReadonlySet<string>;
}

/** Roles that look into every unit. */
const wide: readonly Role[] = ['coordinator', 'inspector', 'executive'];
export const isWide = ({ role }: { readonly role: Role }): boolean => wide.includes(role);

/** Heads a unit: an OPD or a part of it, a kelurahan or a kecamatan. */
export const isHead = ({ role }: { readonly role: Role }): boolean => role === 'head' || role === 'areaHead';

export interface CitizenActor {
  readonly kind: 'citizen';
  /** Keyed hash of issuer and subject. */
  readonly id: string;
  /** Issuer and subject, for the idempotency scope only. */
  readonly scope: string;
  /** A case that this citizen opened with its PIN, at that PIN's version. */
  readonly opened?: { readonly code: string; readonly pinVersion: number };
}

/** Whoever opened a case with code and PIN: its reporter, as far as anybody can know. */
export interface HolderActor {
  readonly kind: 'holder';
  /** `pin-<version>`: all that an event says of them. */
  readonly id: string;
  readonly code: string;
  readonly pinVersion: number;
}

export const holderOf = (opened: { readonly code: string; readonly pinVersion: number }): HolderActor => ({
  kind: 'holder',
  id: `pin-${opened.pinVersion}`,
  code: opened.code,
  pinVersion: opened.pinVersion,
});

export interface AnonymousActor {
  readonly kind: 'anonymous';
  readonly id: 'anonymous';
}

/** The city's own rules at work: routing, sweep. */
export interface SystemActor {
  readonly kind: 'system';
  readonly id: string;
}

export type Actor = StaffActor | CitizenActor | HolderActor | AnonymousActor | SystemActor;

export const actorRefOf = (actor: Actor): ActorRef =>
  actor.kind === 'staff'
    ? {
        kind: 'staff',
        id: actor.id,
        role: actor.role,
        unit: actor.unit,
        ...(actor.position === undefined ? {} : { position: actor.position }),
      }
    : { kind: actor.kind, id: actor.id };

/** As an event names who acted: on behalf of the absent colleague whose case it is. */
export const actorRefOn = (actor: Actor, assignee: string | undefined): ActorRef =>
  actor.kind === 'staff' && assignee !== undefined && actor.standsFor?.has(assignee) === true
    ? { ...actorRefOf(actor), onBehalfOf: assignee }
    : actorRefOf(actor);
