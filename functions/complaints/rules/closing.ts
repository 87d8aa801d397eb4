import { ruleOf } from '../../cases/common/facts.ts';
import { openParts } from '../../cases/parts.ts';
import { rootOf } from '../../cases/units.ts';
import {
  type Change,
  type Refusal,
  refuse,
  rolesOn,
  type Situation,
  type StepContext,
} from '../../cases/workflow.ts';
import type { City } from '../../city/schema.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import { hasSecond, kept, notKept, windowClosed } from './common.ts';
import { passed } from './waiting.ts';

/** The second dispute needs the unit's head, the third the Sekda; after that the way leads out of the house. */
const headFrom = 2;
const sekdaFrom = 3;

const disputesOf = ({ data }: Situation['record']): number =>
  typeof data['disputes'] === 'number' ? data['disputes'] : 0;

const idsIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** Waits for the Sekda: disputed a third time and not yet decided. */
const isSekdas = ({ record }: Situation): boolean =>
  disputesOf(record) >= sekdaFrom && record.data['settled'] !== true;

/** The unit outside of the handling branch that looks at a closing; undefined when the city names none. */
const validatorFor = (city: City, root: string | null): string | undefined => {
  const { validatingUnit, secondValidatingUnit } = city.profile;
  if (root === null || rootOf(city, validatingUnit) !== root) return validatingUnit;
  return secondValidatingUnit !== undefined && rootOf(city, secondValidatingUnit) !== root
    ? secondValidatingUnit
    : undefined;
};

/** A result that was disputed twice is proposed by the head, one disputed three times by nobody before the Sekda decided. */
export const mayPropose = (situation: Situation): ErrorCode | undefined => {
  const { record, actor } = situation;
  if (openParts(record).length > 0) return 'partsOpen';
  if (isSekdas(situation)) return 'sekdaDecides';
  if (disputesOf(record) < headFrom || actor.kind !== 'staff') return undefined;
  const roles = rolesOn(actor, record);
  return roles.includes('head') || roles.includes('areaHead') ? undefined : 'headNeeded';
};

/**
 * Done needs a second pair of eyes: the proposal waits for a validating unit outside of the handling one. Oversight is
 * validated within, by another inspector. A complaint that a substitute handles is seen by that one person alone, so
 * nobody can validate it: it says so instead of pretending.
 */
export const followUp = ({ record, input, actor, city }: StepContext): Change | Refusal => {
  const outcome = String(input['outcome']);
  if (ruleOf(city, record, 'confirmation') === undefined) return refuse('clockMissing');
  if (!hasSecond(record)) {
    return {
      to: 'followedUp',
      as: { event: 'followedUp', audience: 'code' },
      outcome,
      facts: { validated: false },
      clocks: [...kept, { start: 'confirmation' }],
    };
  }
  const handler = record.flags.oversight ? record.unit : validatorFor(city, record.root);
  if (handler === null || handler === undefined) return refuse('noValidator');
  return {
    to: 'awaitingValidation',
    outcome,
    validating: handler,
    // Kept in the record: the event may be archived before anybody validates.
    data: { proposedBy: actor.id, plan: undefined },
  };
};

/** The validator is another person than who proposed, and than who approved what the reporter then disputed. */
export const mayValidate = ({ record, actor }: Situation): ErrorCode | undefined => {
  // A new pair of eyes from the second dispute on (`domain` §2); before it, a city with one validator can go on.
  const seen = disputesOf(record) >= headFrom ? idsIn(record.data['validators']) : [];
  const not = [String(record.data['proposedBy'] ?? ''), ...seen];
  return actor.kind === 'staff' && not.includes(actor.id) ? 'secondPersonNeeded' : undefined;
};

export const approve = ({ record, actor }: StepContext): Change => ({
  // A part has no reporter of its own, who could confirm it: the whole has.
  to: record.parent === undefined ? 'followedUp' : 'closed',
  validating: null,
  data: { validators: [...idsIn(record.data['validators']), actor.id] },
});

export const reject = (): Change => ({ to: 'inProgress', validating: null, outcome: null });

/** The reporter kept silent: finished only if a notice reached them, unconfirmed otherwise. */
export const finish = ({ record, now, looked }: StepContext): Change | Refusal => {
  if (passed(record, 'confirmation', now) === undefined) return refuse('wrongState', 'clock');
  return looked.delivered === true
    ? { to: 'closed', reasonCode: 'silent' }
    : { to: 'unconfirmed', reasonCode: 'undelivered' };
};

export const mayDispute = (situation: Situation): ErrorCode | undefined => {
  if (disputesOf(situation.record) >= sekdaFrom) return 'tooManyDisputes';
  return windowClosed(situation) ? 'disputeOver' : undefined;
};

/** Not fixed, says who should know: the case goes on, and what it promised was never kept. */
export const dispute = ({ record }: StepContext): Change => {
  const round = disputesOf(record) + 1;
  return {
    to: 'inProgress',
    outcome: null,
    facts: { round },
    data: { disputes: round, rating: undefined, settled: undefined },
    tells: round >= sekdaFrom ? ['head', 'sekda'] : round >= headFrom ? ['head'] : [],
    clocks: notKept(record),
  };
};

/**
 * The Sekda decides the third dispute; of a case that the Sekda may not see, or while nobody is Sekda, an inspector who
 * neither proposed nor approved it.
 */
export const mayDecideDispute = (situation: Situation): ErrorCode | undefined => {
  const { record, actor } = situation;
  if (!isSekdas(situation)) return 'wrongState';
  if (actor.kind !== 'staff' || actor.position === 'sekda' || !hasSecond(record)) return undefined;
  return mayValidate(situation);
};

/** Whether the Sekda holds the post and may see the case: then it is nobody else's. */
const isSekdaThere = ({ record, actor, looked }: StepContext): boolean =>
  hasSecond(record) &&
  !record.flags.confidential &&
  !record.flags.oversight &&
  !(actor.kind === 'staff' && actor.position === 'sekda') &&
  looked.vacant?.includes('sekda') !== true;

/** The result stands and the case ends with it, or the unit goes on once more. */
export const decideDispute = (context: StepContext): Change | Refusal => {
  if (isSekdaThere(context)) return refuse('sekdaDecides');
  const { input } = context;
  return input['decision'] === 'stands'
    ? { to: 'closed', outcome: String(input['outcome']), reasonCode: 'stands', data: { settled: true } }
    : { reasonCode: 'redo', data: { settled: true } };
};
