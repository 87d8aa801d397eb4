import type { CaseKind, Workflow } from '../cases/workflow.ts';
import { fileActions } from './actions/files.ts';
import { lostPin } from './actions/lost-pin.ts';
import { merging } from './actions/merging.ts';
import { triage } from './actions/triage.ts';
import * as kinds from './kind.ts';

/** Merging and dividing, the coordinator's steps, with which a part is assigned at once, and what of a case is quiet. */
const actions: Workflow['actions'] = { ...merging, ...triage, ...lostPin, ...fileActions };

const workflowOf = (kind: CaseKind): Workflow => ({ ...kind, actions });

export const complaint = workflowOf(kinds.complaint);
export const aspiration = workflowOf(kinds.aspiration);
export const question = workflowOf(kinds.question);
