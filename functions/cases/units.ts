import type { City, Unit } from '../city/schema.ts';

/** Longest chain of units that is followed; activation refuses cycles, this bounds a mistake all the same. */
const depth = 16;

export const unitOf = (city: Pick<City, 'units'>, id: string): Unit | undefined =>
  city.units.find((u) => u.id === id);

/** The top of a unit's branch: an OPD, a kecamatan, the Setda. */
export const rootOf = (city: Pick<City, 'units'>, id: string): string => {
  let at = id;
  for (let i = 0; i < depth; i += 1) {
    const parent = unitOf(city, at)?.parent;
    if (parent === undefined) return at;
    at = parent;
  }
  return at;
};

/** A unit and everything below it. */
export const branchOf = (city: City, id: string): ReadonlySet<string> => {
  const branch = new Set([id]);
  for (let i = 0, grown = true; grown && i < depth; i += 1) {
    grown = false;
    for (const unit of city.units) {
      if (unit.parent !== undefined && branch.has(unit.parent) && !branch.has(unit.id)) {
        branch.add(unit.id);
        grown = true;
      }
    }
  }
  return branch;
};

/** Valid on a local date; a unit that ended keeps its cases but gets no new ones. */
export const isValidOn = (unit: Unit, date: string): boolean =>
  unit.validFrom <= date && (unit.validTo === undefined || date <= unit.validTo);

/** Area codes that the units of a branch govern. */
export const areasOf = (city: City, branch: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(city.units.flatMap((u) => (branch.has(u.id) && u.area !== undefined ? [u.area] : [])));

/** Whether the head looks at replies before reporters do: as the unit says, else the nearest one above that says so. */
export const approvesReplies = (city: Pick<City, 'units'>, id: string): boolean => {
  let at: string | undefined = id;
  for (let i = 0; at !== undefined && i < depth; i += 1) {
    const unit: Unit | undefined = unitOf(city, at);
    if (unit?.approvesReplies !== undefined) return unit.approvesReplies;
    at = unit?.parent;
  }
  return false;
};
