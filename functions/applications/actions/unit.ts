import * as z from 'zod/mini';
import { files, note, nothing, text } from '../../cases/common/inputs.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { slug, words } from '../../kernel/schema.ts';
import { byAnswer, byDocument } from '../inputs.ts';
import { askCorrection, complete, completes, waits } from '../rules/checking.ts';
import { decideObjection, mayDecide, mayRevive, refuseIt } from '../rules/ending.ts';
import { approve, completeStep, mayValidate, sendBack } from '../rules/progress.ts';
import { faults, incomplete, open } from '../states.ts';
import { inCharge, validating } from './rights.ts';

const afterCheck = ['processing', 'validation', 'awaitingSignature', 'issued'];

/** From the check to the product: the unit's own actions, and those of whoever looks at its result. */
export const unit: Readonly<Record<string, ActionSpec>> = {
  begin: {
    names: { id: 'Mulai periksa', en: 'Begin the check' },
    by: [inCharge],
    from: ['submitted'],
    to: ['checking'],
    input: nothing,
    event: 'checking',
    audience: 'code',
    tells: [],
    clocks: [],
    decide: ({ actor }) => ({ to: 'checking', assignee: actor.id }),
  },
  complete: {
    names: { id: 'Nyatakan lengkap', en: 'Declare complete' },
    by: [inCharge],
    from: incomplete,
    to: afterCheck,
    /** A verdict on every document that was handed in. */
    input: z.strictObject({ documents: byDocument(z.literal('accepted')), text: note }),
    text: { audience: 'reporter' },
    event: 'completed',
    audience: 'code',
    tells: ['reporter'],
    clocks: completes,
    decide: complete,
  },
  askCorrection: {
    names: { id: 'Minta perbaikan', en: 'Ask for corrections' },
    by: [inCharge],
    from: incomplete,
    to: ['correction'],
    input: z.strictObject({
      /** A verdict on every document that was handed in. */
      documents: byDocument(z.enum(['accepted', ...faults])),
      /** What is wrong, for answers where anything is. */
      answers: z._default(byAnswer(z.enum(faults)), {}),
      /** What the applicant is told of single parts, by document or pointer. */
      notes: z.optional(z.record(z.string().check(z.maxLength(300)), words(2, 300))),
      text: note,
    }),
    text: { audience: 'reporter' },
    event: 'correctionAsked',
    audience: 'code',
    tells: ['reporter'],
    clocks: waits,
    decide: askCorrection,
  },
  completeStep: {
    names: { id: 'Selesaikan langkah', en: 'Complete the step' },
    by: [inCharge],
    from: ['processing'],
    to: afterCheck,
    input: z.strictObject({
      /** The step that is being taken: two clicks do not skip one. */
      step: slug,
      text: note,
      files,
    }),
    text: { audience: 'staff' },
    files: { audience: 'staff' },
    event: 'stepDone',
    audience: 'code',
    tells: [],
    clocks: [],
    decide: completeStep,
  },
  approve: {
    names: { id: 'Sahkan', en: 'Approve' },
    by: validating,
    from: ['validation'],
    to: ['awaitingSignature', 'issued'],
    input: z.strictObject({ text: note }),
    text: { audience: 'staff' },
    event: 'approved',
    audience: 'code',
    tells: ['unit', 'assignee'],
    clocks: [],
    when: mayValidate,
    decide: approve,
  },
  sendBack: {
    names: { id: 'Kembalikan ke unit', en: 'Send back to the unit' },
    by: [...validating, inCharge],
    from: ['validation', 'awaitingSignature'],
    to: ['processing', 'checking'],
    input: z.strictObject({ text }),
    text: { audience: 'staff' },
    event: 'sentBack',
    audience: 'code',
    tells: ['unit', 'assignee'],
    clocks: [],
    decide: sendBack,
  },
  refuse: {
    names: { id: 'Tolak permohonan', en: 'Refuse the application' },
    by: [inCharge],
    from: ['checking', 'processing', 'awaitingSignature'],
    to: ['refused'],
    input: z.strictObject({
      /** One of the service's own grounds, as the catalogue had them when it was submitted. */
      ground: slug,
      text,
      files,
    }),
    text: { audience: 'reporter' },
    files: { audience: 'reporter' },
    event: 'refused',
    audience: 'code',
    tells: ['reporter', 'head'],
    clocks: [],
    decide: refuseIt,
  },
  decideObjection: {
    names: { id: 'Putuskan keberatan', en: 'Decide on the objection' },
    by: [
      { roles: ['head', 'areaHead'], where: 'inCharge' },
      { roles: ['executive'], where: 'desk', positions: ['sekda'] },
    ],
    from: ['refused', 'withdrawn'],
    to: ['checking', 'correction', 'processing', 'awaitingSignature'],
    input: z.strictObject({ decision: z.enum(['upheld', 'overturned']), text }),
    text: { audience: 'reporter' },
    event: 'objectionDecided',
    audience: 'code',
    tells: ['unit', 'head', 'reporter'],
    clocks: [{ stop: 'objection' }],
    may: mayRevive,
    when: mayDecide,
    decide: decideObjection,
  },
  reply: {
    names: { id: 'Tulis kepada pemohon', en: 'Write to the applicant' },
    by: [inCharge],
    from: open,
    input: z.strictObject({ text, files }),
    text: { audience: 'reporter' },
    files: { audience: 'reporter' },
    event: 'replied',
    audience: 'code',
    tells: ['reporter'],
    clocks: [],
    decide: () => ({}),
  },
};
