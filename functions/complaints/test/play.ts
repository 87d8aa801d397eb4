import * as fc from 'fast-check';
import { filedAt, filedCase } from '../../../test/cases.ts';
import { staffOf, testCity } from '../../../test/city.ts';
import { type Actor, holderOf } from '../../cases/actor.ts';
import { isRunning } from '../../cases/clock/clock.ts';
import { wakeAtOf } from '../../cases/clock/ladder.ts';
import { allowedActions, type Command, type Stepped, step } from '../../cases/engine.ts';
import { type CaseEvent, type CaseRecord, caseRecord } from '../../cases/model.ts';
import type { Looked, Workflow } from '../../cases/workflow.ts';
import type { ClockName } from '../../city/schema.ts';
import { fromSeconds, type Instant, toSeconds } from '../../kernel/time.ts';
import { closing } from '../actions/closing.ts';
import { outside } from '../actions/outside.ts';
import { reporter } from '../actions/reporter.ts';
import { triage } from '../actions/triage.ts';
import { unit } from '../actions/unit.ts';
import { complaint } from '../workflow.ts';

const city = testCity();
const people: readonly Actor[] = [
  staffOf(city, 'coordinator', 'kominfo'),
  staffOf(city, 'coordinator', 'kominfo', 'second-coordinator'),
  staffOf(city, 'liaison', 'pupr'),
  staffOf(city, 'officer', 'pupr'),
  staffOf(city, 'head', 'pupr'),
  staffOf(city, 'liaison', 'perkim'),
  staffOf(city, 'head', 'perkim'),
  staffOf(city, 'validator', 'pemerintahan'),
  staffOf(city, 'validator', 'pemerintahan', 'second-validator'),
  staffOf(city, 'inspector', 'inspektorat'),
  staffOf(city, 'inspector', 'inspektorat', 'second-inspector'),
  staffOf(city, 'executive', 'setda', 'sekda', 'sekda'),
  holderOf({ code: 'ABCDEFGHJ', pinVersion: 1 }),
  { kind: 'citizen', id: 'rina', scope: 'rina' },
];

const inputs: Readonly<Record<string, readonly object[]>> = {
  assign: [{ unit: 'pupr' }, { unit: 'perkim' }, { unit: 'pupr-jalan' }, { unit: 'perkim', final: true }],
  correct: [{ category: 'sampah' }, { category: 'jalan' }, { category: 'pungli' }],
  mark: [
    { confidential: true, text: 'xx' },
    { oversight: true, text: 'xx' },
  ],
  reply: [{ text: 'ya' }, { text: 'ya', by: '2027-06-01' }],
  ask: [{ text: 'mana?' }, { text: 'mana?', days: 3 }],
  followUp: [{ outcome: 'fixed', text: 'xx' }],
  plan: [{ date: '2027-09-30', source: 'rkpd', year: 2027, text: 'xx' }],
  return: [{ reason: 'notOurs', text: 'xx' }],
  archive: [{ reason: 'abuse', text: 'xx' }],
  forward: [
    { body: 'pln', text: 'xx' },
    { body: 'pln', text: 'xx', remindOn: '2026-12-14', answerBy: '2026-12-18' },
  ],
  remindAgain: [{ remindOn: '2027-01-04' }, { remindOn: '2027-01-20', answerBy: '2027-02-01' }],
  decideObjection: [
    { decision: 'upheld', text: 'xx' },
    { decision: 'overturned', text: 'xx' },
  ],
  decideDispute: [
    { decision: 'redo', text: 'xx' },
    { decision: 'stands', outcome: 'cannot', text: 'xx' },
  ],
  rate: [{ stars: 2, done: false }],
  redact: [{ seq: 1, reason: 'personalData' }],
};

interface Move {
  readonly who: number;
  readonly pick: number;
  /** Now and then anything at all is tried, allowed or not. */
  readonly wild: boolean;
  readonly wait: number;
  readonly delivered: boolean;
}
export const moves = fc.array(
  fc.record({
    who: fc.nat(999),
    pick: fc.nat(999),
    wild: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    wait: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 2 * 86_400 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 25 * 86_400 }) },
    ),
    delivered: fc.boolean(),
  }),
  { minLength: 10, maxLength: 40, size: 'max' },
);

/** What ends or diverts a case is taken seldom, or few would ever be worked on. */
const seldom: ReadonlySet<string> = new Set(['withdraw', 'archive', 'forward', 'mark', 'correct', 'return']);

export type Engine = (
  workflow: Workflow,
  record: CaseRecord,
  command: Command,
  actor: Actor,
  now: Instant,
  looked?: Looked,
) => Stepped;
export const real: Engine = (workflow, record, command, actor, now, looked) =>
  step(workflow, city, record, command, actor, now, looked);

type Done = Extract<Stepped, { readonly event: unknown }>;

export class Broken extends Error {}
const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Broken(what);
};

