import { today } from '../../cases/common/facts.ts';
import { isValidOn, rootOf, unitOf } from '../../cases/units.ts';
import { type Change, type Refusal, refuse, type Situation, type StepContext } from '../../cases/workflow.ts';
import type { ErrorCode } from '../../kernel/errors.ts';

/** The list of stays stays bounded. */
const custodyLimit = 24;

/** PPID Utama gives it to the unit whose PPID Pelaksana answers; the limit runs on. */
export const distribute = ({ record, input, city, now }: StepContext): Change | Refusal => {
  const id = String(input['unit']);
  const unit = unitOf(city, id);
  if (unit === undefined || !isValidOn(unit, today(city, now)) || rootOf(city, id) === record.root)
    return refuse('unknownUnit', 'unit');
  if (record.custody.length >= custodyLimit) return refuse('tooManyMoves');
  return {
    ...(record.state === 'received' ? { to: 'inProgress' } : {}),
    unit: id,
    assignee: null,
    custodyEnds: 'assigned',
    facts: { unit: id },
  };
};

/** It began with PPID Utama, where `proposal` says: there alone it has nowhere to go back to. */
export const maySendBack = ({ record, city }: Situation): ErrorCode | undefined => {
  const { unit } = record.proposal;
  return unit === null || rootOf(city, unit) === record.root ? 'wrongState' : undefined;
};

export const sendBack = ({ record }: StepContext): Change | Refusal =>
  record.custody.length >= custodyLimit
    ? refuse('tooManyMoves')
    : { unit: record.proposal.unit, assignee: null, custodyEnds: 'returned', bounced: true };
