import { above, type Rung } from '../../city/ladder.ts';
import type { City } from '../../city/schema.ts';
import { visibleTo } from '../access.ts';
import { isHead, type StaffActor } from '../actor.ts';
import { subjectOf } from '../engine.ts';
import type { CaseRecord } from '../model.ts';
import { chainOf } from '../units.ts';

/** Heads of a unit, else of the nearest unit above it that has one. */
const headsOf = (city: City, unit: string, staff: readonly StaffActor[]): readonly StaffActor[] => {
  for (const id of chainOf(city, unit)) {
    const heads = staff.filter((person) => person.unit === id && isHead(person));
    if (heads.length > 0) return heads;
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
