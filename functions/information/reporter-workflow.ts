import { fileActions } from '../cases/common/files.ts';
import { lostPin, ownActions } from '../cases/common/owning.ts';
import type { Workflow } from '../cases/workflow.ts';
import { requester } from './actions/requester.ts';
import { revealing } from './actions/revealing.ts';
import * as kinds from './kind.ts';
import { objectionUntil } from './rules/limits.ts';
import { every } from './states.ts';

/** What a requester may do, and what of a request is quiet; nothing that is for staff or a clock to do. */
export const informationRequest: Workflow = {
  ...kinds.informationRequest,
  actions: {
    ...requester,
    ...ownActions(every),
    ...lostPin(every),
    ...fileActions(every),
    ...revealing,
  },
  contestUntil: objectionUntil,
};
