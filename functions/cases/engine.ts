import type { City } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';
import { visibleTo } from './access.ts';
import { type Actor, actorRefOn, type StaffActor } from './actor.ts';
import { type Clocks, isRunning, sameBesidesTold } from './clock/clock.ts';
import { escalationOf, wakeAtOf } from './clock/ladder.ts';
import { applyClocks, closeCustody, endAll, respond } from './effects.ts';
import type { CaseEvent, CaseRecord, CustodyInterval } from './model.ts';
import { publicStill } from './publication.ts';
import { rootOf } from './units.ts';
import {
  type ActionSpec,
  type Change,
  type Looked,
  type Refusal,
  type Right,
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

/** Whether this is the case's own reporter: by account, or by having opened it with its present PIN. */
export const isReporter = (actor: Actor, record: CaseRecord): boolean => {
  if (actor.kind === 'citizen' && record.reporter === actor.id) return true;
  const opened = actor.kind === 'holder' ? actor : actor.kind === 'citizen' ? actor.opened : undefined;
  return opened?.code === record.code && opened.pinVersion === record.pin.version;
};

/** Whether `actor` may take the action on the case as it stands, its state left aside. */
export const can = (actor: Actor, action: ActionSpec, record: CaseRecord, city: City): boolean => {
  if (actor.kind === 'system') return true;
  if (actor.kind !== 'staff')
    return action.by.some(({ where }) => where === 'reporter') && isReporter(actor, record);
  return visibleTo(subjectOf(record), actor, city.substitutes) && action.by.some(standsThere(actor, record));
};

/** Who handles a case alone holds every role on it, but no position that a right names. */
const standsThere = (actor: StaffActor, record: CaseRecord) => {
  const roles = rolesOn(actor, record);
  const alone = roles.length > 1;
  return ({ roles: allowed, where, positions }: Right): boolean => {
    if (!allowed.some((role) => roles.includes(role))) return false;
    if (positions !== undefined && !(actor.position !== undefined && positions.includes(actor.position)))
      return false;
    switch (where) {
      case 'reporter':
        return false;
      case 'desk':
        return true;
      case 'triage':
        return record.unit === null;
      case 'inCharge':
        return record.unit !== null && (alone || actor.units.has(record.unit));
      case 'validating':
        return record.validating !== undefined && (alone || actor.units.has(record.validating));
    }
  };
};

/**
 * Ids of the actions that this actor may take: what a page shows as buttons.
 * @param now leaves out what a rule refuses at this moment whatever the input
 * @param apart adds those that an operation of their own takes
 */
export const allowedActions = (
  workflow: Workflow,
  actor: Actor,
  record: CaseRecord,
  city: City,
  now?: Instant,
  apart = false,
): readonly string[] =>
  Object.entries(workflow.actions)
    .filter(
      ([, action]) =>
        (apart || action.apart !== true) &&
        action.from.includes(record.state) &&
        can(actor, action, record, city) &&
        (now === undefined || action.when?.({ record, actor, now, city }) === undefined),
    )
    .map(([id]) => id);

/** An ended case is one in a final state against which no objection is being decided. */
const isEnded = (workflow: Pick<Workflow, 'states'>, state: string, { objection }: Clocks): boolean =>
  workflow.states[state]?.final === true && !(objection !== undefined && isRunning(objection));

/**
 * The engine's one step, pure: a case and an action become a case and its event, or a refusal that changes nothing.
 * @param now when it is recorded
 */
export const step = (
  workflow: Pick<Workflow, 'states' | 'actions'>,
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
  const not = action.when?.({ record, actor, now, city });
  if (not !== undefined) return refuse(not);
  const change = action.decide({
    record,
    input: command.input,
    actor,
    now,
    city,
    looked,
    textId: command.textId,
  });
  if ('refuse' in change) return change;

  const on = change.on ?? command.on ?? now;
  const seq = record.seq + 1;
  const to = change.to ?? record.state;
  const moved = applyChange(city, record, change, seq, on);
  const clocks = applyClocks(city, moved, [...action.clocks, ...(change.clocks ?? [])], on);
  const answered = change.responded === undefined ? moved.custody : respond(city, moved, on);
  const ended = isEnded(workflow, to, clocks);
  const final = workflow.states[to]?.final === true;
  const stopped = final ? endAll(city, clocks, on, ended ? undefined : 'objection') : clocks;
  const event = eventOf(city, record, moved, stopped, action, change, command, actor, { seq, to, now, on });
  const { closedAt: _, escalation: __, ...open } = publicStill(workflow.states[to], moved, event);
  const escalation = escalationOf(city, stopped);
  return {
    event,
    record: {
      ...open,
      state: to,
      seq,
      rev: record.rev + 1,
      clocks: stopped,
      custody: ended ? closeCustody(answered, on, seq, 'moved') : held(answered, moved.root, on),
      wakeAt: wakeAtOf(city, stopped),
      events: [...record.events, event],
      ...(escalation === undefined ? {} : { escalation }),
      ...(ended ? { closedAt: record.closedAt ?? on } : {}),
    },
  };
};

/** A case that is open lies with somebody: one that was ended lies again where it lay, or in triage. */
const held = (custody: readonly CustodyInterval[], root: string | null, from: Instant): CustodyInterval[] =>
  custody.some(({ to }) => to === undefined) ? [...custody] : [...custody, { unit: root ?? 'triage', from }];

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
    data: present({ ...record.data, ...change.data }),
    ...(change.about === undefined ? {} : { about: change.about }),
  };
  const whole = withOptional(
    withOptional(withOptional(next, 'assignee', change.assignee), 'validating', change.validating),
    'outcome',
    change.outcome,
  );
  return change.set === undefined ? whole : present({ ...whole, ...change.set });
};

/** Without members that are undefined. */
const present = <T extends object>(of: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as T;

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
    type: change.as?.event ?? action.event,
    at: at.now,
    on: at.on,
    actor: actorRefOn(actor, before.assignee),
    from: before.state,
    to: at.to,
    texts: [
      ...(command.textId === undefined || action.text === undefined
        ? []
        : [{ id: command.textId, audience: action.text.audience }]),
      ...(change.texts ?? []),
    ],
    ...filesOf(action, command.input['files']),
    audience: change.as?.audience ?? action.audience,
    ...(change.tells === undefined ? {} : { tells: [...change.tells] }),
    ...(change.redacts === undefined ? {} : { redacts: [...change.redacts] }),
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

const filesOf = ({ files }: ActionSpec, named: unknown): Pick<CaseEvent, 'files'> =>
  files === undefined || !Array.isArray(named) || named.length === 0
    ? {}
    : { files: named.map((id) => ({ id: String(id), audience: files.audience })) };
