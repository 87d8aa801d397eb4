import { ladderActions } from '../clock/escalate.ts';
import { overdue } from '../clock/overdue.ts';
import { recompute } from '../clock/recompute.ts';
import type { ActionSpec, Workflow } from '../workflow.ts';

/** What happens at deadlines of a case of any kind, and when deadlines change. */
export const deadlineActions = (states: Workflow['states']): Readonly<Record<string, ActionSpec>> => ({
  overdue: overdue(states),
  ...ladderActions(states),
  recompute: recompute(states),
});
