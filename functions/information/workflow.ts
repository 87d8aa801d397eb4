import { deadlineActions } from '../cases/common/system.ts';
import type { Workflow } from '../cases/workflow.ts';
import { desk } from './actions/desk.ts';
import * as own from './own-workflow.ts';
import { states } from './states.ts';

/** Actions as data: who, from where, what it needs, what it does to the clocks, whom it tells. */
export const informationRequest: Workflow = {
  ...own.informationRequest,
  actions: { ...own.informationRequest.actions, ...desk, ...deadlineActions(states) },
  atDue: { objection: 'noteSilence' },
};
