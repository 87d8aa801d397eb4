import type { City } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';
import { visibleTo } from './access.ts';
import { type Actor, actorRefOf } from './actor.ts';
import { type Clocks, sameBesidesTold, stopClock, wakeAtOf } from './clock/clock.ts';
import { applyClocks, closeCustody, mapClocks, respond } from './effects.ts';
import type { CaseEvent, CaseRecord } from './model.ts';
import { rootOf } from './units.ts';
import {
  type ActionSpec,
  type Change,
  type Looked,
  type Refusal,
  refuse,
  rolesOn,
  type Workflow,
} from './workflow.ts';

/** A command as the engine takes it: already identified, its words already stored under `textId`. */
export interface Command {
  readonly id: string;
  readonly fingerprint: string;
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly textId?: string;
  /** When it took effect; the moment of recording unless staff record the past. */
  readonly on?: Instant;
}

export type Stepped = { readonly record: CaseRecord; readonly event: CaseEvent } | Refusal;

/** Inline events beyond this refuse further commands until the archive job caught up; alarm at 24. */
export const inlineLimit = 32;

/** Subject of visibility, from the record itself. */
export const subjectOf = (record: CaseRecord) => ({
  unit: record.unit,
  area: record.area,
  assignee: record.assignee,
  validating: record.validating,
  confidential: record.flags.confidential,
  oversight: record.flags.oversight,
  about: record.about,
});

/** Whether `actor` may take the action on the case as it stands, its state left aside. */
export const can = (actor: Actor, action: ActionSpec, record: CaseRecord, city: City): boolean => {
  if (actor.kind === 'system') return true;
  if (actor.kind !== 'staff' || !visibleTo(subjectOf(record), actor, city.substitutes)) return false;
  const roles = rolesOn(actor, record);
  const alone = roles.length > 1;
  return action.by.some(({ roles: allowed, where }) => {
    if (!allowed.some((role) => roles.includes(role))) return false;
    switch (where) {
      case 'desk':
        return true;
      case 'triage':
        return record.unit === null;
      case 'inCharge':
        return record.unit !== null && (alone || actor.units.has(record.unit));
      case 'validating':
        return record.validating !== undefined && (alone || actor.units.has(record.validating));
    }
  });
};

/** Ids of the actions that this actor may take now: what a desk shows as buttons. */
export const allowedActions = (
  workflow: Workflow,
  actor: Actor,
  record: CaseRecord,
  city: City,
): readonly string[] =>
  Object.entries(workflow.actions)
    .filter(([, action]) => action.from.includes(record.state) && can(actor, action, record, city))
    .map(([id]) => id);

/**
 * The engine's one step, pure: a case and an action become a case and its event, or a refusal that changes nothing.
 * @param now when it is recorded
 */
export const step = (
  workflow: Workflow,
  city: City,
  record: CaseRecord,
  command: Command,
  actor: Actor,
  now: Instant,
  looked: Looked = {},
): Stepped => {
  const action = Object.hasOwn(workflow.actions, command.action)
    ? workflow.actions[command.action]
    : undefined;
  if (action === undefined) return refuse('notFound');
  if (!can(actor, action, record, city)) return refuse('forbidden');
  if (!action.from.includes(record.state)) return refuse('wrongState');
  if (record.events.length >= inlineLimit) return refuse('busy');
  const change = action.decide({ record, input: command.input, actor, now, city, looked });
  if ('refuse' in change) return change;

  const on = command.on ?? now;
  const seq = record.seq + 1;
  const to = change.to ?? record.state;
  const moved = applyChange(city, record, change, seq, on);
  const clocks = applyClocks(city, moved, [...action.clocks, ...(change.clocks ?? [])], on);
  const answered = change.responded === undefined ? moved.custody : respond(city, moved, on);
  const final = workflow.states[to]?.final === true;
  const stopped = final ? mapClocks(clocks, (clock) => stopClock(clock, on)) : clocks;
  const event = eventOf(city, record, moved, stopped, action, change, command, actor, { seq, to, now, on });
  const { closedAt: _, ...open } = moved;
  return {
    event,
    record: {
      ...open,
      state: to,
      seq,
      rev: record.rev + 1,
      clocks: stopped,
      custody: final ? closeCustody(answered, on, seq, 'moved') : answered,
      wakeAt: wakeAtOf(stopped),
      events: [...record.events, event],
      ...(final ? { closedAt: on } : {}),
    },
  };
};

