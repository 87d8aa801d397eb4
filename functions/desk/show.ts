import { fileStates, shownFiles } from '../attachments/naming.ts';
import type { ShownFile } from '../attachments/shape.ts';
import type { StaffActor } from '../cases/actor.ts';
import { type ClockState, earliestDue } from '../cases/clock/clock.ts';
import { allowedActions } from '../cases/engine.ts';
import type { CaseEvent, CaseRecord, CaseRow, CaseText } from '../cases/model.ts';
import { unitOf } from '../cases/units.ts';
import type { Workflow } from '../cases/workflow.ts';

import { matterOf } from '../city/find.ts';
import { type City, clockNames } from '../city/schema.ts';
import type { Output } from '../kernel/contract.ts';
import type { Language } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import type { desk } from './contract.ts';
import { outsideShown, type Related } from './related.ts';

type Operations = (typeof desk)['operations'];
export type Shown = Output<Operations['readCase']>;
type Listed = Output<Operations['listCases']>['cases'][number];

const namedUnit = (city: City, id: string | null | undefined) => {
  const unit = id === null || id === undefined ? undefined : unitOf(city, id);
  return unit === undefined ? null : { id: unit.id, name: unit.name };
};

const namedArea = (city: City, code: string | null) => {
  const area = city.areas.find((a) => a.code === code);
  return area === undefined ? null : { id: area.code, name: area.name };
};

const namedCategory = (city: City, id: string | null, language: Language) => {
  const found = matterOf(city, id);
  return found === undefined ? null : { id: found.id, name: found.names[language] };
};

/** One line of a queue. */
export const listed = (city: City, row: CaseRow, now: string, language: Language): Listed => ({
  code: row.code,
  kind: row.kind,
  state: row.state,
  seq: row.seq,
  excerpt: row.excerpt,
  category: namedCategory(city, row.category, language),
  area: namedArea(city, row.area),
  unit: namedUnit(city, row.unit),
  proposed: namedUnit(city, row.proposed),
  flags: {
    anonymous: row.flags.includes('a'),
    confidential: row.flags.includes('c'),
    oversight: row.flags.includes('o'),
    emergency: row.flags.includes('e'),
  },
  filedAt: row.filedAt,
  due: row.due,
  overdue: row.due !== null && row.due < now,
  origin: row.origin ?? null,
  labels: row.labels ?? [],
  priority: row.priority ?? 'normal',
  escalation: row.escalation ?? null,
  assignee: row.assignee ?? null,
});

const entry = (
  event: CaseEvent,
  texts: ReadonlyMap<string, CaseText>,
  files: ShownFile[],
  own: boolean,
): Shown['timeline'][number] => ({
  seq: event.seq,
  type: event.type,
  at: event.at,
  on: event.on,
  actor: {
    kind: event.actor.kind,
    // Who reports is never shown here: a reveal is an operation of its own, with a reason.
    id: event.actor.kind === 'staff' || event.actor.kind === 'system' ? event.actor.id : '',
    role: event.actor.role ?? null,
    unit: event.actor.unit ?? null,
    onBehalfOf: event.actor.onBehalfOf ?? null,
  },
  from: event.from ?? null,
  to: event.to,
  unitTo: event.unitTo ?? null,
  reasonCode: event.reasonCode ?? null,
  outcome: event.outcome ?? null,
  facts: event.facts ?? {},
  texts: event.texts.flatMap(({ id, audience }) => {
    const text = texts.get(id);
    return text === undefined || !own ? [] : [{ audience, body: text.body }];
  }),
  files: own ? files.map((file, i) => ({ ...file, audience: event.files?.[i]?.audience ?? 'staff' })) : [],
  config: event.config ?? null,
});

export interface Opened {
  readonly record: CaseRecord;
  /** All events up to what the actor may read, oldest first. */
  readonly events: readonly CaseEvent[];
  readonly texts: ReadonlyMap<string, CaseText>;
  /** For a former unit: the event at which it lost the case. */
  readonly until: number | undefined;
  readonly now: Instant;
  readonly related: Related;
}

