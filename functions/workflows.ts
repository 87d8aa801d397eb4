import { application } from './applications/workflow.ts';
import type { Workflow } from './cases/workflow.ts';
import { aspiration, complaint, question } from './complaints/workflow.ts';
import { informationRequest } from './information/workflow.ts';

/** Every case kind. Imported only by composition roots (desk, track, jobs), which hand it to `cases`. */
export const workflows: Readonly<Record<string, Workflow>> = {
  complaint,
  aspiration,
  question,
  application,
  informationRequest,
};
