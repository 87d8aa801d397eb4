import type { Workflow } from '../cases/workflow.ts';
import { product } from './actions/product.ts';
import { quiet } from './actions/quiet.ts';
import { start, states } from './states.ts';

/**
 * What is done to the product of an application, and what of a case is quiet; nothing else that a unit does. Without the
 * sentences of timelines and notices, which are said elsewhere: a function carries what it uses.
 */
export const application: Workflow = {
  kind: 'application',
  noun: { id: 'permohonan', en: 'application' },
  states,
  start,
  says: {},
  actions: { ...product, ...quiet },
};
