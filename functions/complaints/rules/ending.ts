import { isRunning } from '../../cases/clock/clock.ts';
import { ruleOf } from '../../cases/common/facts.ts';
import { type Change, type Refusal, refuse, type Situation, type StepContext } from '../../cases/workflow.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import { marks } from '../states.ts';
import { windowClosed } from './common.ts';
import { partsGone } from './parts.ts';

export const archive = ({ input, actor }: StepContext): Change => ({
  to: 'archived',
  reasonCode: String(input['reason']),
  // Kept with the case alone: nobody counts who was marked how often.
  data: { decidedBy: actor.id, mark: marks.includes(String(input['reason'])) ? input['reason'] : undefined },
});

/** A proposal that waited for somebody does so no longer; whoever it waited for is told. */
export const withdraw = ({ record: { unit, validating } }: StepContext): Change => ({
  to: 'withdrawn',
  validating: null,
  reasonCode: 'own',
  tells: [
    ...(unit === null ? (['coordinators'] as const) : []),
    ...(validating === undefined ? [] : (['validators'] as const)),
  ],
  ...(validating === undefined ? {} : { facts: { validating } }),
});

/** Once, while the window after the end is open; who withdrew by an own word has nothing to object to. */
export const mayObject = (situation: Situation): ErrorCode | undefined => {
  const { record } = situation;
  if (record.data['objection'] !== undefined) return 'objectionUsed';
  if (record.state === 'withdrawn' && record.data['deemed'] !== true) return 'wrongState';
  return windowClosed(situation) ? 'disputeOver' : undefined;
};

/** The case waits in triage, still ended in name, until somebody else has decided. */
export const object = ({ record, city }: StepContext): Change | Refusal =>
  ruleOf(city, record, 'objection') === undefined
    ? refuse('clockMissing')
    : {
        unit: null,
        assignee: null,
        custodyEnds: 'moved',
        data: { objection: record.data['decidedBy'] ?? '' },
      };

/** Somebody else than who decided what is objected to. */
export const mayDecideObjection = ({ record, actor }: Situation): ErrorCode | undefined => {
  const { objection } = record.clocks;
  if (objection === undefined || !isRunning(objection)) return 'noObjection';
  return record.data['objection'] === actor.id ? 'secondPersonNeeded' : undefined;
};

/** Upheld is the decision that was objected to: the case ends again. Overturned, it is where it was before. */
export const decideObjection = ({ record, input }: StepContext): Change =>
  input['decision'] === 'upheld'
    ? { reasonCode: 'upheld' }
    : {
        to: 'verifying',
        outcome: null,
        reasonCode: 'overturned',
        data: { deemed: undefined, outside: undefined, mark: undefined, ...partsGone(record) },
        set: { mergedInto: undefined },
        clocks: [{ stop: 'reminder' }, { revive: ['promise', 'outer'] }, { start: 'verification' }],
      };
