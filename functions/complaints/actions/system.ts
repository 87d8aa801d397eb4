import { nothing } from '../../cases/common/inputs.ts';
import { deadlineActions } from '../../cases/common/system.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { dispatch } from '../rules/assigning.ts';
import { finish } from '../rules/closing.ts';
import { firstAssignment, goesOn } from '../rules/common.ts';
import { deemWithdrawn, expireQuestion } from '../rules/waiting.ts';
import { states, triage } from '../states.ts';
import { lostPin } from './lost-pin.ts';
import { routing } from './routing.ts';

/** The city's own steps: routing, and what happens when a clock has run out. Nobody else may take them. */
export const system: Readonly<Record<string, ActionSpec>> = {
  ...routing,
  dispatch: {
    names: { id: 'Penerusan setelah menunggu', en: 'Dispatch after waiting' },
    by: [],
    from: triage,
    to: ['assigned'],
    input: nothing,
    event: 'dispatched',
    audience: 'code',
    tells: ['unit', 'coordinators', 'reporter'],
    clocks: [],
    may: firstAssignment,
    decide: dispatch,
  },
  expireQuestion: {
    names: { id: 'Akhiri jeda pertanyaan', en: 'End the pause of a question' },
    by: [],
    from: ['inProgress'],
    input: nothing,
    event: 'questionExpired',
    audience: 'code',
    tells: ['unit', 'assignee', 'reporter'],
    clocks: goesOn,
    decide: expireQuestion,
  },
  deemWithdrawn: {
    names: { id: 'Anggap dicabut', en: 'Deem withdrawn' },
    by: [],
    from: ['postponed'],
    to: ['withdrawn'],
    input: nothing,
    event: 'deemedWithdrawn',
    audience: 'code',
    tells: ['reporter', 'supporters'],
    clocks: [],
    decide: deemWithdrawn,
  },
  finish: {
    names: { id: 'Selesaikan tanpa tanggapan', en: 'Finish without an answer' },
    by: [],
    from: ['followedUp'],
    to: ['closed', 'unconfirmed'],
    input: nothing,
    event: 'finished',
    audience: 'code',
    tells: ['unit', 'reporter', 'supporters'],
    clocks: [],
    decide: finish,
  },
  ...lostPin,
  ...deadlineActions(states),
};
