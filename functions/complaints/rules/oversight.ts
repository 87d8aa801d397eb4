import { optional } from '../../cases/common/facts.ts';
import type { CaseRecord } from '../../cases/model.ts';
import {
  type Change,
  type ClockEffect,
  type Refusal,
  refuse,
  type Situation,
  type StepContext,
} from '../../cases/workflow.ts';
import { categoryOf } from '../../city/find.ts';
import type { City } from '../../city/schema.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import { firstAssignment } from './common.ts';

/** What stood still, was planned or seemed done runs again. */
export const oversightClocks: readonly ClockEffect[] = [
  ...firstAssignment,
  { stop: 'planned' },
  { stop: 'confirmation' },
  { revive: ['promise', 'outer'] },
];

/** Where oversight lies: the named substitute's unit, else the city's oversight unit; it leaves triage at once. */
export const toOversight = (city: City, record: CaseRecord, about: string | undefined): Change => {
  const substitute = city.substitutes.find((s) => s.about === about);
  const unit = substitute?.unit ?? city.profile.oversightUnit;
  return {
    oversight: true,
    ...(substitute === undefined ? {} : { about: substitute.about }),
    unit,
    to: 'assigned',
    custodyEnds: record.root === null ? 'assigned' : 'moved',
    // A proposal that waited for others is for the Inspektorat to look at anew.
    validating: null,
    outcome: null,
    clocks: oversightClocks,
    assignee: null,
    data: { plan: undefined, final: undefined },
  };
};

/** Marking oversight takes a case out of the coordinator's sight; that cannot be undone from here. */
export const mark = ({ record, input, city }: StepContext): Change | Refusal => {
  const about = optional(input['about']);
  if (about !== undefined && !city.substitutes.some((s) => s.about === about)) {
    return refuse('unknownUnit', 'about');
  }
  const confidential = typeof input['confidential'] === 'boolean' ? input['confidential'] : undefined;
  if (input['oversight'] === true || about !== undefined) {
    return {
      ...toOversight(city, record, about),
      ...(confidential === undefined ? {} : { confidential }),
      facts: { oversight: true, ...(about === undefined ? {} : { about }) },
    };
  }
  if (confidential === undefined || confidential === record.flags.confidential) {
    return refuse('invalidInput', 'confidential');
  }
  // What the reporter or the category made confidential is not the coordinator's to open.
  if (!confidential && record.data['confidentialBy'] !== 'coordinator')
    return refuse('forbidden', 'confidential');
  return { confidential, facts: { confidential }, data: { confidentialBy: 'coordinator' } };
};

export const mayUnmark = ({ record }: Situation): ErrorCode | undefined =>
  record.flags.oversight && record.about === undefined ? undefined : 'wrongState';

/**
 * It alleges nothing after all: triage reads it again, as secret as before, without the category that made it oversight.
 */
export const unmark = ({ record, city }: StepContext): Change => ({
  to: 'verifying',
  oversight: false,
  confidential: true,
  unit: null,
  assignee: null,
  validating: null,
  outcome: null,
  custodyEnds: 'returned',
  ...(categoryOf(city, record.category)?.oversight === true ? { category: null } : {}),
  facts: { oversight: false },
  data: { confidentialBy: record.flags.confidential ? record.data['confidentialBy'] : 'coordinator' },
});
