import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseRecord } from '../cases/model.ts';
import type { Workflow } from '../cases/workflow.ts';
import { fromSeconds, toSeconds } from '../kernel/time.ts';
import { Broken } from './test/holds.ts';
import { type Engine, moves, play, real } from './test/play.ts';
import { complaint } from './workflow.ts';

const holds = (engine?: Engine, workflow?: Workflow, numRuns = 300) =>
  fc.check(
    fc.property(moves, (sequence) => {
      play(sequence, engine, workflow);
    }),
    { numRuns, seed: 20_261_122, endOnFailure: true },
  );

describe('whatever people do to a case, and when', () => {
  test('it stays a case: declared states, every event, no clock that runs while paused, no gap in who held it', () => {
    fc.assert(
      fc.property(moves, (sequence) => {
        play(sequence);
      }),
      { numRuns: 150 },
    );
  });

  test('random people reach every state but merged, so that the above says something', () => {
    const reached = new Set<string>();
    const spy: Engine = (...args) => {
      const stepped = real(...args);
      if ('record' in stepped) reached.add(stepped.record.state);
      return stepped;
    };
    holds(spy, complaint, 250);
    expect([...reached, 'merged'].sort()).toEqual(Object.keys(complaint.states).sort());
  });

  const withAction = (id: string, change: object): Workflow => ({
    ...complaint,
    actions: { ...complaint.actions, [id]: { ...complaint.actions[id], ...change } as never },
  });
  const changed =
    (change: (record: CaseRecord) => CaseRecord): Engine =>
    (...args) => {
      const stepped = real(...args);
      return 'refuse' in stepped ? stepped : { ...stepped, record: change(stepped.record) };
    };
  const twins: Readonly<Record<string, readonly [Engine, Workflow]>> = {
    'forgets to resume after an answer': [real, withAction('answer', { clocks: [{ stop: 'question' }] })],
    'lets the promise run while data are awaited': [
      real,
      withAction('postpone', { clocks: [{ pause: ['verification'] }] }),
    ],
    'ends the outer limit with an assignment': [real, withAction('assign', { clocks: [{ stop: 'outer' }] })],
    'goes where nothing is declared': [real, withAction('accept', { decide: () => ({ to: 'limbo' }) })],
    'drops its oldest event': [
      changed((record) => (record.seq % 5 === 0 ? { ...record, events: record.events.slice(1) } : record)),
      complaint,
    ],
    'moves the due of a paused clock': [
      changed((record) => {
        const { promise } = record.clocks;
        return promise?.pausedAt === undefined || record.seq % 3 !== 0
          ? record
          : { ...record, clocks: { ...record.clocks, promise: { ...promise, due: '2099-01-01T00:00:00Z' } } };
      }),
      complaint,
    ],
    'leaves a gap between two stays': [
      changed((record) => ({
        ...record,
        custody: record.custody.map((stay, i) =>
          i > 0 && stay.to === undefined ? { ...stay, from: fromSeconds(toSeconds(stay.from) + 1) } : stay,
        ),
      })),
      complaint,
    ],
    'starts the promise anew with each unit': [
      real,
      withAction('assign', { clocks: [{ start: 'promise' }] }),
    ],
  };
  test.each(Object.entries(twins))('a twin that %s is caught', (_, [engine, workflow]) => {
    const { failed, errorInstance } = holds(engine, workflow);
    expect(failed).toBe(true);
    expect(errorInstance).toBeInstanceOf(Broken);
  });
});
