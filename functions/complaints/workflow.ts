import type { ActionSpec, CaseKind, Workflow } from '../cases/workflow.ts';
import { closing } from './actions/closing.ts';
import { desk } from './actions/desk.ts';
import { fileActions } from './actions/files.ts';
import { informing } from './actions/informing.ts';
import { merging } from './actions/merging.ts';
import { outside } from './actions/outside.ts';
import { publishing } from './actions/publishing.ts';
import { reporter } from './actions/reporter.ts';
import { system } from './actions/system.ts';
import { triage } from './actions/triage.ts';
import { unit } from './actions/unit.ts';
import * as kinds from './kind.ts';
import { windowEnd } from './rules/common.ts';

/** Actions as data: who, from where, what it needs, what it does to the clocks, whom it tells. */
const actions: Readonly<Record<string, ActionSpec>> = {
  ...triage,
  ...outside,
  ...unit,
  ...closing,
  ...reporter,
  ...merging,
  ...publishing,
  ...informing,
  ...desk,
  ...system,
  ...fileActions,
};

const workflowOf = (kind: CaseKind): Workflow => ({
  ...kind,
  actions,
  atDue: {
    dispatch: 'dispatch',
    data: 'deemWithdrawn',
    question: 'expireQuestion',
    confirmation: 'finish',
    reminder: 'remindOutside',
  },
  contestUntil: windowEnd,
});

export const complaint = workflowOf(kinds.complaint);
export const aspiration = workflowOf(kinds.aspiration);
export const question = workflowOf(kinds.question);
