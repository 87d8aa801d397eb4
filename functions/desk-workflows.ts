import { application } from './applications/desk-workflow.ts';
import type { Workflow } from './cases/workflow.ts';
import { aspiration, complaint, question } from './complaints/workflow.ts';
import { informationRequest } from './information/desk-workflow.ts';

/**
 * Every case kind as the desk works on it: reports whole; of what asks for a service only the actions that every kind
 * has. Its own steps are taken at its own feature, so that the function of the queues does not carry them.
 */
export const deskWorkflows: Readonly<Record<string, Workflow>> = {
  complaint,
  aspiration,
  question,
  application,
  informationRequest,
};
