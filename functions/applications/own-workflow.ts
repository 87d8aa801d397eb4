import type { Workflow } from '../cases/workflow.ts';
import { applicant } from './actions/applicant.ts';
import { product } from './actions/product.ts';
import { quiet } from './actions/quiet.ts';
import { reveal } from './actions/reveal.ts';
import { unit } from './actions/unit.ts';
import * as kinds from './kind.ts';
import { contestUntil } from './rules/ending.ts';

/**
 * An application without what desk, owner and clocks do to any case: all that its own operations take. The rest is taken
 * where it is of every kind.
 */
export const application: Workflow = {
  ...kinds.application,
  actions: { ...unit, ...product, ...reveal, ...applicant, ...quiet },
  contestUntil,
};
