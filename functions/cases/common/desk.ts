import * as z from 'zod/mini';
import { day, slug, words } from '../../kernel/schema.ts';
import { priorities } from '../model.ts';
import type { ActionSpec, Right } from '../workflow.ts';
import { answerInstruction, handOn, instruct, isInstructed, label, prioritise } from './desk-rules.ts';
import { files, note, text } from './inputs.ts';

/** Who works on a case in a unit; lurah and camat do in the own one. */
export const unitStaff = ['liaison', 'officer', 'head', 'areaHead'] as const;

const inCharge: Right = { roles: unitStaff, where: 'inCharge' };
const triage: Right = { roles: ['coordinator'], where: 'triage' };
const organising: readonly Right[] = [{ roles: ['coordinator', 'inspector'], where: 'desk' }, inCharge];

const labels = z.optional(z.array(slug.check(z.maxLength(24))).check(z.minLength(1), z.maxLength(8)));

/** How a desk orders its own work on a case of any kind; nothing of it is said to the reporter. */
export const deskActions = (
  open: readonly string[],
): Readonly<Record<'note' | 'label' | 'prioritise' | 'instruct' | 'answerInstruction', ActionSpec>> => ({
  note: {
    names: { id: 'Catatan internal', en: 'Internal note' },
    by: [
      { roles: ['coordinator', 'inspector'], where: 'desk' },
      inCharge,
      { roles: ['validator'], where: 'validating' },
    ],
    from: open,
    input: z.strictObject({ text, files }),
    text: { audience: 'staff' },
    files: { audience: 'staff' },
    event: 'noted',
    audience: 'staff',
    tells: [],
    clocks: [],
    decide: () => ({}),
  },
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
});

/** From hand to hand within the branch of the unit in charge, for kinds that no coordinator dispatches. */
export const handingOn = (open: readonly string[]): Readonly<Record<'assign', ActionSpec>> => ({
  assign: {
    names: { id: 'Tugaskan', en: 'Assign' },
    by: [inCharge],
    from: open,
    input: z.strictObject({
      unit: slug,
      person: z.optional(z.string().check(z.maxLength(64))),
      text: note,
    }),
    text: { audience: 'staff' },
    event: 'handedOn',
    audience: 'staff',
    tells: ['assignee'],
    clocks: [],
    decide: handOn,
  },
});
