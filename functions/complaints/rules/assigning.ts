import { optional, today } from '../../cases/common/facts.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { isValidOn, rootOf, unitOf } from '../../cases/units.ts';
import {
  type Change,
  type ClockEffect,
  type Refusal,
  refuse,
  rolesOn,
  type StepContext,
} from '../../cases/workflow.ts';
import { categoryOf } from '../../city/find.ts';
import type { City, RoadClass } from '../../city/schema.ts';
import { propose } from '../route.ts';
import { firstAssignment } from './common.ts';
import { toOversight } from './oversight.ts';

/** After this many returns the coordinator's next assignment is final. */
const returnsLimit = 2;
/** The list of stays stays bounded. */
const custodyLimit = 24;

/** The unit's work is done and waits for others to say so: a colleague may take it over, another unit not. */
const isProposed = ({ state }: CaseRecord): boolean =>
  state === 'awaitingValidation' || state === 'followedUp';

/**
 * Disposition: the coordinator to any valid unit; liaison and head within their own branch, to a sub-unit or a
 * person. A move to another root starts the new unit's clocks; the citizen's promise never moves, nor does a planned
 * date: whoever takes over the case keeps it. The coordinator may decide finally, and does so after the second return:
 * that unit cannot send it back. From hand to hand within one unit is the unit's own matter.
 */
export const assign = ({ record, input, actor, city, now, looked }: StepContext): Change | Refusal => {
  const id = String(input['unit']);
  const unit = unitOf(city, id);
  if (unit === undefined || !isValidOn(unit, today(city, now))) return refuse('unknownUnit', 'unit');
  const person = optional(input['person']);
  if (person !== undefined && (looked.person?.id !== person || looked.person.unit !== id)) {
    return refuse('unknownPerson', 'person');
  }
  const root = rootOf(city, id);
  // Nobody of another unit would see it there.
  const alone = record.flags.oversight || record.about !== undefined;
  if (alone && root !== record.root) return refuse('handledAlone', 'unit');
  const everywhere = actor.kind === 'system' || rolesOn(actor, record).includes('coordinator');
  if (!everywhere && (actor.kind !== 'staff' || !actor.units.has(id))) return refuse('unknownUnit', 'unit');
  const moved = root !== record.root;
  if (moved && isProposed(record)) return refuse('wrongState', 'unit');
  if (moved && record.custody.length >= custodyLimit) return refuse('tooManyMoves');
  const final = isFinal(record, input['final'], actor.kind) ? true : undefined;
  const { planned } = record.clocks;
  const dated = planned !== undefined && planned.doneAt === undefined;
  const change: Change = !moved
    ? input['final'] === true && everywhere
      ? { data: { final: true } }
      : {}
    : record.state === 'planned'
      ? { data: { final } }
      : { to: 'assigned', clocks: firstAssignment, data: { ...(dated ? {} : { plan: undefined }), final } };
  return {
    ...change,
    unit: id,
    assignee: person ?? null,
    custodyEnds: record.root === null ? 'assigned' : 'moved',
    ...(id === record.unit ? { as: { event: 'assigned', audience: 'staff' } } : {}),
    facts: {
      unit: id,
      ...(actor.kind === 'system' && record.proposal.rule !== null ? { rule: record.proposal.rule } : {}),
    },
  };
};

const isFinal = ({ bounces }: CaseRecord, asked: unknown, by: string): boolean =>
  by !== 'system' && (asked === true || bounces >= returnsLimit);

/**
 * What the system does with a new case by itself; nothing else than the coordinator's assignment, made at once. What a
 * coordinator would have looked at first is told to them.
 */
export const routeAtOnce = (context: StepContext): Change | Refusal => {
  const { record, city } = context;
  if (record.flags.oversight || record.about !== undefined) return toOversight(city, record, record.about);
  const assigned = assign({ ...context, input: { unit: record.proposal.unit ?? '' } });
  const passedBy = categoryOf(city, record.category)?.dispatch !== 'direct';
  return passedBy && !('refuse' in assigned) ? { ...assigned, tells: ['coordinators'] } : assigned;
};

