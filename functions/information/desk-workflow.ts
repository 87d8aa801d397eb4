import type { Workflow } from '../cases/workflow.ts';
import { desk } from './actions/desk.ts';
import { owning } from './actions/owning.ts';
import { quiet } from './actions/quiet.ts';
import * as kinds from './kind.ts';

/** A request as the general desk works on it: its own steps are taken at its own page. */
export const informationRequest: Workflow = {
  ...kinds.informationRequest,
  actions: { ...desk, ...owning, ...quiet },
};