/** The members of the record that a change names; state, clocks and events are the engine's own. */
const applyChange = (
  city: City,
  record: CaseRecord,
  change: Change,
  seq: number,
  on: Instant,
): CaseRecord => {
  const unit = change.unit === undefined ? record.unit : change.unit;
  const root = unit === null ? null : rootOf(city, unit);
  const custody =
    root === record.root
      ? record.custody
      : [
          ...closeCustody(record.custody, on, seq, change.custodyEnds ?? 'moved'),
          { unit: root ?? 'triage', from: on },
        ];
  const next = {
    ...record,
    unit,
    root,
    custody,
    category: change.category === undefined ? record.category : change.category,
    categoryBy: change.category === undefined ? record.categoryBy : ('coordinator' as const),
    area: change.area === undefined ? record.area : change.area,
    areaHow: change.area === undefined ? record.areaHow : 'corrected',
    flags: {
      ...record.flags,
      confidential: change.confidential ?? record.flags.confidential,
      oversight: change.oversight ?? record.flags.oversight,
    },
    proposal: change.proposal ?? record.proposal,
    bounces: record.bounces + (change.bounced === undefined ? 0 : 1),
    data: { ...record.data, ...change.data },
    ...(change.about === undefined ? {} : { about: change.about }),
  };
  return withOptional(
    withOptional(withOptional(next, 'assignee', change.assignee), 'validating', change.validating),
    'outcome',
    change.outcome,
  );
};

const withOptional = (
  record: CaseRecord,
  name: 'assignee' | 'validating' | 'outcome',
  value: string | null | undefined,
): CaseRecord => {
  if (value === undefined) return record;
  const { [name]: _, ...rest } = record;
  return value === null ? rest : { ...rest, [name]: value };
};

/** Settings that decided an event, by version. */
const decidedBy = (city: City) => {
  const { clocks = 0, calendars = 0, routing = 0, units = 0, categories = 0 } = city.versions;
  return { clocks, calendars, routing, units, categories };
};

const eventOf = (
  city: City,
  before: CaseRecord,
  after: CaseRecord,
  clocks: Clocks,
  action: ActionSpec,
  change: Change,
  command: Command,
  actor: Actor,
  at: { readonly seq: number; readonly to: string; readonly now: Instant; readonly on: Instant },
): CaseEvent => {
  const changed = Object.entries(clocks).filter(
    ([name, clock]) => !sameBesidesTold(before.clocks[name], clock),
  );
  return {
    v: 1,
    seq: at.seq,
    commandId: command.id,
    fingerprint: command.fingerprint,
    type: action.event,
    at: at.now,
    on: at.on,
    actor: actorRefOf(actor),
    from: before.state,
    to: at.to,
    texts:
      command.textId === undefined || action.text === undefined
        ? []
        : [{ id: command.textId, audience: action.text.audience }],
    audience: action.audience,
    ...(before.unit === null ? {} : { unitFrom: before.unit }),
    ...(after.unit === null ? {} : { unitTo: after.unit }),
    ...(typeof change.outcome === 'string' ? { outcome: change.outcome } : {}),
    ...(change.reasonCode === undefined ? {} : { reasonCode: change.reasonCode }),
    ...(change.facts === undefined ? {} : { facts: { ...change.facts } }),
    ...(changed.length === 0 ? {} : { clocks: Object.fromEntries(changed) }),
    ...(changed.length === 0 && change.unit === undefined && change.proposal === undefined
      ? {}
      : { config: decidedBy(city) }),
  };
};
