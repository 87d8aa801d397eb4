import { branchOf, isValidOn, rootOf, unitOf } from '../cases/units.ts';
import type { Position } from '../city/positions.ts';
import type { City, Unit } from '../city/schema.ts';
import type { Role } from '../kernel/contract.ts';
import type { ErrorCode } from '../kernel/errors.ts';
import type { StaffRecord } from '../people/staff.ts';

/** What decides somebody's rights. */
export interface Post {
  readonly role: Role;
  readonly unit: string;
  readonly position?: Position | undefined;
}

export interface Misfit {
  readonly code: Extract<ErrorCode, 'unknownUnit' | 'roleUnfit'>;
  readonly field: '/role' | '/unit' | '/position';
}

/** Roles that a position can be held in (`domain` §1: ladders address positions, rights follow roles). */
const heldBy: Readonly<Record<Position, readonly Role[]>> = {
  mayor: ['executive'],
  sekda: ['executive'],
  ppidUtama: ['head', 'coordinator'],
  ppidPelaksana: ['liaison', 'officer', 'head'],
};

/** A kelurahan or kecamatan; a puskesmas may carry the code of the kelurahan that it lies in, and governs nothing. */
const governs = (unit: Unit): boolean =>
  unit.area !== undefined && (unit.kind === 'kelurahan' || unit.kind === 'kecamatan');

/**
 * Why a post cannot be given, or undefined. The unit exists and is valid today; an area head's unit governs an area;
 * an inspector sits in the oversight unit, where no coordinator is, and a validator in the validating one, outside every OPD that handles, so
 * that nobody audits a chain in which they are a link (`domain` §1); a position is held in a fitting role.
 * @param today local date
 */
export const misfit = (city: City, post: Post, today: string): Misfit | undefined => {
  const unit = unitOf(city, post.unit);
  if (unit === undefined || !isValidOn(unit, today)) return { code: 'unknownUnit', field: '/unit' };
  const { oversightUnit, validatingUnit, secondValidatingUnit } = city.profile;
  const unfit =
    (post.role === 'areaHead' && !governs(unit)) ||
    (post.role === 'inspector' && !branchOf(city, oversightUnit).has(unit.id)) ||
    (post.role === 'coordinator' && branchOf(city, oversightUnit).has(unit.id)) ||
    (post.role === 'validator' && unit.id !== validatingUnit && unit.id !== secondValidatingUnit);
  if (unfit) return { code: 'roleUnfit', field: '/unit' };
  if (post.position !== undefined && !heldBy[post.position].includes(post.role)) {
    return { code: 'roleUnfit', field: '/position' };
  }
  return undefined;
};

/** Posts that open secret cases by themselves: inspectors', and that of the head of the oversight unit. */
export const opensSecrets = (city: City, post: Post): boolean =>
  post.role === 'inspector' || (post.role === 'head' && post.unit === city.profile.oversightUnit);

/**
 * The seat that a position is: one person at a time holds it, since a secret case may be its holder's alone. Every
 * OPD has a PPID Pelaksana of its own.
 */
export const seatOf = (city: City, post: Post): string | undefined =>
  post.position === 'ppidPelaksana' ? `ppidPelaksana#${rootOf(city, post.unit)}` : post.position;

/** One spelling for one mailbox, as far as that can be known without the mailbox's own rules. */
export const normalEmail = (email: string): string => email.trim().normalize('NFC').toLowerCase();

export interface Wish {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly unit?: string | undefined;
  readonly position?: Position | null | undefined;
  readonly channels?: ChannelWish | undefined;
}
export interface ChannelWish {
  readonly telegram?: string | null | undefined;
  readonly whatsapp?: string | null | undefined;
}

export const channelsWith = (
  now: StaffRecord['channels'],
  wish: ChannelWish | undefined,
): StaffRecord['channels'] => {
  const telegram = wish?.telegram === undefined ? now.telegram : (wish.telegram ?? undefined);
  const whatsapp = wish?.whatsapp === undefined ? now.whatsapp : (wish.whatsapp ?? undefined);
  return {
    ...(telegram === undefined ? {} : { telegram }),
    ...(whatsapp === undefined ? {} : { whatsapp }),
  };
};

/** The record as wished; seat, `rev` and time are the caller's to set. */
export const changed = (record: StaffRecord, wish: Wish): StaffRecord => {
  const { position: _, ...rest } = record;
  const position = wish.position === undefined ? record.position : (wish.position ?? undefined);
  return {
    ...rest,
    name: wish.name ?? record.name,
    role: wish.role ?? record.role,
    unit: wish.unit ?? record.unit,
    channels: channelsWith(record.channels, wish.channels),
    ...(position === undefined ? {} : { position }),
  };
};

/** Whether a change touches what gives rights; name and channels do not. */
export const movesRights = (before: Post, after: Post): boolean =>
  before.role !== after.role || before.unit !== after.unit || before.position !== after.position;
