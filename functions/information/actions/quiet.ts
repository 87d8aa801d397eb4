import { fileActions } from '../../cases/common/files.ts';
import { lostPin } from '../../cases/common/owning.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { every } from '../states.ts';
import { revealing } from './revealing.ts';

/** What nobody decides anything on: whoever saw a request before has seen enough. */
export const quiet: Readonly<Record<string, ActionSpec>> = {
  ...lostPin(every),
  ...fileActions(every),
  ...revealing,
};
