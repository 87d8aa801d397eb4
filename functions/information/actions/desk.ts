import { deskActions, handingOn } from '../../cases/common/desk.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { open } from '../states.ts';

/** What the general desk orders its work by, as on a case of any kind. */
export const desk: Readonly<Record<string, ActionSpec>> = { ...deskActions(open), ...handingOn(open) };
