import type { CaseRecord } from '../../cases/model.ts';
import { type Change, type Refusal, refuse, type Situation, type StepContext } from '../../cases/workflow.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import { open } from '../states.ts';

/** Reports that one report may take in: a street that a whole neighbourhood complains about. */
const absorbedAtMost = 20;

const isAlone = ({ flags, about }: CaseRecord): boolean => flags.oversight || about !== undefined;

/**
 * A report that took others in, or that has parts or is one, is not merged itself: so no chain and no cycle of merged
 * reports can come about, whatever happens at once.
 */
export const mayMerge = ({ record }: Situation): ErrorCode | undefined => {
  if (isAlone(record)) return 'handledAlone';
  const bound =
    (record.absorbed?.length ?? 0) > 0 || record.parent !== undefined || (record.children?.length ?? 0) > 0;
  return bound ? 'hasOthers' : undefined;
};

/** Why `other` cannot take this report in; undefined when it can. */
const cannotTake = (record: CaseRecord, other: CaseRecord): ErrorCode | undefined => {
  if (other.code === record.code || other.kind !== record.kind) return 'notMergeable';
  if (isAlone(other) || other.flags.confidential !== record.flags.confidential) return 'notMergeable';
  if (!open.includes(other.state) || other.parent !== undefined) return 'notMergeable';
  return (other.absorbed?.length ?? 0) >= absorbedAtMost ? 'tooManyMerged' : undefined;
};

/** The duplicate ends here; its reporter and supporters follow the other report from now on. */
export const merge = ({ record, actor, looked }: StepContext): Change | Refusal => {
  if (looked.other === undefined) return refuse('notMergeable', 'into');
  const not = cannotTake(record, looked.other);
  if (not !== undefined) return refuse(not, 'into');
  return {
    to: 'merged',
    validating: null,
    facts: { into: looked.other.code },
    set: { mergedInto: looked.other.code },
    data: { decidedBy: actor.id },
  };
};

/** The other half, in the same write. Who reported first was promised first: the earlier promise holds for both. */
export const absorb = ({ record, input, looked }: StepContext): Change => ({
  facts: { from: String(input['from']) },
  clocks: [{ earlier: { promise: looked.other?.clocks['promise'], outer: looked.other?.clocks['outer'] } }],
  set: { absorbed: [...new Set([...(record.absorbed ?? []), String(input['from'])])] },
});

/** An objection that is being decided is decided first: it may undo the merging itself. */
export const mayUnmerge = ({ record }: Situation): ErrorCode | undefined =>
  record.mergedInto === undefined || record.closedAt === undefined ? 'wrongState' : undefined;

/** Not the same after all: verified anew, its promise running on towards the due that it had. */
export const unmerge = ({ record }: StepContext): Change => ({
  to: 'verifying',
  unit: null,
  assignee: null,
  outcome: null,
  custodyEnds: 'moved',
  facts: { from: record.mergedInto ?? '' },
  set: { mergedInto: undefined },
  clocks: [{ revive: ['promise', 'outer'] }, { start: 'verification' }],
});

/** The report that took this one in ended without a result: what it stood for is verified on its own again. */
export const survivorEnded = (context: StepContext): Change | Refusal =>
  context.record.mergedInto === context.input['into'] ? unmerge(context) : refuse('wrongState', 'into');

export const release = ({ record, input }: StepContext): Change => {
  const left = (record.absorbed ?? []).filter((code) => code !== input['from']);
  return {
    facts: { from: String(input['from']) },
    set: { absorbed: left.length === 0 ? undefined : left },
  };
};
