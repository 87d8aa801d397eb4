import { isHead } from '../../cases/actor.ts';
import { limitOf } from '../../cases/clock/clock.ts';
import { endOf, ruleOf, today } from '../../cases/common/facts.ts';
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
import { goesOn, hasSecond } from './common.ts';

/** What a plan promises: the date, and the budget that pays for it. Kept in the record's `data`. */
interface Plan {
  readonly date: string;
  readonly source: string;
  readonly year: number;
  /** Who proposed it; absent once it is approved. */
  readonly by?: string | undefined;
  /** Words of the proposal, told to the reporter with its approval. */
  readonly text?: string | undefined;
}

const planOf = ({ data }: CaseRecord): Plan | undefined => data['plan'] as Plan | undefined;

const facts = ({ date, source, year }: Plan) => ({ by: date, source, year });

/** The promise gives way to the planned date; the outer limit stands. */
export const planClocks: readonly ClockEffect[] = [
  ...goesOn,
  { stop: 'firstResponse' },
  { stop: 'resolution' },
  { stop: 'promise' },
  { start: 'planned' },
];

/** A plan tells what will be done, when and from which budget: it is a first response and has its own clock. */
const planned = (city: City, plan: Plan): Change => {
  const { by: _, text, ...kept } = plan;
  return {
    to: 'planned',
    as: { event: 'planned', audience: 'code' },
    responded: true,
    facts: facts(plan),
    data: { plan: kept },
    ...(text === undefined ? {} : { texts: [{ id: text, audience: 'reporter' as const }] }),
    clocks: [...planClocks, { start: 'planned', due: endOf(city, plan.date) }],
  };
};

/** Proposed by whoever works on it; the head's own plan needs no other head, nor does one that only its substitute sees. */
export const plan = ({ record, input, actor, city, now, textId }: StepContext): Change | Refusal => {
  const rule = ruleOf(city, record, 'planned');
  if (rule === undefined) return refuse('clockMissing');
  const date = String(input['date']);
  const furthest = limitOf(city, rule, null, now).slice(0, 10);
  if (date <= today(city, now) || date > furthest) return refuse('dateOutOfRange', 'date');
  const proposed: Plan = {
    date,
    source: String(input['source']),
    year: Number(input['year']),
    by: actor.id,
    text: textId,
  };
  const byHead = actor.kind === 'staff' && isHead(actor);
  if (byHead || !hasSecond(record)) return planned(city, { ...proposed, text: undefined });
  return { data: { plan: proposed }, facts: facts(proposed), tells: ['head'] };
};

export const isProposed = ({ record }: Situation): ErrorCode | undefined =>
  planOf(record)?.by === undefined ? 'noPlan' : undefined;

/** Another person than the one who proposed it. A date that passed meanwhile promises nothing. */
export const approvePlan = ({ record, actor, city, now }: StepContext): Change | Refusal => {
  const proposed = planOf(record);
  if (proposed === undefined) return refuse('noPlan');
  if (proposed.by === actor.id) return refuse('secondPersonNeeded');
  return proposed.date <= today(city, now) ? refuse('dateOutOfRange') : planned(city, proposed);
};

export const rejectPlan = ({ record, actor }: StepContext): Change | Refusal =>
  planOf(record)?.by === actor.id ? refuse('secondPersonNeeded') : { data: { plan: undefined } };
