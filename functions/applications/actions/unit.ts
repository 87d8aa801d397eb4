import * as z from 'zod/mini';
import { deskActions, handingOn, unitStaff } from '../../cases/common/desk.ts';
import { files, note, nothing, text } from '../../cases/common/inputs.ts';
import type { ActionSpec, Right } from '../../cases/workflow.ts';
import { slug, words } from '../../kernel/schema.ts';
import { byAnswer, byDocument } from '../inputs.ts';
import { check, completes, waits } from '../rules/checking.ts';
import { decideObjection, mayDecide, mayRevive, refuseIt } from '../rules/ending.ts';
import { approve, completeStep, issue, mayValidate, sendBack } from '../rules/progress.ts';
import { every, faults, incomplete, open } from '../states.ts';

const inCharge: Right = { roles: unitStaff, where: 'inCharge' };
/** Of a unit that validates for others, or the head of the own house where the service says so. */
const validating: readonly Right[] = [
  { roles: ['validator'], where: 'validating' },
  { roles: ['head', 'areaHead'], where: 'validating' },
];
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
  check: {
    names: { id: 'Putuskan kelengkapan', en: 'Decide whether it is complete' },
    by: [inCharge],
    from: incomplete,
    to: ['correction', ...afterCheck],
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
    event: 'completed',
    audience: 'code',
    tells: [],
    clocks: [],
    may: [...waits, ...completes],
    decide: check,
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
  /** By the operation that registers the product (functions/products). */
  issue: {
    apart: true,
    names: { id: 'Terbitkan produk', en: 'Issue the product' },
    by: [inCharge],
    from: ['awaitingSignature'],
    to: ['issued'],
    input: z.strictObject({ product: z.string().check(z.minLength(3), z.maxLength(64)) }),
    event: 'issued',
    audience: 'code',
    tells: ['reporter'],
    clocks: [],
    decide: issue,
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
  /** Only by way of the operation that answers what lies under the masks. */
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

/** How the desk orders its own work on an application, at the desk itself. */
export const desk: Readonly<Record<string, ActionSpec>> = { ...deskActions(open), ...handingOn(open) };
