import type { ActionSpec, Workflow } from '../cases/workflow.ts';
import { closing } from './actions/closing.ts';
import { desk } from './actions/desk.ts';
import { fileActions } from './actions/files.ts';
import { merging } from './actions/merging.ts';
import { outside } from './actions/outside.ts';
import { publishing } from './actions/publishing.ts';
import { reporter } from './actions/reporter.ts';
import { system } from './actions/system.ts';
import { triage } from './actions/triage.ts';
import { unit } from './actions/unit.ts';
import { propose } from './route.ts';
import { windowEnd } from './rules/common.ts';
import { reasons, states } from './states.ts';

/** Actions as data: who, from where, what it needs, what it does to the clocks, whom it tells. */
const actions: Readonly<Record<string, ActionSpec>> = {
  ...triage,
  ...outside,
  ...unit,
  ...closing,
  ...reporter,
  ...merging,
  ...publishing,
  ...desk,
  ...system,
  ...fileActions,
};

const workflowOf = (kind: string): Workflow => ({
  kind,
  states,
  actions,
  start: { state: 'received', clocks: ['verification', 'promise', 'outer'] },
  atDue: {
    dispatch: 'dispatch',
    data: 'deemWithdrawn',
    question: 'expireQuestion',
    confirmation: 'finish',
    reminder: 'remindOutside',
  },
  reasons,
  contestUntil: windowEnd,
  propose,
});

export const complaint = workflowOf('complaint');
export const aspiration = workflowOf('aspiration');
export const question = workflowOf('question');