/** A case as its reader may see it. A former unit sees the state in which it handed the case over, no actions. */
export const shown = (
  city: City,
  workflow: Workflow,
  actor: StaffActor,
  { record, events, texts, until, now, related }: Opened,
  language: Language,
): Shown => {
  const last = events.at(-1);
  const filed = texts.get(record.filing.id);
  const past = until !== undefined;
  const files = fileStates(events, now);
  const actions = past ? [] : allowedActions(workflow, actor, record, city, now, true);
  return {
    code: record.code,
    kind: record.kind,
    state: past ? (last?.to ?? record.state) : record.state,
    seq: past ? until : record.seq,
    until: until ?? null,
    filedAt: record.filedAt,
    origin: record.origin,
    text: filed?.body ?? null,
    place: {
      point: record.point ?? null,
      address: filed?.place?.address ?? null,
      landmark: filed?.place?.landmark ?? null,
      rt: filed?.place?.rt ?? null,
      rw: filed?.place?.rw ?? null,
    },
    category: past ? null : namedCategory(city, record.category, language),
    categoryBy: past ? null : record.categoryBy,
    area: past ? null : namedArea(city, record.area),
    areaHow: past ? null : record.areaHow,
    unit: past ? null : namedUnit(city, record.unit),
    assignee: past ? null : (record.assignee ?? null),
    flags: record.flags,
    outcome: past ? null : (record.outcome ?? null),
    mark: past || typeof record.data['mark'] !== 'string' ? null : record.data['mark'],
    ...related,
    outside: past ? null : outsideShown(city, record),
    bounces: past ? null : record.bounces,
    labels: past ? [] : (record.labels ?? []),
    priority: past ? null : priorityShown(record, texts),
    escalation: past ? null : (record.escalation ?? null),
    instructions: past ? [] : (record.instructions ?? []),
    proposal: past
      ? null
      : {
          unit: namedUnit(city, record.proposal.unit),
          outside: outsideBody(city, record.proposal.outside),
          rule: record.proposal.rule,
          losers: record.proposal.losers,
        },
    clocks: past ? [] : clocksOf(city, record),
    due: past ? null : earliestDue(record.clocks),
    // The event that took the case away is known; what was written with it is for those who have it now.
    timeline: events.map((event) =>
      entry(
        event,
        texts,
        shownFiles(event, files, () => true, language),
        event.seq !== until || actor.units.has(event.actor.unit ?? ''),
      ),
    ),
    actions: actions.map((id) => {
      const { names, at = `actions/${id}` } = workflow.actions[id] ?? {};
      return { id, name: names?.[language] ?? id, path: `/v1/desk/cases/${record.code}/${at}` };
    }),
  };
};

/** With its reason as long as that may be read: the words are a text of the case, and redacted as one. */
const priorityShown = ({ priority }: CaseRecord, texts: ReadonlyMap<string, CaseText>): Shown['priority'] => {
  if (priority === undefined) return null;
  const reason = priority.text === undefined ? '' : (texts.get(priority.text)?.body ?? '');
  return { level: priority.level, reason: reason === '' ? null : reason };
};

const outsideBody = (city: City, id: string | null) => {
  const body = city.outside.find((b) => b.id === id);
  return body === undefined ? null : { id: body.id, name: body.name };
};

/** In the order in which a case meets them, whatever order the table kept. */
const clocksOf = (city: City, record: CaseRecord): Shown['clocks'] =>
  clockNames.flatMap((name) => {
    const clock = record.clocks[name];
    return clock === undefined ? [] : [clockShown(city, name, clock)];
  });

const clockShown = (city: City, name: string, clock: ClockState): Shown['clocks'][number] => ({
  name,
  rule: clock.rule,
  reference: city.clocks.find((rule) => rule.id === clock.rule)?.legal.reference ?? null,
  owner: clock.owner,
  startedAt: clock.startedAt,
  due: clock.due,
  pausedAt: clock.pausedAt ?? null,
  doneAt: clock.doneAt ?? null,
});
