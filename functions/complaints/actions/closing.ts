import * as z from 'zod/mini';
import { unitStaff } from '../../cases/common/desk.ts';
import { files, note, text } from '../../cases/common/inputs.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import {
  approve,
  decideDispute,
  followUp,
  mayDecideDispute,
  mayPropose,
  mayValidate,
  reject,
} from '../rules/closing.ts';
import { goesOn, kept } from '../rules/common.ts';
import { outcomes } from '../states.ts';

const validator = { roles: ['validator'], where: 'validating' } as const;

/** From the unit's result to its approval, and the last word on disputes. */
export const closing: Readonly<Record<string, ActionSpec>> = {
  followUp: {
    names: { id: 'Usulkan selesai', en: 'Propose as done' },
    by: [{ roles: unitStaff, where: 'inCharge' }],
    from: ['inProgress'],
    to: ['awaitingValidation', 'followedUp'],
    input: z.strictObject({ outcome: z.enum(outcomes), text, files }),
    text: { audience: 'reporter' },
    files: { audience: 'reporter' },
    event: 'proposed',
    audience: 'code',
    tells: ['validators', 'reporter'],
    clocks: goesOn,
    may: [...kept, { start: 'confirmation' }],
    when: mayPropose,
    decide: followUp,
  },
  approve: {
    names: { id: 'Sahkan', en: 'Approve' },
    by: [validator],
    from: ['awaitingValidation'],
    to: ['followedUp'],
    input: z.strictObject({ text: note }),
    text: { audience: 'staff' },
    event: 'followedUp',
    audience: 'code',
    tells: ['unit', 'reporter', 'supporters'],
    clocks: [...kept, { start: 'confirmation' }],
    when: mayValidate,
    decide: approve,
  },
  reject: {
    names: { id: 'Tolak usulan selesai', en: 'Reject' },
    by: [validator],
    from: ['awaitingValidation'],
    to: ['inProgress'],
    input: z.strictObject({ text }),
    text: { audience: 'staff' },
    event: 'rejected',
    audience: 'code',
    tells: ['unit', 'reporter'],
    clocks: [],
    when: mayValidate,
    decide: reject,
  },
  decideDispute: {
    names: { id: 'Putuskan sanggahan ketiga', en: 'Decide on the third dispute' },
    by: [
      { roles: ['executive'], where: 'desk', positions: ['sekda'] },
      { roles: ['inspector'], where: 'desk' },
    ],
    from: ['inProgress'],
    to: ['closed'],
    input: z.discriminatedUnion('decision', [
      z.strictObject({ decision: z.literal('stands'), outcome: z.enum(outcomes), text }),
      z.strictObject({ decision: z.literal('redo'), text }),
    ]),
    text: { audience: 'reporter' },
    event: 'disputeDecided',
    audience: 'code',
    tells: ['unit', 'head', 'reporter', 'supporters'],
    clocks: [],
    when: mayDecideDispute,
    decide: decideDispute,
  },
};
