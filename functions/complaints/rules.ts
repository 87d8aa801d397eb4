import { workingTime } from '../cases/clock/calendar.ts';
import type { CaseRecord } from '../cases/model.ts';
import { isValidOn, rootOf, unitOf } from '../cases/units.ts';
import {
  type Change,
  type ClockEffect,
  type Refusal,
  refuse,
  rolesOn,
  type StepContext,
} from '../cases/workflow.ts';
import { categoryOf } from '../city/find.ts';
import type { City } from '../city/schema.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';
import { propose } from './route.ts';

/** A case that was returned this often is the coordinator's to decide; the custody list stays bounded. */
const returnsLimit = 5;
const custodyLimit = 24;

const optional = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const today = (city: City, now: Instant): string =>
  workingTime(city.calendars, city.calendars.city, city.profile.zone).dateOf(toSeconds(now));

const firstAssignment: readonly ClockEffect[] = [
  { stop: 'verification' },
  { start: 'firstResponse' },
  { start: 'resolution' },
];

/**
 * Disposition: the coordinator to any valid unit; liaison and head within their own branch, to a sub-unit or a
 * person. A move to another root starts the new unit's clocks; the citizen's promise never moves.
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
  const everywhere = actor.kind === 'system' || rolesOn(actor, record).includes('coordinator');
  if (!everywhere && (actor.kind !== 'staff' || !actor.units.has(id))) return refuse('unknownUnit', 'unit');
  const moved = root !== record.root;
  if (moved && record.custody.length >= custodyLimit) return refuse('tooManyMoves');
  return {
    unit: id,
    assignee: person ?? null,
    custodyEnds: record.root === null ? 'assigned' : 'moved',
    ...(moved ? { to: 'assigned', clocks: firstAssignment } : {}),
    facts: {
      unit: id,
      ...(actor.kind === 'system' && record.proposal.rule !== null ? { rule: record.proposal.rule } : {}),
    },
  };
};

/** What the system does with a new case by itself; nothing else than the coordinator's assignment, made at once. */
export const routeAtOnce = (context: StepContext): Change | Refusal => {
  const { record, city } = context;
  if (record.flags.oversight || record.about !== undefined) return toOversight(city, record, record.about);
  return assign({ ...context, input: { unit: record.proposal.unit ?? '' } });
};

/** A corrected category or area is routed anew; what it proposes is the coordinator's to assign. */
export const correct = ({ record, input, city }: StepContext): Change | Refusal => {
  const category = optional(input['category']) ?? record.category;
  const area = optional(input['area']) ?? record.area;
  const known = category === null ? undefined : categoryOf(city, category);
  if (input['category'] !== undefined && known === undefined) return refuse('unknownCategory', 'category');
  if (input['area'] !== undefined && !city.areas.some((a) => a.code === area))
    return refuse('unknownArea', 'area');
  if (category === record.category && area === record.area) return refuse('invalidInput', 'category');
  const routed = propose(city, { category, area, filedAt: record.filedAt });
  const change: Change = {
    category,
    area,
    proposal: { unit: routed.unit, outside: routed.outside, rule: routed.rule, losers: [...routed.losers] },
    facts: { category: category ?? '', area: area ?? '' },
    ...(known?.confidential === true ? { confidential: true } : {}),
  };
  return known?.oversight === true && !record.flags.oversight
    ? { ...change, ...toOversight(city, record, undefined) }
    : change;
};

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
    clocks: firstAssignment,
    assignee: null,
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

/** A promise further away than this is none. */
const promiseDays = 366;

/** Only a reply that says by when is the unit's first response; a date in the past promises nothing. */
export const reply = ({ input, city, now }: StepContext): Change | Refusal => {
  const by = optional(input['by']);
  if (by === undefined) return { to: 'inProgress' };
  const from = today(city, now);
  const until = new Date(Date.parse(from) + promiseDays * 86_400_000).toISOString().slice(0, 10);
  if (by < from || by > until) return refuse('dateOutOfRange', 'by');
  return { to: 'inProgress', responded: true, facts: { by }, clocks: [{ stop: 'firstResponse' }] };
};

/** What a closing ends: the promise to the citizen, and the unit's own clocks. */
export const kept: readonly ClockEffect[] = [
  { stop: 'firstResponse' },
  { stop: 'resolution' },
  { stop: 'promise' },
  { stop: 'outer' },
];

/** The unit outside of the handling branch that looks at a closing; undefined when the city names none. */
const validatorFor = (city: City, root: string | null): string | undefined => {
  const { validatingUnit, secondValidatingUnit } = city.profile;
  if (root === null || rootOf(city, validatingUnit) !== root) return validatingUnit;
  return secondValidatingUnit !== undefined && rootOf(city, secondValidatingUnit) !== root
    ? secondValidatingUnit
    : undefined;
};

/**
 * Done needs a second pair of eyes: the proposal waits for a validating unit outside of the handling one. Oversight is
 * validated within, by another inspector. A complaint that a substitute handles is seen by that one person alone, so
 * nobody can validate it: it says so instead of pretending.
 */
export const followUp = ({ record, input, actor, city }: StepContext): Change | Refusal => {
  const outcome = String(input['outcome']);
  if (record.about !== undefined) {
    return { to: 'followedUp', outcome, facts: { validated: false }, clocks: kept };
  }
  const handler = record.flags.oversight ? record.unit : validatorFor(city, record.root);
  if (handler === null || handler === undefined) return refuse('noValidator');
  return {
    to: 'awaitingValidation',
    outcome,
    validating: handler,
    // Kept in the record: the event may be archived before anybody validates.
    data: { proposedBy: actor.id },
  };
};

/** The validator is another person than the one who proposed. */
export const validate = ({ record, actor }: StepContext, to: string): Change | Refusal => {
  if (actor.kind === 'staff' && record.data['proposedBy'] === actor.id) return refuse('secondPersonNeeded');
  return to === 'followedUp' ? { to, validating: null } : { to, validating: null, outcome: null };
};

/** Not ours: back to triage with a reason and, if known, the next owner. Counted against routing. */
export const returnCase = ({ record, input, city }: StepContext): Change | Refusal => {
  // Triage is closed to whoever handles these alone, and they to triage: returned, nobody would see it again.
  if (record.flags.oversight || record.about !== undefined) return refuse('handledAlone');
  const next = optional(input['next']);
  if (next !== undefined && (unitOf(city, next) === undefined || rootOf(city, next) === record.root)) {
    return refuse('unknownUnit', 'next');
  }
  if (record.bounces >= returnsLimit || record.custody.length >= custodyLimit) return refuse('tooManyMoves');
  return {
    to: 'verifying',
    unit: null,
    assignee: null,
    custodyEnds: 'returned',
    bounced: true,
    reasonCode: String(input['reason']),
    ...(next === undefined ? {} : { facts: { next } }),
  };
};

/** Not the city's: forwarded to a body outside, the link kept. */
export const forward = ({ input, city }: StepContext): Change | Refusal => {
  const body = city.outside.find((b) => b.id === input['body']);
  return body === undefined
    ? refuse('unknownUnit', 'body')
    : { to: 'notOurAuthority', outcome: 'outside', facts: { body: body.id } };
};
