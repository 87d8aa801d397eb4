import * as z from 'zod/mini';
import type { ActionSpec } from '../../cases/workflow.ts';
import { words } from '../../kernel/schema.ts';
import { every } from '../states.ts';
import { deciders, secretariat, superior } from './rights.ts';

/** Who asks is opened one request at a time, for a reason that stays with it. */
export const revealing: Readonly<Record<'reveal', ActionSpec>> = {
  /** By the operation that answers who it is. */
  reveal: {
    apart: true,
    quiet: true,
    at: 'reveal',
    names: { id: 'Buka identitas pemohon', en: 'Open the requester’s identity' },
    by: [...deciders, secretariat, superior],
    from: every,
    /** Why it is needed. */
    input: z.strictObject({ text: words(5, 500) }),
    text: { audience: 'staff' },
    event: 'revealed',
    audience: 'staff',
    tells: [],
    clocks: [],
    decide: () => ({}),
  },
};
