import { fileActions } from '../../cases/common/files.ts';
import { lostPin } from '../../cases/common/owning.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { every } from '../states.ts';

/** The system's own steps that change nothing anybody decides on; known to applicants' pages too. */
export const quiet: Readonly<Record<string, ActionSpec>> = { ...fileActions(every), ...lostPin(every) };
