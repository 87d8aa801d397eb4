import type { CaseKind, Workflow } from '../cases/workflow.ts';
import { fileActions } from './actions/files.ts';
import { lostPin } from './actions/lost-pin.ts';
import { reporter } from './actions/reporter.ts';
import * as kinds from './kind.ts';
import { windowEnd } from './rules/common.ts';

/** What a reporter may do, and what of a case is quiet; nothing that is for staff or a clock to do. */
const actions: Workflow['actions'] = { ...reporter, ...lostPin, ...fileActions };

const workflowOf = (kind: CaseKind): Workflow => ({ ...kind, actions, contestUntil: windowEnd });

export const complaint = workflowOf(kinds.complaint);
export const aspiration = workflowOf(kinds.aspiration);
export const question = workflowOf(kinds.question);
