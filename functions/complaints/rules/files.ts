import type { Change, StepContext } from '../../cases/workflow.ts';

/** Keeps beside the case what was found of one of its files: its kind, or why it is refused. */
export const keepFinding = ({ input }: StepContext): Change => ({
  facts: { file: String(input['file']), found: String(input['found']) },
});
