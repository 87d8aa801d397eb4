import type { Workflow } from './cases/workflow.ts';
import { aspiration, complaint, question } from './complaints/relations-workflow.ts';

/** Every case kind with the actions that concern several cases, for the function that takes those alone. */
export const relationsWorkflows: Readonly<Record<string, Workflow>> = { complaint, aspiration, question };
