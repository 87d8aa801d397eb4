import type { Workflow } from '../cases/workflow.ts';
import { contesting } from './actions/contesting.ts';
import { deciding } from './actions/deciding.ts';
import { handling } from './actions/handling.ts';
import { owning } from './actions/owning.ts';
import { quiet } from './actions/quiet.ts';
import { requester } from './actions/requester.ts';
import * as kinds from './kind.ts';
import { objectionUntil } from './rules/limits.ts';

/**
 * A request without what the general desk and the clocks do to any case: all that its own operations take. What the desk
 * orders its work by is taken there.
 */
export const informationRequest: Workflow = {
  ...kinds.informationRequest,
  actions: { ...handling, ...deciding, ...contesting, ...requester, ...owning, ...quiet },
  contestUntil: objectionUntil,
};
