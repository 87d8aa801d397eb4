import { deadlineActions } from '../cases/common/system.ts';
import type { Workflow } from '../cases/workflow.ts';
import { contesting } from './actions/contesting.ts';
import { deciding } from './actions/deciding.ts';
import { desk } from './actions/desk.ts';
import { handling } from './actions/handling.ts';
import { owning } from './actions/owning.ts';
import { quiet } from './actions/quiet.ts';
import { requester } from './actions/requester.ts';
import * as kinds from './kind.ts';
import { objectionUntil } from './rules/limits.ts';
import { states } from './states.ts';

/** Actions as data: who, from where, what it needs, what it does to the clocks, whom it tells. */
export const informationRequest: Workflow = {
  ...kinds.informationRequest,
  actions: {
    ...handling,
    ...deciding,
    ...contesting,
    ...requester,
    ...owning,
    ...desk,
    ...deadlineActions(states),
    ...quiet,
  },
  atDue: { objection: 'noteSilence' },
  contestUntil: objectionUntil,
};
