import { deskActions, handingOn } from '../../cases/common/desk.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { open } from '../states.ts';

/** How a desk orders its own work on an application. */
export const desk: Readonly<Record<string, ActionSpec>> = { ...deskActions(open), ...handingOn(open) };
