import type { City, Unit } from '../city/schema.ts';

/** Longest chain of units that is followed; activation refuses cycles, this bounds a mistake all the same. */
const depth = 16;

export const unitOf = (city: Pick<City, 'units'>, id: string): Unit | undefined =>
  city.units.find((u) => u.id === id);

/** A unit and those above it, nearest first; of an unknown one just its id. */
export const chainOf = (city: Pick<City, 'units'>, id: string): readonly string[] => {
  const chain: string[] = [];
  for (let at: string | undefined = id; at !== undefined && chain.length < depth; ) {
    chain.push(at);
    at = unitOf(city, at)?.parent;
  }
  return chain;
};

/** The top of a unit's branch: an OPD, a kecamatan, the Setda. */
export const rootOf = (city: Pick<City, 'units'>, id: string): string => chainOf(city, id).at(-1) ?? id;

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
  const says = (unit: string) => unitOf(city, unit)?.approvesReplies;
  const nearest = chainOf(city, id).find((unit) => says(unit) !== undefined);
  return nearest !== undefined && says(nearest) === true;
};
