import type { Workflow } from '../cases/workflow.ts';
import { desk } from './actions/desk.ts';
import { owning } from './actions/owning.ts';
import { quiet } from './actions/quiet.ts';
import { reveal } from './actions/reveal.ts';
import * as kinds from './kind.ts';

/** An application as the general desk works on it: its own steps are taken at its own page. */
export const application: Workflow = {
  ...kinds.application,
  actions: {
    ...desk,
    ...owning,
    ...quiet,
    // Taken at its own page; known here for being quiet.
    reveal: { ...reveal.reveal, by: [] },
  },
};
