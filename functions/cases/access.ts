import type { Position } from '../city/positions.ts';
import type { Substitute } from '../city/schema.ts';
import type { Role } from '../kernel/contract.ts';
import { isHead, type StaffActor } from './actor.ts';
import type { CaseRow } from './model.ts';

/** What visibility is decided on: the same for a record, an index row and a topic message. */
export interface Subject {
  readonly kind?: string | undefined;
  readonly unit: string | null;
  readonly area: string | null;
  readonly assignee?: string | undefined;
  readonly validating?: string | undefined;
  readonly confidential: boolean;
  readonly oversight: boolean;
  readonly about?: string | undefined;
}

/** What visibility is decided on, from an index row. */
export const rowSubject = (row: CaseRow): Subject => ({
  kind: row.kind,
  unit: row.unit,
  area: row.area,
  assignee: row.assignee,
  validating: row.validating,
  confidential: row.flags.includes('c'),
  oversight: row.flags.includes('o'),
  about: row.about,
});

/** Roles that work inside a unit; a lurah or camat heads the own one. */
const unitRoles: readonly Role[] = ['liaison', 'officer', 'head', 'areaHead'];

/** Kinds that the holder of a position answers for in every unit: PPID Utama distributes and is asked for all (UU 14/2008). */
const answersFor: Readonly<Partial<Record<Position, readonly string[]>>> = {
  ppidUtama: ['informationRequest'],
};

/** Whoever stands in for an absent assignee reads what that one would. */
const isAssignee = ({ assignee }: Subject, actor: StaffActor): boolean =>
  assignee !== undefined && (assignee === actor.id || actor.standsFor?.has(assignee) === true);

const isSubstitute = (substitute: Substitute, actor: StaffActor): boolean =>
  substitute.position !== undefined
    ? actor.position === substitute.position
    : actor.role === 'head' && actor.unit === substitute.unit;

/**
 * Whether staff may know that a case exists (`domain`: who sees what). Decides every read, list, count, notice and
 * topic message. What one may not see answers as what does not exist.
 *
 * - about somebody with a named substitute: that substitute alone
 * - oversight: inspectors only, their validation included
 * - confidential: coordinator, inspector, the validator it waits for, head (lurah, camat) and assignee of its unit
 * - otherwise: coordinator, inspector, executive, the unit in charge and its ancestors, the area's head, the
 *   validator it waits for, whoever's position answers for its kind
 */
export const visibleTo = (
  subject: Subject,
  actor: StaffActor,
  substitutes: readonly Substitute[],
): boolean => {
  if (subject.about !== undefined) {
    const substitute = substitutes.find((s) => s.about === subject.about);
    // A substitute that the settings lost is nobody: the case must not fall to those it is about.
    return substitute !== undefined && isSubstitute(substitute, actor);
  }
  if (subject.oversight) return actor.role === 'inspector';
  if (actor.role === 'coordinator' || actor.role === 'inspector') return true;
  if (actor.role === 'validator')
    return subject.validating !== undefined && actor.units.has(subject.validating);
  const inUnit = subject.unit !== null && actor.units.has(subject.unit);
  if (subject.confidential) {
    return inUnit && unitRoles.includes(actor.role) && (isHead(actor) || isAssignee(subject, actor));
  }
  if (actor.role === 'executive') return true;
  if (
    actor.position !== undefined &&
    subject.kind !== undefined &&
    answersFor[actor.position]?.includes(subject.kind) === true
  )
    return true;
  if (actor.role === 'areaHead') return inUnit || (subject.area !== null && governs(actor, subject.area));
  return inUnit;
};

/** Kinds whose papers tell somebody's life: they are for those who handle such a case, not for all who may know of it. */
const papered: ReadonlySet<string> = new Set(['application']);

/**
 * Whether staff who see a case handle it: its unit and those above, its assignee, whoever validates it now.
 * Coordinators, inspectors and executives do not, and an area's head only in the own unit.
 */
export const handles = (subject: Subject, actor: StaffActor): boolean =>
  (unitRoles.includes(actor.role) && subject.unit !== null && actor.units.has(subject.unit)) ||
  isAssignee(subject, actor) ||
  (subject.validating !== undefined &&
    (actor.role === 'validator' || isHead(actor)) &&
    actor.units.has(subject.validating));

/** Whether staff who see a case may open its files. */
export const opensFiles = (kind: string, subject: Subject, actor: StaffActor): boolean =>
  !papered.has(kind) || handles(subject, actor);

/** An area head governs the own kelurahan, or every kelurahan of the own kecamatan (`13.74.01` ⊃ `13.74.01.1001`). */
const governs = (actor: StaffActor, area: string): boolean =>
  actor.areas.has(area) || actor.areas.has(area.slice(0, 8));

/**
 * Up to which `seq` a former unit may still read; undefined when it never had the case or the case turned secret.
 * A case that came back is simply visible again.
 */
export const readableUntil = (
  subject: Subject,
  custody: readonly { readonly unit: string; readonly until?: number | undefined }[],
  actor: StaffActor,
): number | undefined => {
  if (subject.confidential || subject.oversight || subject.about !== undefined) return undefined;
  if (!unitRoles.includes(actor.role)) return undefined;
  return custody.findLast((stay) => stay.until !== undefined && actor.root === stay.unit)?.until;
};
