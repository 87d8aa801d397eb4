import { unitStaff } from '../../cases/common/desk.ts';
import type { Right } from '../../cases/workflow.ts';

export const inCharge: Right = { roles: unitStaff, where: 'inCharge' };
/** Of a unit that validates for others, or the head of the own house where the service says so. */
export const validating: readonly Right[] = [
  { roles: ['validator'], where: 'validating' },
  { roles: ['head', 'areaHead'], where: 'validating' },
];
