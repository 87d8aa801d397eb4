import type { Workflow } from '../cases/workflow.ts';
import { informing } from './actions/informing.ts';
import { start, states } from './states.ts';

/** As much of a report as it takes to open an information request from it; it says nothing, and needs no words. */
const workflowOf = (kind: string): Workflow => ({
  kind,
  noun: { id: 'laporan', en: 'report' },
  states,
  start,
  says: {},
  actions: informing,
});

export const complaint = workflowOf('complaint');
export const aspiration = workflowOf('aspiration');
export const question = workflowOf('question');
