import { nothing } from '../../cases/common/inputs.ts';
import { deadlineActions } from '../../cases/common/system.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { deemWithdrawn } from '../rules/ending.ts';
import { states } from '../states.ts';

/** The city's own steps. Nobody else may take them. */
export const system: Readonly<Record<string, ActionSpec>> = {
  deemWithdrawn: {
    names: { id: 'Anggap dicabut', en: 'Deem withdrawn' },
    by: [],
    from: ['correction'],
    to: ['withdrawn'],
    input: nothing,
    event: 'deemedWithdrawn',
    audience: 'code',
    tells: ['reporter', 'unit'],
    clocks: [],
    decide: deemWithdrawn,
  },
  ...deadlineActions(states),
};