const waits = (record: CaseRecord, ...names: readonly ClockName[]): boolean =>
  names.some((name) => {
    const clock = record.clocks[name];
    return clock !== undefined && isRunning(clock);
  });

/** What holds of every case at any time. */
const stands = (workflow: Workflow, record: CaseRecord, all: readonly CaseEvent[]): void => {
  const state = workflow.states[record.state];
  must(state !== undefined, `undeclared state ${record.state}`);
  must(caseRecord.safeParse(record).success, 'the record is not one');
  must(JSON.stringify(record.data).length <= 512, 'its data outgrew 512 bytes');
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
const follows = (before: CaseRecord, after: CaseRecord, event: CaseEvent, now: Instant): void => {
  must(after.seq === before.seq + 1 && event.seq === after.seq, 'a step is one event');
  must(after.rev === before.rev + 1, 'rev guards the write');
  must(
    JSON.stringify(after.events.slice(0, -1)) === JSON.stringify(before.events),
    'an earlier event changed or went',
  );
  for (const [name, was] of Object.entries(before.clocks)) {
    const is = after.clocks[name];
    if (is === undefined || is.startedAt !== was.startedAt) continue;
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
const declared = (workflow: Workflow, id: string, before: CaseRecord, { record, event }: Done): void => {
  const { to = [], clocks = [], may = [] } = workflow.actions[id] ?? {};
  const leads = 'includes' in to ? to : ((to as Record<string, readonly string[]>)[before.state] ?? []);
  const stays = record.state === before.state;
  must(stays || (leads as readonly string[]).includes(record.state), `${id} leads to ${record.state}`);
  if (workflow.states[record.state]?.final === true) return;
  const touched = [...clocks, ...may].flatMap((effect) => Object.values(effect).flat());
  const others = Object.keys(event.clocks ?? {}).filter((name) => !touched.includes(name as ClockName));
  must(others.length === 0, `${id} touches ${others}`);
};

/** Actions of other groups neither change a state nor stop a clock, or write other cases too; they have own tests. */
const reach = { ...triage, ...outside, ...unit, ...closing, ...reporter };

const personAt = (n: number): Actor => people[n % people.length] as Actor;

/** The first of some people who may do anything, and what of it. */
const chosen = (workflow: Workflow, record: CaseRecord, at: Instant, who: number, pick: number) => {
  for (let k = 0; k < people.length; k += 3) {
    const actor = personAt(who + k);
    const choices = allowedActions(workflow, actor, record, city, at).filter(
      (id) => id in reach && (who % 8 === 0 || !seldom.has(id)),
    );
    const action = choices[pick % Math.max(1, choices.length)];
    if (action !== undefined) return [actor, action] as const;
  }
  return [];
};

/** Everything that a sequence of moves makes of a case, the system's own steps in between; checked at each. */
export const play = (
  sequence: readonly Move[],
  engine: Engine = real,
  workflow: Workflow = complaint,
): CaseRecord => {
  let record: CaseRecord = { ...filedCase(city), reporter: 'rina' };
  let archived: readonly CaseEvent[] = [];
  let now = toSeconds(filedAt);
  let commands = 0;
  const take = (actor: Actor, action: string, input: object, looked: Looked): boolean => {
    commands += 1;
    const id = `c${commands}`;
    const at = fromSeconds(now);
    const command = { id, fingerprint: id, action, input: { ...input }, textId: id };
    const stepped = engine(workflow, record, command, actor, at, { pinKey: 'k1', ...looked });
    if ('refuse' in stepped) return false;
    follows(record, stepped.record, stepped.event, at);
    declared(workflow, action, record, stepped);
    // What the archive job does: older events move out, nothing else changes.
    const old = stepped.record.events.slice(0, -6);
    archived = [...archived, ...old];
    record = {
      ...stepped.record,
      events: stepped.record.events.slice(-6),
      archived: archived.length,
    };
    stands(workflow, record, [...archived, ...record.events]);
    return true;
  };
  for (const { who, pick, wild, wait, delivered } of sequence) {
    now += wait;
    for (let n = 0; n < 8; n += 1) {
      const passed = Object.entries(record.clocks).find(
        ([, c]) => isRunning(c) && c.due <= fromSeconds(now) && (c.told === undefined || c.told < c.due),
      );
      if (passed === undefined) break;
      const action = workflow.atDue?.[passed[0] as ClockName];
      const system: Actor = { kind: 'system', id: 'sweep' };
      const input = action === undefined ? { clock: passed[0] } : {};
      must(
        take(system, action ?? 'overdue', input, { delivered }),
        `${passed[0]} passed, and nothing happened`,
      );
    }
    const at = fromSeconds(now);
    const [actor, action] = wild
      ? [personAt(who), Object.keys(workflow.actions)[pick % 50]]
      : chosen(workflow, record, at, who, pick);
    if (actor === undefined || action === undefined) continue;
    const options = inputs[action] ?? [{ text: 'xx' }];
    take(actor, action, options[who % options.length] ?? {}, {});
  }
  return record;
};
