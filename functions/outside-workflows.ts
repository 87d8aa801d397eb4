import type { Workflow } from './cases/workflow.ts';
import { aspiration, complaint, question } from './complaints/outside-workflow.ts';

/** Every case kind with the actions about bodies outside alone, for the function that those outside call. */
export const outsideWorkflows: Readonly<Record<string, Workflow>> = { complaint, aspiration, question };
