import type { StaffActor } from '../cases/actor.ts';
import type { ExportRecord } from './exports.ts';
import type { RegisterHead } from './model.ts';

/**
 * Of which units this person may have a register; undefined when of none.
 *
 * - `units`: coordinators and inspectors of every unit; heads, liaisons, lurah and camat of their own branch
 * - `ppid` (UU 14/2008, Perki 1/2021): the city's PPID and their superior of every unit, an OPD's PPID of its own; no
 *   other role, since the law puts names and addresses into it
 */
export const unitsFor = (
  { readers }: Pick<RegisterHead, 'readers'>,
  { role, position, units }: Pick<StaffActor, 'role' | 'position' | 'units'>,
): 'all' | ReadonlySet<string> | undefined => {
  if (readers === 'ppid') {
    if (position === 'ppidUtama' || position === 'sekda') return 'all';
    return position === 'ppidPelaksana' ? units : undefined;
  }
  if (role === 'coordinator' || role === 'inspector') return 'all';
  return role === 'head' || role === 'liaison' || role === 'areaHead' ? units : undefined;
};

/** Whether somebody may still have what an export was asked for. @param units as `unitsFor` has them now */
export const mayHave = (
  units: 'all' | ReadonlySet<string> | undefined,
  { units: asked }: Pick<ExportRecord, 'units'>,
): boolean =>
  units === 'all' || (units !== undefined && asked !== 'all' && asked.every((unit) => units.has(unit)));
