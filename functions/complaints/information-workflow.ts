import type { CaseKind, Workflow } from '../cases/workflow.ts';
import { informing } from './actions/informing.ts';
import * as kinds from './kind.ts';

/** As much of a report as it takes to open an information request from it. */
const workflowOf = (kind: CaseKind): Workflow => ({ ...kind, actions: informing });

export const complaint = workflowOf(kinds.complaint);
export const aspiration = workflowOf(kinds.aspiration);
export const question = workflowOf(kinds.question);
