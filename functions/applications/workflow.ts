import type { Workflow } from '../cases/workflow.ts';
import { desk } from './actions/desk.ts';
import { owning } from './actions/owning.ts';
import { system } from './actions/system.ts';
import * as own from './own-workflow.ts';

/** An application for a service of the city, as a case (`domain` §4). */
export const application: Workflow = {
  ...own.application,
  actions: { ...own.application.actions, ...owning, ...desk, ...system },
  atDue: { data: 'deemWithdrawn' },
};
