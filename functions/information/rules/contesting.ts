import { isNewlyOverdue } from '../../cases/clock/clock.ts';
import { endOf, ruleOf, today } from '../../cases/common/facts.ts';
import { type Change, type Refusal, refuse, type Situation, type StepContext } from '../../cases/workflow.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import { factsOf, type RequestFacts } from '../facts.ts';
import type { Decision, Ground } from '../states.ts';
import { disputeUntil, isAnswerOverdue, objectionUntil } from './limits.ts';

const answered: readonly Decision[] = ['granted', 'partlyGranted', 'notHeld'];
const exempting: readonly Decision[] = ['partlyGranted', 'refused'];

/**
 * Whether a ground of article 35 (1) can be one here: what was decided, what it costs, and whether the limit passed say
 * so. Whether it is right is the superior's to find.
 * @param overdue the limit passed and nobody had decided
 */
export const groundFits = ({ decision, cost }: RequestFacts, overdue: boolean, ground: Ground): boolean => {
  switch (ground) {
    case 'exempted':
      return decision !== undefined && exempting.includes(decision.as);
    case 'periodicMissing':
      return decision !== undefined || overdue;
    case 'noResponse':
      return decision === undefined && overdue;
    case 'notAsRequested':
    case 'notFulfilled':
      return decision !== undefined && answered.includes(decision.as);
    case 'unreasonableCost':
      return cost !== undefined;
    case 'late':
      return overdue || decision?.late === true;
  }
};

/** Once, from the first ground on, until the window after it closes. */
export const mayObject = ({ record, city, now }: Situation): ErrorCode | undefined => {
  const { objection, decision, cost } = factsOf(record);
  if (objection !== undefined) return 'objectionMade';
  const until = objectionUntil(city, record, now);
  if (decision === undefined && until === null) return cost === undefined ? 'answerNotDue' : undefined;
  return until !== null && until < now ? 'objectionOver' : undefined;
};

export const object = ({ record, input, city, now, textId }: StepContext): Change | Refusal => {
  const ground = String(input['ground']) as Ground;
  if (ruleOf(city, record, 'objection') === undefined) return refuse('clockMissing');
  if (!groundFits(factsOf(record), isAnswerOverdue(record, now), ground))
    return refuse('groundUnfit', 'ground');
  return {
    to: 'objected',
    reasonCode: ground,
    facts: { ground },
    data: { objection: { ground, at: now, text: textId } },
  };
};

/** An order is carried out within this many days: further away than that it is none. */
const orderDays = 60;

/**
 * The superior's written answer. A decision is upheld with its reasons; one that is not, or never was, has to be made
 * anew by a day. Either way it may be taken to the commission, until a moment that is told (article 37 (2)).
 */
export const answerObjection = ({
  record,
  input,
  actor,
  city,
  now,
  textId,
}: StepContext): Change | Refusal => {
  const disputeBy = disputeUntil(city, record, now);
  if (disputeBy === undefined) return refuse('clockMissing');
  const upheld = input['decision'] === 'upheld';
  const answer = { as: upheld ? 'upheld' : 'overturned', at: now, by: actor.id, text: textId };
  const data = { answer, disputeBy };
  if (upheld) {
    return factsOf(record).decision === undefined
      ? refuse('nothingToUphold', 'decision')
      : { to: 'upheld', reasonCode: 'upheld', facts: { disputeBy }, data };
  }
  if (ruleOf(city, record, 'planned') === undefined) return refuse('clockMissing');
  const by = String(input['by']);
  const from = today(city, now);
  const last = new Date(Date.parse(from) + orderDays * 86_400_000).toISOString().slice(0, 10);
  if (by < from || by > last) return refuse('dateOutOfRange', 'by');
  return {
    to: 'ordered',
    outcome: null,
    reasonCode: 'overturned',
    facts: { by, disputeBy },
    data,
    clocks: [{ start: 'planned', due: endOf(city, by) }],
  };
};

/** The superior's limit passed: an answer may still come, and the way to the commission opens with the limit. */
export const noteSilence = ({ record, city, now }: StepContext): Change | Refusal => {
  const { objection } = record.clocks;
  if (objection === undefined || !isNewlyOverdue(objection, now)) return refuse('wrongState', 'clock');
  const disputeBy = disputeUntil(city, record, objection.due);
  return {
    facts: { clock: 'objection', due: objection.due, ...(disputeBy === undefined ? {} : { disputeBy }) },
    data: { disputeBy },
    clocks: [{ tell: 'objection' }],
  };
};

export const mayReact = ({ record }: Situation): ErrorCode | undefined =>
  factsOf(record).disputeBy === undefined ? 'notAnsweredYet' : undefined;

/** Satisfied, or on to the commission: the last column of the register of objections. The latest word counts. */
export const react = ({ input }: StepContext): Change => {
  const reaction = String(input['reaction']);
  return { facts: { reaction }, data: { reaction } };
};
