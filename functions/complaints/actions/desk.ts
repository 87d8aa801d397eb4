import * as z from 'zod/mini';
import { priorities } from '../../cases/model.ts';
import type { ActionSpec, Right } from '../../cases/workflow.ts';
import { day, slug, words } from '../../kernel/schema.ts';
import {
  answerInstruction,
  approveReply,
  draftReply,
  instruct,
  isDrafted,
  isInstructed,
  label,
  prioritise,
  rejectReply,
} from '../rules/desk.ts';
import { open, unitStaff, working } from '../states.ts';
import { nothing, text } from './inputs.ts';

const inCharge: Right = { roles: unitStaff, where: 'inCharge' };
const head: Right = { roles: ['head', 'areaHead'], where: 'inCharge' };
const triage: Right = { roles: ['coordinator'], where: 'triage' };
const organising: readonly Right[] = [{ roles: ['coordinator', 'inspector'], where: 'desk' }, inCharge];

const labels = z.optional(z.array(slug.check(z.maxLength(24))).check(z.minLength(1), z.maxLength(8)));

/** How a desk orders its own work; nothing of it is said to the reporter but an approved reply. */
export const desk: Readonly<Record<string, ActionSpec>> = {
  label: {
    names: { id: 'Beri atau lepas label', en: 'Put labels on or take them off' },
    by: organising,
    from: open,
    input: z.strictObject({ add: labels, remove: labels }),
    event: 'labelled',
    audience: 'staff',
    tells: [],
    clocks: [],
    decide: label,
  },
  prioritise: {
    names: { id: 'Tetapkan prioritas', en: 'Set the priority' },
    by: organising,
    from: open,
    input: z.strictObject({ level: z.enum(['normal', ...priorities]), text: words(3, 160) }),
    text: { audience: 'staff' },
    event: 'prioritised',
    audience: 'staff',
    tells: ['assignee'],
    clocks: [],
    decide: prioritise,
  },
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
  instruct: {
    names: { id: 'Beri arahan', en: 'Give an instruction' },
    by: [{ roles: ['executive'], where: 'desk' }],
    from: open,
    input: z.strictObject({ text, due: day }),
    text: { audience: 'staff' },
    event: 'instructed',
    audience: 'staff',
    tells: [],
    clocks: [],
    decide: instruct,
  },
  answerInstruction: {
    names: { id: 'Jawab arahan', en: 'Answer an instruction' },
    by: [inCharge, triage],
    from: open,
    /** `seq` of the event that gave it. */
    input: z.strictObject({ seq: z.int().check(z.gte(1)), text }),
    text: { audience: 'staff' },
    event: 'instructionAnswered',
    audience: 'staff',
    tells: ['instructor'],
    clocks: [],
    when: isInstructed,
    decide: answerInstruction,
  },
};
