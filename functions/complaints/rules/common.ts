import { limitOf } from '../../cases/clock/clock.ts';
import { ruleOf } from '../../cases/common/facts.ts';
import type { CaseRecord } from '../../cases/model.ts';
import type { ClockEffect, Situation } from '../../cases/workflow.ts';
import type { City } from '../../city/schema.ts';
import type { Instant } from '../../kernel/time.ts';

/** What stands still while a unit waits for the reporter's answer. */
export const pausedByQuestion = ['firstResponse', 'resolution', 'promise'] as const;
/** What stands still while the coordinator waits for the reporter's data. */
export const pausedByData = ['verification', 'promise'] as const;

/** Ends whatever waited for the reporter, when the case goes on without. */
export const goesOn: readonly ClockEffect[] = [
  { stop: 'dispatch' },
  { stop: 'question' },
  { stop: 'data' },
  { resume: ['firstResponse', 'resolution', 'verification', 'promise'] },
];

/** A unit gets the case: its own time begins. */
export const firstAssignment: readonly ClockEffect[] = [
  ...goesOn,
  { stop: 'verification' },
  { start: 'firstResponse' },
  { start: 'resolution' },
];

/** What an approved result ends: the promise to the citizen, a plan's date, and the unit's own clocks. */
export const kept: readonly ClockEffect[] = [
  { stop: 'firstResponse' },
  { stop: 'resolution' },
  { stop: 'planned' },
  { stop: 'promise' },
  { stop: 'outer' },
];

/**
 * What had not happened after all: the promise, or the planned date that took its place, the outer limit and the
 * unit's time run on towards the dues that they had.
 */
export const notKept = (record: CaseRecord): readonly ClockEffect[] => [
  { revive: ['outer', 'resolution', record.clocks['planned'] === undefined ? 'promise' : 'planned'] },
];

/** Until when a reporter may dispute or object to what ended; null while it has not ended, or without a rule. */
export const windowEnd = (city: City, record: CaseRecord): Instant | null => {
  const rule = ruleOf(city, record, 'dispute');
  return record.closedAt === undefined || rule === undefined
    ? null
    : limitOf(city, rule, null, record.closedAt);
};

export const windowClosed = ({ city, record, now }: Situation): boolean => {
  const until = windowEnd(city, record);
  return until !== null && until < now;
};

/** Complaints about somebody are seen by one person alone: no second one can look at what that person does. */
export const hasSecond = (record: CaseRecord): boolean => record.about === undefined;
