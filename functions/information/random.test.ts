import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRunning } from '../cases/clock/clock.ts';
import { allowedActions, type Stepped } from '../cases/engine.ts';
import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import { Broken, declared, must, stands } from '../complaints/test/holds.ts';
import { fromSeconds, toSeconds } from '../kernel/time.ts';
import { factsOf } from './facts.ts';
import { grounds } from './states.ts';
import { city, exempt, filed, filedAt, sweep, take, words } from './test/city.ts';
import { standing } from './test/standing.ts';
import { people } from './test/table.ts';
import { informationRequest } from './workflow.ts';

const actors = Object.values(people);
/** Inputs of an action, any of which may be right. */
const inputs: Readonly<Record<string, readonly object[]>> = {
  distribute: [{ unit: 'pupr' }, { unit: 'perkim' }, { unit: 'kominfo' }],
  partlyGrant: [exempt],
  refuse: [exempt],
  declareNotHeld: [{ holder: 'Kantor Pertanahan', ...words }],
  give: [{ form: 'hard', way: 'view' }],
  charge: [{ rupiah: 3000, ...words }],
  recordPayment: [{ rupiah: 3000 }],
  object: grounds.map((ground) => ({ ground, ...words })),
  recordObjection: grounds.map((ground) => ({ ground, ...words })),
  answerObjection: [
    { decision: 'upheld', ...words },
    { decision: 'overturned', by: '2027-01-29', ...words },
    { decision: 'overturned', by: '2027-03-31', ...words },
  ],
  react: [{ reaction: 'dispute' }, { reaction: 'satisfied' }],
  assign: [{ unit: 'pupr-jalan' }, { unit: 'pupr' }],
  redact: [{ seq: 1, reason: 'personalData' }],
  label: [{ add: ['anggaran'] }, { add: ['aset'], remove: ['anggaran'] }],
  prioritise: [{ level: 'high', ...words }],
  instruct: [{ due: '2027-06-01', ...words }],
};

const moves = fc.array(
  fc.record({
    who: fc.nat(999),
    pick: fc.nat(999),
    with: fc.nat(99),
    wild: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    wait: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 * 86_400 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 * 86_400 }) },
    ),
  }),
  { minLength: 8, maxLength: 40, size: 'max' },
);
type Moves = typeof moves extends fc.Arbitrary<infer M> ? M : never;

/** What ends a request early is taken seldom, and what goes on beside it now and then, or few would ever be decided. */
const seldom = new Set(['withdraw', 'grant', 'declareNotHeld']);

/** The first of some people who may do anything, and what of it; wildly, anybody and anything. */
const chosen = (record: CaseRecord, at: string, who: number, pick: number, wild: boolean) => {
  const all = Object.keys(informationRequest.actions);
  if (wild) return [actors[who % actors.length], all[pick % all.length]] as const;
  const beside = pick % 5 === 0;
  for (let k = 0; k < actors.length; k += 1) {
    const actor = actors[(who + k) % actors.length] ?? sweep;
    const choices = allowedActions(informationRequest, actor, record, city, at, true).filter((id) =>
      beside ? !(id in standing) : id in standing && id !== 'reveal' && (who % 4 === 0 || !seldom.has(id)),
    );
    const action = choices[pick % Math.max(1, choices.length)];
    if (action !== undefined) return [actor, action] as const;
  }
  return [];
};

/** What holds between a request and what one step made of it. */
const follows = (
  before: CaseRecord,
  { record, event }: Extract<Stepped, { readonly event: unknown }>,
): void => {
  must(record.seq === before.seq + 1 && event.seq === record.seq, 'a step is one event');
  for (const [name, was] of Object.entries(before.clocks)) {
    const is = record.clocks[name];
    if (is === undefined || is.startedAt !== was.startedAt) continue;
    must(is.due >= was.due, `${name} became due earlier`);
    must(is.due === was.due || event.type === 'extended', `${name} moved by ${event.type}`);
  }
  must(record.clocks['promise']?.startedAt === before.clocks['promise']?.startedAt, 'the promise began anew');
  const [was, is] = [factsOf(before), factsOf(record)];
  must(was.extendedAt === undefined || was.extendedAt === is.extendedAt, 'it was extended twice');
  must(was.objection === undefined || was.objection.at === is.objection?.at, 'it was objected to twice');
  must(is.decision === undefined || is.identity === true, 'it was decided for nobody');
  must(is.answer === undefined || is.objection !== undefined, 'an answer to no objection');
  must(is.answer?.as !== 'upheld' || is.decision !== undefined, 'nothing was upheld');
  must(is.reaction === undefined || is.disputeBy !== undefined, 'a reaction to nothing');
};

/** Everything that a sequence of moves makes of a request, the system's own steps in between; checked at each. */
const play = (sequence: Moves, seen: Set<string>, step = take): void => {
  let record = filed();
  let all: readonly CaseEvent[] = record.events;
  let now = toSeconds(filedAt);
  const go = (...[actor, action, input]: readonly [Parameters<typeof take>[1], string, object]): void => {
    const stepped = step(record, actor, action, { ...input }, fromSeconds(now));
    if ('refuse' in stepped) return;
    follows(record, stepped);
    declared(informationRequest, action, record, stepped);
    all = [...all, stepped.event];
    // What the archive job does: older events move out, nothing else changes.
    record = { ...stepped.record, events: stepped.record.events.slice(-6), archived: all.length - 6 };
    stands(city, informationRequest, record, all);
    seen.add(record.state);
  };
  for (const { who, pick, with: which, wild, wait } of sequence) {
    now += wait;
    const { objection } = record.clocks;
    if (objection !== undefined && isRunning(objection)) go(sweep, 'noteSilence', {});
    const [actor, action] = chosen(record, fromSeconds(now), who, pick, wild);
    if (actor === undefined || action === undefined) continue;
    const options = inputs[action] ?? [words];
    go(actor, action, options[which % options.length] ?? {});
  }
};

describe('whatever people do to an information request, and when', () => {
  test('it is extended, objected to and decided as the law lets it be', () => {
    fc.assert(
      fc.property(moves, (sequence) => play(sequence, new Set())),
      { numRuns: 150 },
    );
  });

  test('random people reach every state, so that the above says something', () => {
    const seen = new Set<string>(['received']);
    fc.assert(
      fc.property(moves, (sequence) => play(sequence, seen)),
      { numRuns: 400, seed: 20_261_122 },
    );
    expect([...seen].sort()).toEqual(Object.keys(informationRequest.states).sort());
  });

  test('a twin that forgets that it was extended is caught', () => {
    const forgetful: typeof take = (...args) => {
      const stepped = take(...args);
      if ('refuse' in stepped || stepped.event.type === 'extended') return stepped;
      const { extendedAt: _, ...data } = stepped.record.data;
      return { ...stepped, record: { ...stepped.record, data } };
    };
    const { errorInstance } = fc.check(
      fc.property(moves, (sequence) => play(sequence, new Set(), forgetful)),
      { numRuns: 400, seed: 1, endOnFailure: true },
    );
    expect(errorInstance).toEqual(new Broken('it was extended twice'));
  });
});
