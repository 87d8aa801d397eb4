import type { Workflow } from '../cases/workflow.ts';
import { owning } from './actions/owning.ts';
import { quiet } from './actions/quiet.ts';
import { requester } from './actions/requester.ts';
import * as kinds from './kind.ts';
import { objectionUntil } from './rules/limits.ts';

/** What a requester may do, and what of a request is quiet; nothing that is for staff or a clock to do. */
export const informationRequest: Workflow = {
  ...kinds.informationRequest,
  actions: { ...requester, ...owning, ...quiet },
  contestUntil: objectionUntil,
};
