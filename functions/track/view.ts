import { fileStates, shownFiles } from '../attachments/naming.ts';
import type { Actor } from '../cases/actor.ts';
import { citizenDue, isRunning } from '../cases/clock/clock.ts';
import { allowedActions } from '../cases/engine.ts';
import type { CaseEvent, CaseRecord, CaseText } from '../cases/model.ts';
import { isSecret } from '../cases/publication.ts';
import { unitOf } from '../cases/units.ts';
import type { Workflow } from '../cases/workflow.ts';
import { matterOf } from '../city/find.ts';
import type { City } from '../city/schema.ts';
import type { Output } from '../kernel/contract.ts';
import type { Language } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import type { track } from './contract.ts';
import { appealView, outsideView, survivorView } from './others.ts';
import { clockSays, ombudsman } from './words.ts';

type Operations = (typeof track)['operations'];
export type PublicView = Output<Operations['trackCase']>;
export type PrivateView = Output<Operations['readOwnCase']>;

/** Everything that a view is made from. */
export interface Seen {
  readonly city: City;
  readonly workflow: Workflow | undefined;
  readonly record: CaseRecord;
  /** All events, oldest first. */
  readonly events: readonly CaseEvent[];
  readonly language: Language;
}

const summaryOf = ({ city, workflow, record, language }: Seen) => ({
  code: record.code,
  kind: record.kind,
  state: record.state,
  stateName: workflow?.states[record.state]?.names[language] ?? record.state,
  filedAt: record.filedAt,
  due: citizenDue(record.clocks),
  limits: { promise: record.clocks['promise']?.due ?? null, outer: record.clocks['outer']?.due ?? null },
  unit: record.unit === null || isSecret(record) ? null : (unitOf(city, record.unit)?.name ?? null),
});

const sentence = ({ workflow, language }: Seen, type: string): string =>
  workflow?.says[type]?.[language] ?? type;

const entryOf = (seen: Seen, event: CaseEvent) => ({
  at: event.on,
  type: event.type,
  state: event.to,
  stateName: seen.workflow?.states[event.to]?.names[seen.language] ?? event.to,
  unit:
    event.unitTo === undefined || isSecret(seen.record)
      ? null
      : (unitOf(seen.city, event.unitTo)?.name ?? null),
  says: sentence(seen, event.type),
});

/** What the code alone shows: states, dates, units and standard words. */
export const publicView = (seen: Seen): PublicView => ({
  ...summaryOf(seen),
  timeline: seen.events
    .filter(({ audience }) => audience === 'code' || audience === 'public')
    .map((event) => entryOf(seen, event)),
});

/** Limits that matter to the reporter, earliest first. */
const clocksOf = ({ city, record, language }: Seen): PrivateView['clocks'] =>
  Object.entries(record.clocks)
    .flatMap(([name, clock]) => {
      const says = clockSays[name];
      if (says === undefined || clock.doneAt !== undefined) return [];
      const rule = city.clocks.find(({ id }) => id === clock.rule);
      return [
        {
          name,
          says: says[language],
          due: clock.due,
          paused: clock.pausedAt !== undefined,
          reference: rule?.legal.reference ?? null,
        },
      ];
    })
    .sort((a, b) => (a.due < b.due ? -1 : 1));

/** What a case waits for, the nearest to the reporter first. */
const waitingFor = ['question', 'data', 'confirmation', 'objection', 'planned'] as const;

const runningDue = ({ record }: Seen, name: string): Instant | null => {
  const clock = record.clocks[name];
  return clock !== undefined && isRunning(clock) ? clock.due : null;
};

/** Whether the reporter wrote it; the report itself is theirs whoever typed it. */
const isOwn = ({ seq, actor }: CaseEvent): boolean =>
  seq === 1 || actor.kind === 'citizen' || actor.kind === 'holder';

/**
 * The reporter's own view: every event and text that is not internal, what happens now and why, what is open to them
 * and until when, and the way to the Ombudsman.
 */
export const privateView = (
  seen: Seen & { readonly supporters: number; readonly survivor?: CaseRecord | undefined },
  actor: Actor,
  texts: ReadonlyMap<string, CaseText>,
  now: Instant,
): PrivateView => {
  const { city, workflow, record, language } = seen;
  const filed = texts.get(record.filing.id);
  const waits = waitingFor.map((name) => runningDue(seen, name)).find((due) => due !== null) ?? null;
  const contestUntil = workflow?.contestUntil?.(city, record) ?? null;
  const contests = contestUntil ?? runningDue(seen, 'confirmation');
  const until: Readonly<Record<string, Instant | null>> = {
    answer: runningDue(seen, 'question'),
    addInformation: runningDue(seen, 'data'),
    confirm: runningDue(seen, 'confirmation'),
    dispute: contests,
    object: contests,
  };
  const actions = workflow === undefined ? [] : allowedActions(workflow, actor, record, city, now);
  const mayContest = actions.includes('dispute') || actions.includes('object');
  const files = fileStates(seen.events, now);
  const { plan, rating } = record.data as Partial<Pick<PrivateView, 'plan' | 'rating'>>;
  return {
    ...summaryOf(seen),
    text: filed === undefined || filed.redacted === true ? null : filed.body,
    place: {
      area: city.areas.find((a) => a.code === record.area)?.name ?? null,
      address: filed?.place?.address ?? null,
      landmark: filed?.place?.landmark ?? null,
      rt: filed?.place?.rt ?? null,
      rw: filed?.place?.rw ?? null,
    },
    category: matterOf(city, record.category)?.names[language] ?? null,
    now: {
      says: workflow?.states[record.state]?.story?.[language] ?? sentence(seen, record.state),
      until: waits ?? citizenDue(record.clocks) ?? (mayContest ? contests : null),
    },
    clocks: clocksOf(seen),
    // A plan that waits for the head promises nothing yet.
    plan: record.clocks['planned'] === undefined || plan === undefined ? null : plan,
    rating: rating ?? null,
    mergedInto: survivorView(seen.survivor),
    supporters: seen.supporters,
    outside: outsideView(seen),
    appeal: appealView(seen, actions.includes('object') ? contests : null),
    claimed: record.reporter !== undefined,
    contestUntil: mayContest ? contests : null,
    actions: actions.map((id) => ({
      id,
      name: workflow?.actions[id]?.names[language] ?? id,
      until: until[id] ?? null,
    })),
    ombudsman: { ...ombudsman, says: ombudsman.says[language] },
    timeline: seen.events
      .filter(({ audience }) => audience !== 'staff')
      .map((event) => {
        const by = event.facts?.['by'];
        return {
          ...entryOf(seen, event),
          seq: event.seq,
          why:
            event.reasonCode === undefined
              ? null
              : (workflow?.reasons?.[event.reasonCode]?.[language] ?? event.reasonCode),
          by: typeof by === 'string' && /^\d{4}-/.test(by) ? by : null,
          own: isOwn(event),
          texts: event.texts.flatMap(({ id, audience }): string[] => {
            const text = id === record.filing.id ? undefined : texts.get(id);
            const shown = text !== undefined && audience !== 'staff' && text.redacted !== true;
            return shown ? [text.body] : [];
          }),
          // A file of staff that is not served is theirs to send again.
          files: shownFiles(event, files, (audience) => audience !== 'staff', language).filter(
            ({ state }) => state === 'ready' || isOwn(event),
          ),
        };
      }),
  };
};
