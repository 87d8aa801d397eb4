import { isRunning, limitOf } from '../../cases/clock/clock.ts';
import { ruleOf } from '../../cases/common/facts.ts';
import type { CaseRecord } from '../../cases/model.ts';
import {
  type Change,
  type ClockEffect,
  type Refusal,
  refuse,
  type Situation,
  type StepContext,
} from '../../cases/workflow.ts';
import type { City } from '../../city/schema.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import type { Instant } from '../../kernel/time.ts';
import { dataOf, factsOf } from '../model.ts';

/** On one of the service's own legal grounds, which say why and by what law. */
export const refuseIt = (context: StepContext): Change | Refusal => {
  const { record, input, actor } = context;
  const ground = factsOf(context).service.refusals.find(({ id }) => id === input['ground']);
  if (ground === undefined) return refuse('unknownGround', 'ground');
  return {
    to: 'refused',
    outcome: 'refused',
    facts: { ground: ground.id },
    data: { decidedBy: actor.id, decidedIn: record.state },
  };
};

/** A result that waited for a validator does so no longer. */
export const withdraw = ({ record: { validating } }: StepContext): Change => ({
  to: 'withdrawn',
  validating: null,
  reasonCode: 'own',
  ...(validating === undefined ? {} : { tells: ['validators'], facts: { validating } }),
});

/** The corrections did not come in the time that the law gives. */
export const deemWithdrawn = ({ record, now, actor }: StepContext): Change | Refusal => {
  const { data } = record.clocks;
  if (data === undefined || !isRunning(data) || data.due > now) return refuse('wrongState', 'clock');
  return {
    to: 'withdrawn',
    reasonCode: 'silent',
    data: { deemed: true, decidedBy: actor.id, decidedIn: 'correction' },
  };
};

/** Until when the applicant may object to how it ended; null while it has not ended, or without a rule. */
export const contestUntil = (city: City, record: CaseRecord): Instant | null => {
  const rule = ruleOf(city, record, 'contest');
  return record.closedAt === undefined || rule === undefined
    ? null
    : limitOf(city, rule, null, record.closedAt);
};

/** Once, in time; who withdrew by an own word has nothing to object to. */
export const mayObject = ({ record, city, now }: Situation): ErrorCode | undefined => {
  const { objected, deemed } = dataOf(record);
  if (objected === true) return 'objectionUsed';
  if (record.state === 'withdrawn' && deemed !== true) return 'wrongState';
  const until = contestUntil(city, record);
  return until !== null && until < now ? 'contestOver' : undefined;
};

/** It lies with its unit again, ended in name, until somebody else has decided. */
export const object = ({ record, city }: StepContext): Change | Refusal =>
  ruleOf(city, record, 'objection') === undefined ? refuse('clockMissing') : { data: { objected: true } };

/** Another person than who refused it. */
export const mayDecide = ({ record, actor }: Situation): ErrorCode | undefined => {
  const { objection } = record.clocks;
  if (objection === undefined || !isRunning(objection)) return 'noObjection';
  return dataOf(record).decidedBy === actor.id ? 'secondPersonNeeded' : undefined;
};

/** What an overturned end had stopped runs on towards its own due. */
const revived: Readonly<Record<string, readonly ClockEffect[]>> = {
  checking: [{ revive: ['completeness'] }],
  correction: [{ revive: ['completeness'] }, { pause: ['completeness'] }, { start: 'data' }],
  processing: [{ revive: ['promise'] }],
  awaitingSignature: [{ revive: ['promise'] }],
};
export const mayRevive: readonly ClockEffect[] = [
  { revive: ['completeness', 'promise'] },
  { pause: ['completeness'] },
  { start: 'data' },
];

/** Upheld, it ends again; overturned, it goes on where it had ended, as if it never had. */
export const decideObjection = ({ record, input }: StepContext): Change => {
  if (input['decision'] === 'upheld') return { reasonCode: 'upheld' };
  const { decidedIn = 'checking' } = dataOf(record);
  return {
    to: decidedIn,
    outcome: null,
    reasonCode: 'overturned',
    data: { deemed: undefined, decidedBy: undefined, decidedIn: undefined },
    clocks: revived[decidedIn] ?? [],
  };
};
