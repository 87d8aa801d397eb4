import type { City } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';
import { type Actor, actorRefOn } from './actor.ts';
import { type Clocks, sameBesidesTold } from './clock/clock.ts';
import type { Command } from './engine.ts';
import type { CaseEvent, CaseRecord } from './model.ts';
import type { ActionSpec, Change } from './workflow.ts';

/** Settings that decided an event, by version. */
const decidedBy = (city: City) => {
  const { clocks = 0, calendars = 0, routing = 0, units = 0, categories = 0 } = city.versions;
  return { clocks, calendars, routing, units, categories };
};

export const eventOf = (
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
