import * as z from 'zod/mini';
import type { ActionSpec } from '../../cases/workflow.ts';
import { words } from '../../kernel/schema.ts';
import { every } from '../states.ts';
import { inCharge, validating } from './rights.ts';

/** Looking under the masks. Nobody decides anything by it, so an open page stays good. */
export const reveal: Readonly<Record<'reveal', ActionSpec>> = {
  /** Only by way of the operation that answers what lies under them. */
  reveal: {
    apart: true,
    quiet: true,
    at: 'reveal',
    names: { id: 'Buka isian tanpa samaran', en: 'Open the answers unmasked' },
    by: [inCharge, ...validating],
    from: every,
    input: z.strictObject({ text: words(10, 500) }),
    text: { audience: 'staff' },
    event: 'revealed',
    audience: 'staff',
    tells: [],
    clocks: [],
    decide: () => ({}),
  },
};
