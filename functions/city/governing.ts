import type { Unit } from './schema.ts';
import type { Service } from './services.ts';

/** A chain of successors longer than this is a mistake that validation names. */
const maxHops = 16;

/** The unit that stands in for `id` on a date: itself, or the last of its successors; undefined when there is none. */
export const unitOn = (units: readonly Unit[], id: string, date: string): Unit | undefined => {
  let unit = units.find((u) => u.id === id);
  for (let hops = 0; unit !== undefined && hops < maxHops; hops += 1) {
    if (unit.validTo === undefined || date <= unit.validTo) return date >= unit.validFrom ? unit : undefined;
    const { successor } = unit;
    unit = successor === undefined ? undefined : units.find((u) => u.id === successor);
  }
  return undefined;
};

/** The kelurahan's own unit, or that of its kecamatan when it has none or only the kecamatan is known. */
export const governingUnit = (
  units: readonly Unit[],
  level: 'kelurahan' | 'kecamatan',
  area: string | null,
  date: string,
): Unit | undefined => {
  if (area === null) return undefined;
  const codes = level === 'kelurahan' ? [area, area.slice(0, 8)] : [area.slice(0, 8)];
  for (const code of codes) {
    for (const unit of units) {
      // By kind as well: a puskesmas may carry the code of the kelurahan that it lies in.
      if (unit.area !== code || (unit.kind !== 'kelurahan' && unit.kind !== 'kecamatan')) continue;
      const standing = unitOn(units, unit.id, date);
      if (standing !== undefined) return standing;
    }
  }
  return undefined;
};

/**
 * The unit that takes an application: the one that governs the area, where the service is given by each area's own unit,
 * else the service's. Undefined when that unit has ended and nothing succeeds it.
 * @param area what the application names as its area
 * @param date local day on which it is submitted
 */
export const unitForService = (
  units: readonly Unit[],
  { unit, governs }: Pick<Service, 'unit' | 'governs'>,
  area: string | null,
  date: string,
): Unit | undefined =>
  (governs === undefined ? undefined : governingUnit(units, governs, area, date)) ??
  unitOn(units, unit, date);
