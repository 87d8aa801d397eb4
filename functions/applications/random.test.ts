import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRunning } from '../cases/clock/clock.ts';
import { allowedActions, type Stepped, step } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { Broken, declared, must, stands } from '../complaints/test/holds.ts';
import { fromSeconds, toSeconds } from '../kernel/time.ts';
import * as at from './test/cases.ts';
import { application } from './workflow.ts';

interface Move {
  readonly who: number;
  readonly pick: number;
  /** Now and then anything at all is tried, allowed or not. */
  readonly wild: boolean;
  readonly wait: number;
}
const moves = fc.array(
  fc.record({
    who: fc.nat(999),
    pick: fc.nat(999),
    wild: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    wait: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 86_400 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 35 * 86_400 }) },
    ),
  }),
  { minLength: 10, maxLength: 40, size: 'max' },
);

type Engine = (
  record: CaseRecord,
  ...more: Parameters<typeof at.take> extends [CaseRecord, ...infer R] ? R : never
) => Stepped;

/** Inputs that are right for the application as it stands. */
const inputsOf = (record: CaseRecord, action: string): readonly object[] => {
  const { papers, rejected } = at.factsOf(record, at.monday);
  const documents = (verdict: string) =>
    Object.fromEntries([...papers.keys()].filter((part) => !part.startsWith('/')).map((id) => [id, verdict]));
  const parts = [...rejected.keys()];
  switch (action) {
    case 'complete':
      return [{ documents: documents('accepted') }];
    case 'askCorrection':
      return [
        { documents: documents('unreadable'), answers: {} },
        { documents: documents('accepted'), answers: { '/nik': 'wrongAnswer' }, pointers: ['/nik'] },
      ];
    case 'handIn':
      return [
        at.given(
          parts.filter((part) => !part.startsWith('/')),
          parts.filter((part) => part.startsWith('/')),
        ),
      ];
    case 'completeStep':
      return [{ step: record.data['step'] }, { step: 'print' }];
    case 'refuse':
      return [{ ground: 'no-proof', text: 'xx' }];
    case 'decideObjection':
      return [
        { decision: 'overturned', text: 'xx' },
        { decision: 'upheld', text: 'xx' },
      ];
    case 'issue':
      return [{ product: 'PERKIM-2026-ABC' }];
    case 'rate':
      return [{ stars: 4, done: true }];
    default:
      return [{ text: 'xx' }];
  }
};

const skipped =
  /^(note|label|prioritise|instruct|answerInstruction|assign|redact|claim|renewPin|reveal|reply|addInformation)$/;
/** What ends an application is taken seldom, or few would ever be issued. */
const seldom = new Set(['withdraw', 'refuse']);
const whole = {
  ...application,
  actions: Object.fromEntries(
    Object.entries(application.actions).map(([id, { apart: _, ...action }]) => [id, action]),
  ),
};

/** What holds between an application and what one step made of it. */
const follows = (before: CaseRecord, after: CaseRecord): void => {
  must(after.seq === before.seq + 1 && after.rev === before.rev + 1, 'a step is one event');
  const [was, is] = [before.clocks['promise'], after.clocks['promise']];
  must(was === undefined || is?.startedAt === was.startedAt, 'the promise began anew');
  const complete = after.clocks['completeness']?.doneAt !== undefined;
  must(is === undefined || complete, 'the promise runs before the file is complete');
  const waits = after.state === 'correction';
  const { data, completeness } = after.clocks;
  must(!waits || (data !== undefined && isRunning(data)), 'nobody waits for the corrections');
  must(waits || data === undefined || !isRunning(data), 'corrections are awaited that nobody asked for');
  must((completeness?.pausedAt !== undefined) === waits, 'the check stands still for nothing');
  must(after.state !== 'validation' || after.validating !== undefined, 'nobody validates');
  must(after.state === 'validation' || after.validating === undefined, 'somebody validates for nothing');
  must(
    (after.state === 'processing') ===
      (typeof after.data['step'] === 'string' && !/refused|withdrawn/.test(after.state)),
    'a step outside of processing',
  );
};

