import { above, type Rung } from '../../city/ladder.ts';
import type { City } from '../../city/schema.ts';
import { visibleTo } from '../access.ts';
import type { StaffActor } from '../actor.ts';
import { subjectOf } from '../engine.ts';
import type { CaseRecord } from '../model.ts';
import { unitOf } from '../units.ts';

const leads = ({ role }: StaffActor): boolean => role === 'head' || role === 'areaHead';

/** Heads of a unit, else of the nearest unit above it that has one. */
const headsOf = (city: City, unit: string, staff: readonly StaffActor[]): readonly StaffActor[] => {
  for (let at: string | undefined = unit, depth = 0; at !== undefined && depth < 16; depth += 1) {
    const heads = staff.filter((person) => person.unit === at && leads(person));
    if (heads.length > 0) return heads;
    at = unitOf(city, at)?.parent;
  }
  return [];
};

/**
 * Who stands on a rung above a case, of the staff as they are now. `head`: whoever heads the unit in charge or the
 * nearest one above; in triage, which no head sees, the coordinators themselves; of a case that only few may know of,
 * those few. Whether they may be told is another question, which `visibleTo` answers.
 */
export const standingOn = (
  city: City,
  record: CaseRecord,
  rung: Rung,
  staff: readonly StaffActor[],
): readonly StaffActor[] => {
  switch (rung) {
    case 'sekda':
    case 'mayor':
      return staff.filter(({ position }) => position === rung);
    case 'head':
      if (record.flags.oversight || record.about !== undefined) {
        return staff.filter((person) => visibleTo(subjectOf(record), person, city.substitutes));
      }
      return record.unit === null
        ? staff.filter(({ role }) => role === 'coordinator')
        : headsOf(city, record.unit, staff);
    default:
      return [];
  }
};

/** Rungs above a case on which nobody stands. */
export const vacantAbove = (city: City, record: CaseRecord, staff: readonly StaffActor[]): readonly Rung[] =>
  above.filter((rung) => standingOn(city, record, rung, staff).length === 0);
