import * as z from 'zod/mini';
import { clockNames } from '../../city/schema.ts';
import { slug } from '../../kernel/schema.ts';
import {
  type ActionSpec,
  type Change,
  type Refusal,
  refuse,
  type StepContext,
  type Workflow,
} from '../workflow.ts';
import { isRunning } from './clock.ts';
import { climb, noticeEnds, type Rising, rising } from './ladder.ts';

const input = z.strictObject({ clock: z.enum(clockNames), step: slug });

/** What the steps of the ladder do; one action for each sort of people that they reach. */
export type LadderAction = 'warn' | 'remind' | 'escalate';

/** The action that takes a step. */
export const ladderAction = ({ tells }: Rising['step']): LadderAction =>
  tells === 'reporter' ? 'warn' : tells === 'unit' ? 'remind' : 'escalate';

/**
 * A due step that this run of the clock has not taken. Refused in every other case, so that it happens once.
 */
const dueOf = ({ record, input: given, city, now }: StepContext, action: LadderAction) => {
  const { clock: name, step: id } = input.parse(given);
  const clock = record.clocks[name];
  if (clock === undefined || !isRunning(clock)) return refuse('wrongState', 'clock');
  const steps = rising(city, name, clock);
  const due = steps.find(({ step, at }) => step.id === id && at <= now && ladderAction(step) === action);
  return due === undefined ? refuse('wrongState', 'step') : { name, clock, steps, due };
};

/** The reporter is told what follows, and has from then on as long as the ladder promises. */
const warn = (context: StepContext): Change | Refusal => {
  const found = dueOf(context, 'warn');
  if ('refuse' in found) return found;
  const { name, clock, due } = found;
  const until = noticeEnds(context.city, clock, due, context.now);
  const ends = until === undefined || until < clock.due ? clock.due : until;
  return {
    facts: { clock: name, step: due.step.id, due: ends },
    clocks: [{ climb: name, steps: [due.step.id], until }],
  };
};

/** Whoever works on it is told; in triage nobody does but the coordinators. */
const remind = (context: StepContext): Change | Refusal => {
  const found = dueOf(context, 'remind');
  if ('refuse' in found) return found;
  const { name, clock, due } = found;
  return {
    facts: { clock: name, step: due.step.id, due: clock.due },
    clocks: [{ climb: name, steps: [due.step.id] }],
    ...(context.record.unit === null ? { tells: ['coordinators'] } : {}),
  };
};

/** It goes to the next above; on past every rung where nobody stands. */
const escalate = (context: StepContext): Change | Refusal => {
  const found = dueOf(context, 'escalate');
  if ('refuse' in found) return found;
  const { name, clock, steps, due } = found;
  const { vacant = [] } = context.looked;
  const { step, taken, skipped } = climb(steps, due.step, vacant);
  const empty = vacant.includes(step.tells) ? [...skipped, step.tells] : skipped;
  return {
    facts: {
      clock: name,
      step: step.id,
      to: step.tells,
      due: clock.due,
      // Whom it should have reached: shown on the case, since it says why the ladder went faster.
      ...(empty.length === 0 ? {} : { vacant: empty.join(' ') }),
    },
    clocks: [{ climb: name, steps: taken }],
  };
};

/**
 * The system's own steps of every case kind, around its deadlines: they change no state. Executives are told by their
 * daily digest, so an escalation tells the head whose case went up. Final states too: an objection runs in them.
 */
export const ladderActions = (states: Workflow['states']): Readonly<Record<LadderAction, ActionSpec>> => {
  const ours = { by: [], from: Object.keys(states), input, clocks: [] } as const;
  return {
    warn: {
      ...ours,
      names: { id: 'Ingatkan pelapor', en: 'Warn the reporter' },
      event: 'warned',
      audience: 'code',
      tells: ['reporter'],
      decide: warn,
    },
    remind: {
      ...ours,
      names: { id: 'Ingatkan unit', en: 'Remind the unit' },
      event: 'reminded',
      audience: 'staff',
      tells: ['unit', 'assignee'],
      decide: remind,
    },
    escalate: {
      ...ours,
      names: { id: 'Naikkan ke atasan', en: 'Escalate' },
      event: 'escalated',
      audience: 'staff',
      tells: ['head'],
      decide: escalate,
    },
  };
};
