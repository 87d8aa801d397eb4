import { ladderActions } from '../clock/escalate.ts';
import { overdue } from '../clock/overdue.ts';
import { recompute } from '../clock/recompute.ts';
import type { ActionSpec, Workflow } from '../workflow.ts';
import { fileActions } from './files.ts';
import { lostPin } from './owning.ts';

/** What happens at deadlines of a case of any kind, and when deadlines change. */
export const deadlineActions = (states: Workflow['states']): Readonly<Record<string, ActionSpec>> => ({
  overdue: overdue(states),
  ...ladderActions(states),
  recompute: recompute(states),
});

/** The system's own steps on a case of any kind: deadlines, lost PINs and what the inspection found. */
export const systemActions = (states: Workflow['states']): Readonly<Record<string, ActionSpec>> => ({
  ...fileActions(Object.keys(states)),
  ...lostPin(Object.keys(states)),
  ...deadlineActions(states),
});
