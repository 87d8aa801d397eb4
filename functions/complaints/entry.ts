import type { Workflow } from '../cases/workflow.ts';
import { routing } from './actions/routing.ts';
import { kinds } from './shapes.ts';
import { start, states } from './states.ts';

/** As much of a workflow as it takes to file a case. */
export type Entry = Pick<Workflow, 'kind' | 'states' | 'start' | 'actions'>;

/** Every kind with the only step that filing takes: the function carries none of the rules that come after. */
export const entries: Readonly<Record<string, Entry>> = Object.fromEntries(
  kinds.map((kind) => [kind, { kind, states, start, actions: routing }]),
);