const play = (sequence: readonly Move[], engine: Engine = at.take): CaseRecord => {
  let record = at.filed('akta', ['kk']);
  let now = toSeconds(at.filedAt);
  const people = Object.values(at.people);
  const take = (actor: (typeof people)[number], action: string, input: object): boolean => {
    const stepped = engine(record, actor, action, { ...input }, fromSeconds(now));
    if ('refuse' in stepped) return false;
    follows(record, stepped.record);
    declared(application, action, record, stepped);
    record = stepped.record;
    stands(at.city, application, record, record.events);
    return true;
  };
  for (const { who, pick, wild, wait } of sequence) {
    if (record.events.length > 28) break;
    now += wait;
    const file = [...at.factsOf(record, fromSeconds(now)).papers.values()].find(
      ({ state }) => state.state === 'pending',
    );
    if (file !== undefined)
      take(at.system, pick % 9 === 0 ? 'refuseFile' : 'acceptFile', {
        file: file.file,
        found: pick % 9 === 0 ? 'broken' : 'photo',
      });
    const { data } = record.clocks;
    if (data !== undefined && isRunning(data) && data.due <= fromSeconds(now))
      must(take(at.system, 'deemWithdrawn', {}), 'nothing happened when corrections did not come');
    for (let k = 0; k < people.length; k += 1) {
      const actor = people[(who + k) % people.length] ?? at.system;
      const choices = wild
        ? Object.keys(application.actions)
        : allowedActions(whole, actor, record, at.city, fromSeconds(now)).filter(
            (id) => !skipped.test(id) && (pick % 7 === 0 || !seldom.has(id)),
          );
      const action = choices[pick % Math.max(1, choices.length)];
      if (action === undefined) continue;
      const options = inputsOf(record, action);
      if (take(actor, action, options[pick % options.length] ?? {}) || wild) break;
    }
  }
  return record;
};

const holds = (engine?: Engine) =>
  fc.check(
    fc.property(moves, (sequence) => {
      play(sequence, engine);
    }),
    { numRuns: 200, seed: 20_261_122, endOnFailure: true },
  );

describe('whatever people do to an application, and when', () => {
  test('its promise starts once, with the complete file, and nothing stands still for nothing', () => {
    fc.assert(
      fc.property(moves, (sequence) => {
        play(sequence);
      }),
      { numRuns: 150 },
    );
  });

  test('random people reach every state, so that the above says something', () => {
    const reached = new Set<string>();
    holds((...args) => {
      const stepped = at.take(...args);
      if ('record' in stepped) reached.add(stepped.record.state);
      return stepped;
    });
    expect([...reached].sort()).toEqual(Object.keys(application.states).sort());
  });

  const changed =
    (id: string, change: object): Engine =>
    (record, actor, action, input = {}, now = at.monday) =>
      step(
        {
          ...application,
          actions: { ...application.actions, [id]: { ...application.actions[id], ...change } as never },
        },
        at.city,
        record,
        { id: `t${record.seq}`.padEnd(22, '-'), fingerprint: 'f', action, input },
        actor,
        now,
        { own: at.factsOf(record, now) },
      );
  test.each([
    ['starts the promise with the submission', changed('begin', { clocks: [{ start: 'promise' }] })],
    ['lets the check run on during corrections', changed('askCorrection', { clocks: [{ start: 'data' }] })],
    ['waits without an end', changed('askCorrection', { clocks: [{ pause: ['completeness'] }] })],
    ['starts the promise anew with each step', changed('completeStep', { clocks: [{ start: 'promise' }] })],
    ['forgets who validates', changed('completeStep', { decide: () => ({ to: 'validation' }) })],
  ])('a twin that %s is caught', (_, engine) => {
    const { failed, errorInstance } = holds(engine);
    expect(failed).toBe(true);
    expect(errorInstance).toBeInstanceOf(Broken);
  });
});
