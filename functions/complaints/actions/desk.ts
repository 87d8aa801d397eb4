import * as z from 'zod/mini';
import { deskActions, unitStaff } from '../../cases/common/desk.ts';
import { nothing, text } from '../../cases/common/inputs.ts';
import type { ActionSpec, Right } from '../../cases/workflow.ts';
import { day } from '../../kernel/schema.ts';
import { approveReply, draftReply, isDrafted, rejectReply } from '../rules/desk.ts';
import { open, working } from '../states.ts';

const inCharge: Right = { roles: unitStaff, where: 'inCharge' };
const head: Right = { roles: ['head', 'areaHead'], where: 'inCharge' };
/** How a desk orders its own work; nothing of it is said to the reporter but an approved reply. */
export const desk: Readonly<Record<string, ActionSpec>> = {
  ...deskActions(open),
  draftReply: {
    names: { id: 'Ajukan konsep balasan', en: 'Draft a reply' },
    by: [inCharge],
    from: [...working, 'planned'],
    input: z.strictObject({ text, by: z.optional(day) }),
    text: { audience: 'staff' },
    event: 'replyDrafted',
    audience: 'staff',
    tells: [],
    clocks: [],
    decide: draftReply,
  },
  approveReply: {
    names: { id: 'Setujui dan kirim balasan', en: 'Approve and send the reply' },
    by: [head],
    from: [...working, 'planned'],
    to: { assigned: ['inProgress'] },
    input: nothing,
    event: 'replied',
    audience: 'code',
    tells: ['reporter'],
    clocks: [],
    may: [{ stop: 'firstResponse' }],
    when: isDrafted,
    decide: approveReply,
  },
  rejectReply: {
    names: { id: 'Tolak konsep balasan', en: 'Reject the draft reply' },
    by: [head],
    from: [...working, 'planned'],
    input: z.strictObject({ text }),
    text: { audience: 'staff' },
    event: 'replyRejected',
    audience: 'staff',
    tells: ['unit', 'assignee'],
    clocks: [],
    when: isDrafted,
    decide: rejectReply,
  },
};
