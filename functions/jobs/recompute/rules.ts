import { sameBesidesTold } from '../../cases/clock/clock.ts';
import { wakeAtOf } from '../../cases/clock/ladder.ts';
import { recomputed } from '../../cases/clock/recompute.ts';
import { step } from '../../cases/engine.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { ownStepId } from '../../cases/own-step.ts';
import type { Workflow } from '../../cases/workflow.ts';
import type { City, ClockName } from '../../city/schema.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import type { Instant } from '../../kernel/time.ts';

const actor = { kind: 'system', id: 'recompute' } as const;

export type Recomputing =
  /** To be saved; `moved` when a deadline moved, which is an event, and not only the next look at the case. */
  | { readonly record: CaseRecord; readonly moved: boolean }
  | { readonly same: true }
  | { readonly refuse: ErrorCode };

/** One case under the settings that are live now. Pure; a second time it changes nothing. */
export const recomputeCase = (
  workflow: Workflow,
  city: City,
  record: CaseRecord,
  target: number,
  now: Instant,
): Recomputing => {
  const clocks = recomputed(city, record);
  const moves = Object.entries(clocks).some(
    ([name, clock]) => !sameBesidesTold(record.clocks[name as ClockName], clock),
  );
  if (!moves) {
    const wakeAt = wakeAtOf(city, record.clocks);
    if (wakeAt === record.wakeAt) return { same: true };
    return { record: { ...record, wakeAt, rev: record.rev + 1 }, moved: false };
  }
  // One for each case and activation, whichever job takes it.
  const id = ownStepId('recompute', record.code, String(target));
  const stepped = step(
    workflow,
    city,
    record,
    { id, fingerprint: id, action: 'recompute', input: {} },
    actor,
    now,
  );
  return 'refuse' in stepped ? stepped : { record: stepped.record, moved: true };
};
