import { createHash } from 'node:crypto';
import { isNewlyOverdue, wakeAtOf } from '../../cases/clock/clock.ts';
import { applyClocks } from '../../cases/effects.ts';
import { type Stepped, step } from '../../cases/engine.ts';
import type { CaseRecord } from '../../cases/model.ts';
import type { Workflow } from '../../cases/workflow.ts';
import { type City, type ClockName, clockNames } from '../../city/schema.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import type { Instant } from '../../kernel/time.ts';

/** More than a case has clocks; what is left is due still, and the next minute's. */
const stepsAtOnce = 8;

const actor = { kind: 'system', id: 'sweep' } as const;

/** Something that the system has to do on a case, because a clock says so. */
export interface DueStep {
  readonly action: 'overdue';
  readonly clock: ClockName;
  readonly due: Instant;
}

/** What is due first, if anything is; of two at once always the same. */
export const dueStep = ({ clocks }: Pick<CaseRecord, 'clocks'>, now: Instant): DueStep | undefined => {
  let first: DueStep | undefined;
  for (const clock of clockNames) {
    const state = clocks[clock];
    if (state === undefined || !isNewlyOverdue(state, now)) continue;
    if (first === undefined || state.due < first.due) first = { action: 'overdue', clock, due: state.due };
  }
  return first;
};

/**
 * Identity of a step: the same whoever takes it and whenever, so that an event says which one it was. Needs no key,
 * since people's command ids are keyed hashes, which nobody can choose to be this one.
 */
export const stepId = (code: string, { action, clock, due }: DueStep): string =>
  createHash('sha256')
    .update(['step', code, action, clock, due].join('\u0000'))
    .digest()
    .subarray(0, 16)
    .toString('base64url');

export interface Advanced {
  /** To be saved in one write; the very record that came in when there is nothing to write. */
  readonly record: CaseRecord;
  /** Events that it got. */
  readonly steps: number;
  /** Why a step that is due could not be taken. */
  readonly refused?: ErrorCode;
}

/**
 * Everything that is due of one case, each step an ordinary command of the engine, all of them for one write. A case
 * that woke without reason gets its `wakeAt` put right, or it would wake every minute.
 */
export const advance = (workflow: Workflow, city: City, record: CaseRecord, now: Instant): Advanced => {
  let next = record;
  let refused: ErrorCode | undefined;
  for (let n = 0; n < stepsAtOnce; n += 1) {
    const due = dueStep(next, now);
    if (due === undefined) break;
    const stepped = take(workflow, city, next, due, now);
    if ('refuse' in stepped) {
      refused = stepped.refuse;
      break;
    }
    next = stepped.record;
  }
  const wakeAt = wakeAtOf(next.clocks);
  return {
    record: next === record && wakeAt === record.wakeAt ? record : { ...next, wakeAt, rev: record.rev + 1 },
    steps: next.seq - record.seq,
    ...(refused === undefined ? {} : { refused }),
  };
};

/** A step whose event is there though the clock lost its mark only gets the mark back. */
const take = (
  workflow: Workflow,
  city: City,
  record: CaseRecord,
  due: DueStep,
  now: Instant,
): Stepped | { readonly record: CaseRecord } => {
  const id = stepId(record.code, due);
  if (record.events.some((event) => event.commandId === id)) {
    return { record: { ...record, clocks: applyClocks(city, record, [{ tell: due.clock }], now) } };
  }
  const command = { id, fingerprint: id, action: due.action, input: { clock: due.clock } };
  return step(workflow, city, record, command, actor, now);
};
