import * as fc from 'fast-check';
import { filedAt, filedCase } from '../../../test/cases.ts';
import { staffOf, testCity } from '../../../test/city.ts';
import { type Actor, holderOf } from '../../cases/actor.ts';
import { isRunning } from '../../cases/clock/clock.ts';
import { allowedActions, type Command, type Stepped, step } from '../../cases/engine.ts';
import type { CaseEvent, CaseRecord } from '../../cases/model.ts';
import type { Looked, Workflow } from '../../cases/workflow.ts';
import type { ClockName } from '../../city/schema.ts';
import { fromSeconds, type Instant, toSeconds } from '../../kernel/time.ts';
import { closing } from '../actions/closing.ts';
import { desk } from '../actions/desk.ts';
import { outside } from '../actions/outside.ts';
import { publishing } from '../actions/publishing.ts';
import { reporter } from '../actions/reporter.ts';
import { triage } from '../actions/triage.ts';
import { unit } from '../actions/unit.ts';
import { complaint } from '../workflow.ts';
import { declared, follows, must, stands } from './holds.ts';

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
  reply: [
    { text: 'ya', files: ['photo-of-the-hole-0001'] },
    { text: 'ya', by: '2027-06-01' },
  ],
  ask: [{ text: 'mana?' }, { text: 'mana?', days: 3 }],
  followUp: [{ outcome: 'fixed', text: 'xx' }],
  plan: [{ date: '2027-09-30', source: 'rkpd', year: 2027, text: 'xx' }],
  return: [{ reason: 'notOurs', text: 'xx' }],
  archive: [{ reason: 'abuse', text: 'xx' }],
  forward: [
    { body: 'pln', text: 'xx' },
    {
      body: 'pln',
      text: 'xx',
      remindOn: '2026-12-14',
      answerBy: '2026-12-18',
      reference: { kind: 'letter', number: 'x'.repeat(60) },
    },
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
  label: [{ add: ['banjir'] }, { add: ['pasar', 'lampu'], remove: ['banjir'] }],
  prioritise: [
    { level: 'high', text: 'xx' },
    { level: 'normal', text: 'xx' },
  ],
  draftReply: [{ text: 'xx' }, { text: 'xx', by: '2027-06-01' }],
  instruct: [{ text: 'xx', due: '2027-06-01' }],
  publish: [
    { title: 'Lubang di jalan pasar', summary: 'Di depan pasar ada lubang besar.', text: 'xx' },
    { title: 'Lampu padam di pasar', summary: 'Sudah dua minggu tidak menyala.', text: 'xx' },
  ],
  takedown: [{ reason: 'personalData' }, { reason: 'request' }],
  renewPin: [{ text: 'xx' }],
  claim: [{}],
};

/** Inputs that name something of the case as it stands. */
const named: Readonly<Record<string, (record: CaseRecord) => readonly object[]>> = {
  answerInstruction: ({ instructions = [] }) => instructions.map(({ seq }) => ({ seq, text: 'xx' })),
  releaseFile: ({ events }) =>
    events.flatMap(({ seq, files = [] }) => files.map(({ id }) => ({ seq, file: id }))),
  withholdFile: (record) => (record.public?.files ?? []).map((file) => ({ file })),
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

/** Actions that write other cases too are played with several cases at once (relations/random.test.ts). */
const reach = { ...triage, ...outside, ...unit, ...closing, ...reporter, ...desk, ...publishing };
/** What goes on beside the case's own course is tried now and then, or few would ever come to an end. */
const beside = [
  ...['note', 'addInformation', 'redact', ...Object.keys({ ...desk, ...publishing })],
  ...Object.entries(reach).flatMap(([id, { apart }]) => (apart === true ? [id] : [])),
];

/** As the operations see it that take an action apart: here everybody may try. */
const whole = (workflow: Workflow): Workflow => ({
  ...workflow,
  actions: Object.fromEntries(
    Object.entries(workflow.actions).map(([id, { apart: _, ...action }]) => [id, action]),
  ),
});

const personAt = (n: number): Actor => people[n % people.length] as Actor;

/** The first of some people who may do anything, and what of it. */
const chosen = (workflow: Workflow, record: CaseRecord, at: Instant, who: number, pick: number) => {
  const wanted = pick % 4 === 0 ? beside[Math.floor(pick / 4) % beside.length] : undefined;
  for (let k = 0; k < people.length; k += wanted === undefined ? 3 : 1) {
    const actor = personAt(who + k);
    const choices = allowedActions(workflow, actor, record, city, at).filter((id) =>
      wanted === undefined
        ? id in reach && !beside.includes(id) && (who % 8 === 0 || !seldom.has(id))
        : id === wanted,
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
  const open = whole(workflow);
  let record: CaseRecord = { ...filedCase(city), reporter: 'rina' };
  let archived: readonly CaseEvent[] = [];
  let now = toSeconds(filedAt);
  let commands = 0;
  const take = (actor: Actor, action: string, input: object, looked: Looked): boolean => {
    commands += 1;
    // As long as the real ones, which are keyed hashes.
    const id = `c${commands}`.padEnd(22, '-');
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
    stands(city, workflow, record, [...archived, ...record.events]);
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
      ? [personAt(who), Object.keys(workflow.actions)[pick % Object.keys(workflow.actions).length]]
      : chosen(open, record, at, who, pick);
    if (actor === undefined || action === undefined) continue;
    const options = named[action]?.(record) ?? inputs[action] ?? [{ text: 'xx' }];
    take(actor, action, options[who % Math.max(1, options.length)] ?? {}, {});
  }
  return record;
};
