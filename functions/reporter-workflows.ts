import { application } from './applications/reporter-workflow.ts';
import type { Workflow } from './cases/workflow.ts';
import { aspiration, complaint, question } from './complaints/reporter-workflow.ts';
import { informationRequest } from './information/reporter-workflow.ts';

/**
 * Every case kind with the reporter's actions alone. Whoever opens a case by its code or an account meets no action of
 * staff, not even one to be refused, and the function that citizens call most starts without them.
 */
export const reporterWorkflows: Readonly<Record<string, Workflow>> = {
  complaint,
  aspiration,
  question,
  application,
  informationRequest,
};
