import { ladderAction } from '../../cases/clock/escalate.ts';
import { type Moment, momentsOf, wakeAtOf, wasWarned } from '../../cases/clock/ladder.ts';
import { applyClocks } from '../../cases/effects.ts';
import { type Stepped, step } from '../../cases/engine.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { ownStepId } from '../../cases/own-step.ts';
import { type Looked, refuse, type Workflow } from '../../cases/workflow.ts';
import type { City, ClockName } from '../../city/schema.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import type { Instant } from '../../kernel/time.ts';

/** Of one run; what is left is due still, and the next minute's. */
const stepsAtOnce = 8;

const actor = { kind: 'system', id: 'sweep' } as const;

/** Something that the system has to do on a case, because a clock says so. */
export interface DueStep {
  /** `overdue`, what the workflow does at that clock's deadline, or a step of the ladder. */
  readonly action: string;
  readonly clock: ClockName;
  /** Id of the ladder's step; absent when it is the deadline itself. */
  readonly step?: string;
  readonly due: Instant;
}

/** What is due first, if anything is; of two at once always the same. */
export const dueStep = (
  workflow: Pick<Workflow, 'atDue'>,
  city: City,
  { clocks }: Pick<CaseRecord, 'clocks'>,
  now: Instant,
): DueStep | undefined => {
  const first: Moment | undefined = momentsOf(city, clocks)[0];
  if (first === undefined || first.at > now) return undefined;
  const { clock } = first;
  const due = clocks[clock]?.due ?? first.at;
  return 'due' in first
    ? { action: workflow.atDue?.[clock] ?? 'overdue', clock, due }
    : { action: ladderAction(first.step), clock, step: first.step.id, due };
};

/**
 * Identity of a step, by which an event says which one it was. A deadline that moves passes again; a step of the ladder
 * belongs to the run of its clock, wherever the deadline moves.
 */
export const stepId = ({ code, clocks }: Pick<CaseRecord, 'code' | 'clocks'>, due: DueStep): string => {
  const run = due.step === undefined ? [due.due] : [due.step, clocks[due.clock]?.startedAt ?? ''];
  return ownStepId('step', code, due.action, due.clock, ...run);
};

/** Facts that a decision needs and that only the sweep can look up, case by case and only when they are needed. */
export type Fact = keyof Pick<Looked, 'vacant' | 'delivered'>;

/** Which fact a step is decided on. */
const factFor = ({ action, clock, step: ofLadder }: DueStep): Fact | undefined => {
  if (action === 'escalate') return 'vacant';
  return ofLadder === undefined && clock === 'confirmation' ? 'delivered' : undefined;
};

export interface Advanced {
  /** To be saved in one write; the very record that came in when there is nothing to write. */
  readonly record: CaseRecord;
  /** Events that it got. */
  readonly steps: number;
  /** Why a step that is due could not be taken. */
  readonly refused?: ErrorCode;
  /** Steps that the workflow refused, of which it was recorded instead that they are overdue. */
  readonly declined: readonly string[];
}

/**
 * Everything that is due of one case, each step an ordinary command of the engine, all of them for one write. A case
 * that woke without reason gets its `wakeAt` put right, or it would wake every minute.
 * @param looked facts that are known; when another one is needed its name comes back, and nothing was decided
 */
export const advance = (
  workflow: Workflow,
  city: City,
  record: CaseRecord,
  now: Instant,
  looked: Looked = {},
): Advanced | { readonly needs: Fact } => {
  const declined: string[] = [];
  let next = record;
  let refused: ErrorCode | undefined;
  for (let n = 0; n < stepsAtOnce; n += 1) {
    const due = dueStep(workflow, city, next, now);
    if (due === undefined) break;
    const fact = factFor(due);
    if (fact !== undefined && looked[fact] === undefined) return { needs: fact };
    const taken = take(workflow, city, next, due, now, looked);
    if ('refuse' in taken) {
      refused = taken.refuse;
      break;
    }
    if (taken.declined) declined.push(due.action);
    next = taken.record;
  }
  const wakeAt = wakeAtOf(city, next.clocks);
  return {
    record: next === record && wakeAt === record.wakeAt ? record : { ...next, wakeAt, rev: record.rev + 1 },
    steps: next.seq - record.seq,
    declined,
    ...(refused === undefined ? {} : { refused }),
  };
};

type Taken = { readonly record: CaseRecord; readonly declined?: true } | { readonly refuse: ErrorCode };

/**
 * A step whose event is there though the clock lost its mark only gets the mark back. What the workflow does at a
 * deadline may be refused by the case as it stands; then people are told that it is overdue, once, and decide.
 */
const take = (
  workflow: Workflow,
  city: City,
  record: CaseRecord,
  due: DueStep,
  now: Instant,
  looked: Looked,
): Taken => {
  const done = (action: string): boolean =>
    record.events.some((event) => event.commandId === stepId(record, { ...due, action }));
  if (done(due.action) || (due.step === undefined && done('overdue')))
    return { record: marked(city, record, due, now) };
  const stepped = mayAct(city, record, due)
    ? command(workflow, city, record, due, now, looked)
    : refuse('wrongState', 'clock');
  if (!('refuse' in stepped) || stepped.refuse === 'busy') return stepped;
  if (due.step !== undefined || due.action === 'overdue') return stepped;
  const instead = command(workflow, city, record, { ...due, action: 'overdue' }, now, looked);
  return 'refuse' in instead ? instead : { record: instead.record, declined: true };
};

/** Nobody is deemed to have withdrawn who was not told before, whatever became of the ladder meanwhile. */
const mayAct = (city: City, { clocks }: CaseRecord, { clock, step: ofLadder, action }: DueStep): boolean => {
  if (clock !== 'data' || ofLadder !== undefined || action === 'overdue') return true;
  const data = clocks[clock];
  return data !== undefined && wasWarned(city, clock, data);
};

const command = (
  workflow: Workflow,
  city: City,
  record: CaseRecord,
  due: DueStep,
  now: Instant,
  looked: Looked,
): Stepped => {
  const id = stepId(record, due);
  const input = { clock: due.clock, ...(due.step === undefined ? {} : { step: due.step }) };
  // What a workflow does at a deadline takes no input: it is decided on the case alone.
  const ours = due.step !== undefined || due.action === 'overdue';
  const whole = { id, fingerprint: id, action: due.action, input: ours ? input : {} };
  return step(workflow, city, record, whole, actor, now, looked);
};

const marked = (
  city: City,
  record: CaseRecord,
  { clock, step: ofLadder }: DueStep,
  now: Instant,
): CaseRecord => ({
  ...record,
  clocks: applyClocks(
    city,
    record,
    [ofLadder === undefined ? { tell: clock } : { climb: clock, steps: [ofLadder] }],
    now,
  ),
});
