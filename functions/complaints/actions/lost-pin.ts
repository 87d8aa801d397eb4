import type { ActionSpec } from '../../cases/workflow.ts';
import { every } from '../states.ts';
import { nothing } from './inputs.ts';

/** The system's own, in the name of whoever asks. */
export const lostPin: Readonly<Record<'askPin', ActionSpec>> = {
  /** Somebody who lost the PIN asks for a new one: only the stored contact learns how to get it. */
  askPin: {
    quiet: true,
    names: { id: 'Minta PIN baru', en: 'Ask for a new PIN' },
    by: [],
    from: every,
    input: nothing,
    event: 'pinAsked',
    audience: 'reporter',
    tells: ['reporter'],
    clocks: [],
    decide: () => ({}),
  },
};
