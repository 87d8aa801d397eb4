import type { Workflow } from '../cases/workflow.ts';
import { applicant } from './actions/applicant.ts';
import { system } from './actions/system.ts';
import { desk, unit } from './actions/unit.ts';
import * as kinds from './kind.ts';
import { contestUntil } from './rules/ending.ts';

/** An application for a service of the city, as a case (`domain` §4). */
export const application: Workflow = {
  ...kinds.application,
  actions: { ...unit, ...applicant, ...desk, ...system },
  atDue: { data: 'deemWithdrawn' },
  contestUntil,
};
