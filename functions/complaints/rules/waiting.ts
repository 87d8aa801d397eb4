import { isRunning, limitOf } from '../../cases/clock/clock.ts';
import { optional, ruleOf, today } from '../../cases/common/facts.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { type Change, type Refusal, refuse, type Situation, type StepContext } from '../../cases/workflow.ts';
import type { ClockName } from '../../city/schema.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import type { Instant } from '../../kernel/time.ts';
import { goesOn, pausedByData, pausedByQuestion } from './common.ts';

const runs = ({ clocks }: CaseRecord, name: ClockName): boolean => {
  const clock = clocks[name];
  return clock !== undefined && isRunning(clock);
};

/** Once, and never to be late unseen: what is past its due is paused by nothing. */
export const mayPostpone = ({ record, now }: Situation): ErrorCode | undefined => {
  if (record.data['postponed'] === true) return 'pauseUsed';
  return isLate(record, pausedByData, now) ? 'pauseTooLate' : undefined;
};

/** The coordinator waits for the reporter's data, at most as long as the law lets a reporter take. */
export const postpone = ({ record, city, actor }: StepContext): Change | Refusal =>
  ruleOf(city, record, 'data') === undefined
    ? refuse('clockMissing')
    : { to: 'postponed', data: { decidedBy: actor.id, postponed: true } };

const isLate = ({ clocks }: CaseRecord, names: readonly ClockName[], now: Instant): boolean =>
  names.some((name) => {
    const clock = clocks[name];
    return clock !== undefined && isRunning(clock) && clock.due <= now;
  });

const asked = ({ data }: CaseRecord): readonly string[] =>
  Array.isArray(data['asked']) ? data['asked'].map(String) : [];

/** A unit pauses once, and never to be late unseen: what is past its due is paused by nothing. */
export const mayAsk = ({ record, now }: Situation): ErrorCode | undefined => {
  if (record.root !== null && asked(record).includes(record.root)) return 'pauseUsed';
  return isLate(record, pausedByQuestion, now) ? 'pauseTooLate' : undefined;
};

/** A question to the reporter: the unit's own time and the promise stand still until the answer or its limit. */
export const ask = ({ record, input, city, now }: StepContext): Change | Refusal => {
  const rule = ruleOf(city, record, 'question');
  if (rule === undefined) return refuse('clockMissing');
  const days = typeof input['days'] === 'number' ? input['days'] : rule.amount;
  if (days > rule.amount) return refuse('dateOutOfRange', 'days');
  const until = limitOf(city, { ...rule, amount: days }, null, now);
  return {
    to: 'inProgress',
    data: { asked: [...asked(record), ...(record.root === null ? [] : [record.root])] },
    facts: { until },
    ...(days < rule.amount ? { clocks: [{ start: 'question', due: until }] } : {}),
  };
};

export const wasAsked = ({ record }: Situation): ErrorCode | undefined =>
  runs(record, 'question') ? undefined : 'nothingAsked';

/** The reporter completes a postponed report, which is checked again; otherwise it only says more. */
export const addInformation = ({ record }: StepContext): Change =>
  record.state === 'postponed' ? { to: 'verifying', clocks: goesOn, tells: ['coordinators'] } : {};

/** Nobody answered: time runs again from the question's own limit, however late that is noticed. */
export const expireQuestion = ({ record, now }: StepContext): Change | Refusal => {
  const due = passed(record, 'question', now);
  return due === undefined ? refuse('wrongState', 'clock') : { on: due };
};

/** The data did not come in the time that the law gives. */
export const deemWithdrawn = ({ record, now }: StepContext): Change | Refusal =>
  passed(record, 'data', now) === undefined
    ? refuse('wrongState', 'clock')
    : { to: 'withdrawn', reasonCode: 'silent', data: { deemed: true } };

export const passed = (record: CaseRecord, name: ClockName, now: Instant): Instant | undefined => {
  const clock = record.clocks[name];
  return clock !== undefined && isRunning(clock) && clock.due <= now ? clock.due : undefined;
};

/** A promise further away than this is none. */
const promiseDays = 366;

/** Only a reply that says by when is the unit's first response; a date in the past promises nothing. */
export const reply = ({ record, input, city, now }: StepContext): Change | Refusal => {
  const to = record.state === 'planned' ? 'planned' : 'inProgress';
  const by = optional(input['by']);
  if (by === undefined) return { to };
  const from = today(city, now);
  const until = new Date(Date.parse(from) + promiseDays * 86_400_000).toISOString().slice(0, 10);
  if (by < from || by > until) return refuse('dateOutOfRange', 'by');
  return { to, responded: true, facts: { by }, clocks: [{ stop: 'firstResponse' }] };
};
