import type { Workflow } from '../cases/workflow.ts';
import { applicant } from './actions/applicant.ts';
import { desk } from './actions/desk.ts';
import { product } from './actions/product.ts';
import { reveal } from './actions/reveal.ts';
import { system } from './actions/system.ts';
import { unit } from './actions/unit.ts';
import * as kinds from './kind.ts';
import { contestUntil } from './rules/ending.ts';

/** An application for a service of the city, as a case (`domain` §4). */
export const application: Workflow = {
  ...kinds.application,
  actions: { ...unit, ...product, ...reveal, ...applicant, ...desk, ...system },
  atDue: { data: 'deemWithdrawn' },
  contestUntil,
};
