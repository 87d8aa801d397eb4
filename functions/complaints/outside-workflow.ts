import type { CaseKind, Workflow } from '../cases/workflow.ts';
import { fileActions } from './actions/files.ts';
import { lostPin } from './actions/lost-pin.ts';
import { outside } from './actions/outside.ts';
import * as kinds from './kind.ts';

/** What a body outside is asked and answers, and what of a case is quiet; nothing else that is done in the city. */
const actions: Workflow['actions'] = { ...outside, ...lostPin, ...fileActions };

const workflowOf = (kind: CaseKind): Workflow => ({ ...kind, actions });

export const complaint = workflowOf(kinds.complaint);
export const aspiration = workflowOf(kinds.aspiration);
export const question = workflowOf(kinds.question);
