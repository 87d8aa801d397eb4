import type { Workflow } from '../cases/workflow.ts';
import { product } from './actions/product.ts';
import { quiet } from './actions/quiet.ts';
import * as kinds from './kind.ts';

/** What is done to the product of an application, and what of a case is quiet; nothing else that a unit does. */
export const application: Workflow = { ...kinds.application, actions: { ...product, ...quiet } };