/**
 * A case that waited long enough in triage and whose category is certain goes where its rule says. Where the rule leads
 * nowhere any more, it is the coordinator's as before, and overdue for that.
 */
export const dispatch = (context: StepContext): Change | Refusal => {
  const { record, city } = context;
  const waits = record.clocks['dispatch'];
  if (waits === undefined || waits.doneAt !== undefined || context.now < waits.due)
    return refuse('wrongState', 'clock');
  const change = isCertain(city, record) ? routeAtOnce(context) : refuse('unknownUnit');
  return 'refuse' in change
    ? {
        as: { event: 'overdue', audience: 'staff' },
        facts: { clock: 'dispatch', due: waits.due },
        clocks: [{ stop: 'dispatch' }],
      }
    : change;
};

/** Whether the city is sure enough of this category's rule to let it decide, should no person do so in time. */
export const isCertain = (
  city: City,
  { category, proposal, areaHow, bounces }: Pick<CaseRecord, 'category' | 'proposal' | 'areaHow' | 'bounces'>,
): boolean =>
  categoryOf(city, category)?.dispatch === 'certain' &&
  proposal.unit !== null &&
  areaHow !== 'outside' &&
  bounces === 0;

/** What a hazard that was taken for something else is given at once: the shorter limits, counted from where they began. */
export const sooner: ClockEffect = { hasten: ['promise', 'firstResponse', 'resolution'] };

/**
 * A corrected category or area is routed anew; what it proposes is the coordinator's to assign. A deadline that the new
 * category sets earlier holds from the filing on; a later one does not, since the citizen was promised the earlier.
 */
export const correct = ({ record, input, city }: StepContext): Change | Refusal => {
  const category = optional(input['category']) ?? record.category;
  const area = optional(input['area']) ?? record.area;
  const known = category === null ? undefined : categoryOf(city, category);
  if (input['category'] !== undefined && known === undefined) return refuse('unknownCategory', 'category');
  if (input['area'] !== undefined && !city.areas.some((a) => a.code === area))
    return refuse('unknownArea', 'area');
  const roadClass = (optional(input['roadClass']) as RoadClass | undefined) ?? record.roadClass;
  if (category === record.category && area === record.area && roadClass === record.roadClass)
    return refuse('invalidInput', 'category');
  const routed = propose(city, { category, area, roadClass, filedAt: record.filedAt });
  const { unit, outside, rule } = routed;
  const proposal = { unit, outside, rule, losers: [...routed.losers] };
  const certain =
    record.unit === null &&
    isCertain(city, { category, proposal, areaHow: record.areaHow, bounces: record.bounces });
  const change: Change = {
    category,
    area,
    proposal,
    // Begins anew: what one working day is counted for is this category and this place.
    clocks: [sooner, certain && record.state !== 'postponed' ? { start: 'dispatch' } : { stop: 'dispatch' }],
    facts: { category: category ?? '', area: area ?? '', ...(roadClass === undefined ? {} : { roadClass }) },
    ...(roadClass === undefined ? {} : { set: { roadClass } }),
    ...(known?.confidential === true ? { confidential: true } : {}),
  };
  return known?.oversight === true && !record.flags.oversight
    ? { ...change, ...toOversight(city, record, undefined) }
    : change;
};

/** Not ours: back to triage with a reason and, if known, the next owner. Counted against routing. */
export const returnCase = ({ record, input, city }: StepContext): Change | Refusal => {
  // Triage is closed to whoever handles these alone, and they to triage: returned, nobody would see it again.
  if (record.flags.oversight || record.about !== undefined) return refuse('handledAlone');
  const next = optional(input['next']);
  if (next !== undefined && (unitOf(city, next) === undefined || rootOf(city, next) === record.root)) {
    return refuse('unknownUnit', 'next');
  }
  if (record.data['final'] === true) return refuse('decidedFinally');
  if (record.custody.length >= custodyLimit) return refuse('tooManyMoves');
  return {
    to: 'verifying',
    unit: null,
    assignee: null,
    custodyEnds: 'returned',
    bounced: true,
    reasonCode: String(input['reason']),
    data: { plan: undefined },
    ...(next === undefined ? {} : { facts: { next } }),
  };
};
