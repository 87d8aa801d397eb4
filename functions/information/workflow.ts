import { deskActions, handingOn } from '../cases/common/desk.ts';
import { ownActions } from '../cases/common/owning.ts';
import { systemActions } from '../cases/common/system.ts';
import type { Workflow } from '../cases/workflow.ts';
import { contesting } from './actions/contesting.ts';
import { deciding } from './actions/deciding.ts';
import { handling } from './actions/handling.ts';
import { requester } from './actions/requester.ts';
import { revealing } from './actions/revealing.ts';
import * as kinds from './kind.ts';
import { objectionUntil } from './rules/limits.ts';
import { every, open, states } from './states.ts';

/** Actions as data: who, from where, what it needs, what it does to the clocks, whom it tells. */
export const informationRequest: Workflow = {
  ...kinds.informationRequest,
  actions: {
    ...handling,
    ...deciding,
    ...contesting,
    ...requester,
    ...revealing,
    ...ownActions(every),
    ...deskActions(open),
    ...handingOn(open),
    ...systemActions(states),
  },
  atDue: { objection: 'noteSilence' },
  contestUntil: objectionUntil,
};
