import { dueOf, limitOf, timeOf } from '../../cases/clock/clock.ts';
import { ruleOf } from '../../cases/common/facts.ts';
import type { CaseRecord } from '../../cases/model.ts';
import type { City } from '../../city/schema.ts';
import type { Instant } from '../../kernel/time.ts';
import { factsOf } from '../facts.ts';

/**
 * Limits of law 14/2008 on information requests. Their lengths are clock rules of the city with their legal reference:
 * `promise` (article 22 (7)), `extension` (22 (8)), `contest` and `objection` (36), `dispute` (37).
 */

/** When an extended answer is due: the days of the extension follow those of the promise. Undefined without a rule. */
export const extendedUntil = (city: City, record: CaseRecord): Instant | undefined => {
  const { promise } = record.clocks;
  const [first, more] = [ruleOf(city, record, 'promise'), ruleOf(city, record, 'extension')];
  if (promise === undefined || first === undefined || more === undefined) return undefined;
  const whole = { ...first, amount: first.amount + more.amount };
  return dueOf(whole, timeOf(city, promise.owner), promise.startedAt, promise.paused);
};

/** Whether the answer is owed already: its limit has passed and nobody decided. */
export const isAnswerOverdue = ({ clocks: { promise } }: Pick<CaseRecord, 'clocks'>, now: Instant): boolean =>
  promise !== undefined && promise.doneAt === undefined && promise.due < now;

/**
 * Until when an objection may be made: counted from the decision, or from the limit that passed without one. Null
 * before either, after an objection was made, and where the city has no rule.
 */
export const objectionUntil = (city: City, record: CaseRecord, now?: Instant): Instant | null => {
  const { decision, objection } = factsOf(record);
  const rule = ruleOf(city, record, 'contest');
  if (objection !== undefined || rule === undefined || record.state === 'withdrawn') return null;
  if (decision !== undefined) return limitOf(city, rule, null, decision.at);
  const { promise } = record.clocks;
  if (promise === undefined || (now !== undefined && !isAnswerOverdue(record, now))) return null;
  return limitOf(city, rule, null, promise.due);
};

/** Until when a dispute may be filed after an answer of the superior, or after the limit of one that never came. */
export const disputeUntil = (city: City, record: CaseRecord, from: Instant): Instant | undefined => {
  const rule = ruleOf(city, record, 'dispute');
  return rule === undefined ? undefined : limitOf(city, rule, null, from);
};
