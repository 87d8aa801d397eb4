import * as z from 'zod/mini';
import { unitStaff } from '../../cases/common/desk.ts';
import { files, note, nothing, text } from '../../cases/common/inputs.ts';
import type { ActionSpec } from '../../cases/workflow.ts';
import { day, slug } from '../../kernel/schema.ts';
import { returnCase } from '../rules/assigning.ts';
import { goesOn, pausedByQuestion } from '../rules/common.ts';
import { replyAsHead } from '../rules/desk.ts';
import { approvePlan, isProposed, plan, planClocks, rejectPlan } from '../rules/planning.ts';
import { ask, mayAsk } from '../rules/waiting.ts';
import { budgetSources, returnReasons, working } from '../states.ts';

const inCharge = { roles: unitStaff, where: 'inCharge' } as const;
const head = { roles: ['head', 'areaHead'], where: 'inCharge' } as const;

/** The handling unit's actions between assignment and result. */
export const unit: Readonly<Record<string, ActionSpec>> = {
  accept: {
    names: { id: 'Terima tugas', en: 'Accept' },
    by: [inCharge],
    from: ['assigned'],
    to: ['inProgress'],
    input: nothing,
    event: 'accepted',
    audience: 'code',
    tells: ['reporter'],
    clocks: [],
    decide: () => ({ to: 'inProgress' }),
  },
  reply: {
    names: { id: 'Balas pelapor', en: 'Reply to the reporter' },
    by: [inCharge],
    from: [...working, 'planned'],
    to: { assigned: ['inProgress'] },
    input: z.strictObject({
      text,
      /** By when the unit will have done what it says: makes this its first response. */
      by: z.optional(day),
      files,
    }),
    text: { audience: 'reporter' },
    files: { audience: 'reporter' },
    event: 'replied',
    audience: 'code',
    tells: ['reporter'],
    clocks: [],
    may: [{ stop: 'firstResponse' }],
    decide: replyAsHead,
  },
  ask: {
    names: { id: 'Tanya pelapor, tenggat dijeda', en: 'Ask the reporter, the deadline pauses' },
    by: [inCharge],
    from: working,
    to: ['inProgress'],
    input: z.strictObject({
      text,
      /** Working days that the reporter gets; the rule's limit when absent. */
      days: z.optional(z.int().check(z.gte(1), z.lte(366))),
    }),
    text: { audience: 'reporter' },
    event: 'asked',
    audience: 'code',
    tells: ['reporter'],
    clocks: [{ pause: pausedByQuestion }, { start: 'question' }],
    when: mayAsk,
    decide: ask,
  },
  return: {
    names: { id: 'Kembalikan ke koordinator', en: 'Return to the coordinator' },
    by: [inCharge],
    from: working,
    to: ['verifying'],
    input: z.strictObject({ reason: z.enum(returnReasons), next: z.optional(slug), text }),
    text: { audience: 'staff' },
    event: 'returned',
    audience: 'code',
    tells: ['coordinators', 'reporter'],
    clocks: [...goesOn, { stop: 'firstResponse' }, { stop: 'resolution' }, { start: 'verification' }],
    decide: returnCase,
  },
  plan: {
    names: { id: 'Rencanakan, menunggu anggaran', en: 'Plan, waiting for a budget' },
    by: [inCharge],
    from: ['inProgress'],
    to: ['planned'],
    input: z.strictObject({
      /** By when it will be done. */
      date: day,
      source: z.enum(budgetSources),
      /** Budget year. */
      year: z.int().check(z.gte(2020), z.lte(2100)),
      text,
    }),
    text: { audience: 'reporter' },
    event: 'planProposed',
    audience: 'staff',
    tells: [],
    clocks: [],
    may: planClocks,
    decide: plan,
  },
  approvePlan: {
    names: { id: 'Setujui rencana', en: 'Approve the plan' },
    by: [head],
    from: ['inProgress'],
    to: ['planned'],
    input: z.strictObject({ text: note }),
    text: { audience: 'staff' },
    event: 'planned',
    audience: 'code',
    tells: ['unit', 'reporter', 'supporters'],
    clocks: [],
    may: planClocks,
    when: isProposed,
    decide: approvePlan,
  },
  rejectPlan: {
    names: { id: 'Tolak rencana', en: 'Reject the plan' },
    by: [head],
    from: ['inProgress'],
    input: z.strictObject({ text }),
    text: { audience: 'staff' },
    event: 'planRejected',
    audience: 'staff',
    tells: ['unit', 'assignee'],
    clocks: [],
    when: isProposed,
    decide: rejectPlan,
  },
  /** The promised date stands until the result is approved. */
  resumeWork: {
    names: { id: 'Mulai kerjakan rencana', en: 'Start the planned work' },
    by: [inCharge],
    from: ['planned'],
    to: ['inProgress'],
    input: z.strictObject({ text: note }),
    text: { audience: 'reporter' },
    event: 'resumed',
    audience: 'code',
    tells: ['reporter'],
    clocks: [],
    decide: () => ({ to: 'inProgress' }),
  },
};
