import { dataLimit } from '../../cases/change.ts';
import { isRunning } from '../../cases/clock/clock.ts';
import { wakeAtOf } from '../../cases/clock/ladder.ts';
import type { Stepped } from '../../cases/engine.ts';
import { type CaseEvent, type CaseRecord, caseRecord } from '../../cases/model.ts';
import { isSecret } from '../../cases/publication.ts';
import type { Workflow } from '../../cases/workflow.ts';
import type { City, ClockName } from '../../city/schema.ts';
import type { Instant } from '../../kernel/time.ts';

type Done = Extract<Stepped, { readonly event: unknown }>;

export class Broken extends Error {}
export const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Broken(what);
};

const waits = (record: CaseRecord, ...names: readonly ClockName[]): boolean =>
  names.some((name) => {
    const clock = record.clocks[name];
    return clock !== undefined && isRunning(clock);
  });

/** What holds of every case at any time. */
export const stands = (
  city: City,
  workflow: Workflow,
  record: CaseRecord,
  all: readonly CaseEvent[],
): void => {
  const state = workflow.states[record.state];
  must(state !== undefined, `undeclared state ${record.state}`);
  must(caseRecord.safeParse(record).success, 'the record is not one');
  must(Buffer.byteLength(JSON.stringify(record.data)) <= dataLimit, 'its data outgrew their limit');
  must(record.public === undefined || !isSecret(record), 'something secret is public');
  must(record.public === undefined || state?.hidden !== true, 'what was refused or taken back is public');
  must((record.instructions?.length ?? 0) <= 3, 'more instructions wait than anybody answers');
  must(all.every(({ seq }, i) => seq === i + 1) && record.seq === all.length, 'an event is lost or doubled');
  const ended = state?.final === true && !waits(record, 'objection');
  must((record.closedAt !== undefined) === ended, 'closedAt does not say whether it ended');
  must(record.wakeAt === wakeAtOf(city, record.clocks), 'wakeAt is not what the clocks say');
  const open = record.custody.filter(({ to }) => to === undefined);
  must(open.length === (ended ? 0 : 1), 'somebody has to hold an open case, and nobody an ended one');
  if (!ended) must(record.custody.at(-1)?.unit === (record.root ?? 'triage'), 'the last stay is elsewhere');
  const paused = Object.entries(record.clocks).filter(([, clock]) => clock.pausedAt !== undefined);
  const waiting = waits(record, 'question', 'data');
  must(paused.length === 0 || waiting, `${paused.map(([name]) => name)} stands still for nothing`);
  must(!(waiting && waits(record, 'promise')), 'the promise runs while the reporter is waited for');
  const { outer } = record.clocks;
  must(outer?.pausedAt === undefined, 'the outer limit pauses');
  if (!ended && !waits(record, 'objection', 'confirmation')) {
    must(outer?.doneAt === undefined, 'the outer limit ended on an open case');
  }
};

/** What holds between a case and what one step made of it. */
export const follows = (before: CaseRecord, after: CaseRecord, event: CaseEvent, now: Instant): void => {
  must(after.seq === before.seq + 1 && event.seq === after.seq, 'a step is one event');
  must(after.rev === before.rev + 1, 'rev guards the write');
  must(
    JSON.stringify(after.events.slice(0, -1)) === JSON.stringify(before.events),
    'an earlier event changed or went',
  );
  // A hazard that was taken for something else: the one step that may bring a deadline forward.
  const hastened = event.type === 'corrected';
  for (const [name, was] of Object.entries(before.clocks)) {
    const is = after.clocks[name];
    if (is === undefined || is.startedAt !== was.startedAt || hastened) continue;
    must(is.due >= was.due, `${name} became due earlier`);
    if (was.pausedAt !== undefined && is.pausedAt !== undefined) {
      must(is.due === was.due && is.pausedAt === was.pausedAt, `${name} ran while it was paused`);
    }
    if (was.pausedAt === undefined && is.due !== was.due) must(false, `${name} moved without a pause`);
  }
  must(after.clocks['promise']?.startedAt === before.clocks['promise']?.startedAt, 'the promise began anew');
  must(after.clocks['outer']?.due === before.clocks['outer']?.due, 'the outer limit moved');
  const known = before.custody.length;
  after.custody.forEach((stay, i) => {
    const last = after.custody[i - 1];
    if (last === undefined || i < known) return;
    // Only what had ended leaves a gap: nobody held it then.
    must(last.to === stay.from || before.closedAt !== undefined, 'stays do not touch');
    must(last.to !== undefined && last.to <= stay.from && stay.from <= now, 'stays overlap');
  });
};

/** The data say what an action may do: where it leads, which clocks it touches. */
export const declared = (
  workflow: Workflow,
  id: string,
  before: CaseRecord,
  { record, event }: Done,
): void => {
  const { to = [], clocks = [], may = [] } = workflow.actions[id] ?? {};
  const leads = 'includes' in to ? to : ((to as Record<string, readonly string[]>)[before.state] ?? []);
  const stays = record.state === before.state;
  must(stays || (leads as readonly string[]).includes(record.state), `${id} leads to ${record.state}`);
  if (workflow.states[record.state]?.final === true) return;
  const touched = [...clocks, ...may].flatMap((effect) => Object.values(effect).flat());
  const others = Object.keys(event.clocks ?? {}).filter((name) => !touched.includes(name as ClockName));
  must(others.length === 0, `${id} touches ${others}`);
};
