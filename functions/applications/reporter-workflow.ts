import type { Workflow } from '../cases/workflow.ts';
import { applicant } from './actions/applicant.ts';
import { owning } from './actions/owning.ts';
import { quiet } from './actions/quiet.ts';
import { reveal } from './actions/reveal.ts';
import * as kinds from './kind.ts';
import { contestUntil } from './rules/ending.ts';

/** What an applicant may do, and what of a case is quiet; nothing that is for staff or a clock to do. */
export const application: Workflow = {
  ...kinds.application,
  actions: { ...applicant, ...owning, ...reveal, ...quiet },
  contestUntil,
};
