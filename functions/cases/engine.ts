import type { City } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';
import { visibleTo } from './access.ts';
import type { Actor, StaffActor } from './actor.ts';
import { applyChange, outgrows } from './change.ts';
import { type Clocks, isRunning } from './clock/clock.ts';
import { escalationOf, wakeAtOf } from './clock/ladder.ts';
import { applyClocks, closeCustody, endAll, respond } from './effects.ts';
import { eventOf } from './event.ts';
import type { CaseEvent, CaseRecord, CustodyInterval } from './model.ts';
import { publicStill } from './publication.ts';
import {
  type ActionSpec,
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
  kind: record.kind,
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
  // Neither a reporter's right nor what the city has to do ends at a number of bytes.
  if (actor.kind === 'staff' && outgrows(record, moved)) return refuse('caseFull');
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
