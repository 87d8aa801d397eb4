import { unitStaff } from '../../cases/common/desk.ts';
import type { Right } from '../../cases/workflow.ts';

/** PPID Utama: answers for every request, wherever it lies. */
export const utama: Right = { roles: ['head', 'coordinator'], where: 'desk', positions: ['ppidUtama'] };
/** The desk of PPID Utama: Kominfo's coordinators, who register, pass on and keep the books, and decide nothing. */
export const secretariat: Right = { roles: ['coordinator'], where: 'desk' };
/** PPID Pelaksana of the unit that has it. */
export const pelaksana: Right = {
  roles: ['liaison', 'officer', 'head'],
  where: 'inCharge',
  positions: ['ppidPelaksana'],
};
/** Atasan PPID: the regional secretary. */
export const superior: Right = { roles: ['executive'], where: 'desk', positions: ['sekda'] };
export const inCharge: Right = { roles: unitStaff, where: 'inCharge' };

/** Who decides on a request. */
export const deciders: readonly Right[] = [utama, pelaksana];
