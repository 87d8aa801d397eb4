import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filedAt, filedCase, take, taken } from '../../../test/cases.ts';
import { staffOf, testCity } from '../../../test/city.ts';
import { ladderCity } from '../../../test/ladder.ts';
import { type ClockState, earliestDue } from '../../cases/clock/clock.ts';
import { wakeAtOf } from '../../cases/clock/ladder.ts';
import { inlineLimit, step } from '../../cases/engine.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { type ClockName, clockNames } from '../../city/schema.ts';
import { complaint } from '../../complaints/workflow.ts';
import { fromSeconds, toSeconds } from '../../kernel/time.ts';
import { workflows } from '../../workflows.ts';
import { type Advanced, advance, dueStep, stepId } from './rules.ts';

const city = testCity();
const kominfo = staffOf(city, 'coordinator', 'kominfo');
const now = '2026-12-01T00:00:00Z';
const past = '2026-11-30T09:00:00Z';
const dueOf = (clocks: CaseRecord['clocks'], at = now) => dueStep({}, city, { clocks }, at);
const advanced = (record: CaseRecord, at: string): Advanced => {
  const done = advance(complaint, city, record, at);
  if ('needs' in done) throw new Error(`needs ${done.needs}`);
  return done;
};
const clock = (more: Partial<ClockState> = {}): ClockState => ({
  ...{ rule: 'promise', owner: 'city', startedAt: '2026-11-10T02:00:00Z', due: past, paused: 0 },
  ...more,
});

describe('what is due', () => {
  const later = '2026-12-01T00:00:01Z';
  test.each<[string, ClockState, boolean]>([
    ['a deadline that passed', clock(), true],
    ['a deadline of this second', clock({ due: now }), true],
    ['a deadline of the next second', clock({ due: later }), false],
    ['one that was told', clock({ told: past }), false],
    ['one that moved later since it was told', clock({ told: '2026-11-20T09:00:00Z' }), true],
    ['one that moved earlier since it was told', clock({ told: later }), false],
    ['a clock that pauses', clock({ pausedAt: '2026-11-29T09:00:00Z' }), false],
    ['a clock that is done', clock({ doneAt: '2026-12-01T00:00:00Z' }), false],
  ])('%s', (_, promise, due) => {
    expect(dueOf({ promise })).toEqual(
      due ? { action: 'overdue', clock: 'promise', due: promise.due } : undefined,
    );
  });

  test('the earliest comes first, and of two at once always the same', () => {
    const clocks = { outer: clock(), promise: clock(), question: clock({ due: now }) };
    const reversed = Object.fromEntries(Object.entries(clocks).reverse());
    expect(dueOf(clocks)?.clock).toBe(dueOf(reversed)?.clock);
    expect(dueOf({ ...clocks, question: clock({ due: '2026-11-29T00:00:00Z' }) })).toEqual({
      action: 'overdue',
      clock: 'question',
      due: '2026-11-29T00:00:00Z',
    });
  });

  test('a step’s id tells case, clock and deadline apart, and nothing else', () => {
    const due = { action: 'overdue', clock: 'promise', due: past } as const;
    const of = (code: string, startedAt = filedAt) => ({ code, clocks: { promise: clock({ startedAt }) } });
    const ids = [
      stepId(of('A'), due),
      stepId(of('B'), due),
      stepId(of('A'), { ...due, clock: 'outer' }),
      stepId(of('A'), { ...due, due: now }),
    ];
    expect(new Set(ids).size).toBe(4);
    expect(stepId(of('A'), { ...due })).toBe(ids[0]);
    expect(ids[0]).toMatch(/^[\w-]{22}$/);
  });

  test('of the ladder’s steps it tells the run of the clock apart, wherever the deadline moves', () => {
    const due = { action: 'escalate', clock: 'promise', step: 'head', due: past } as const;
    const of = (startedAt: string) => ({ code: 'A', clocks: { promise: clock({ startedAt }) } });
    expect(stepId(of(filedAt), { ...due, due: now })).toBe(stepId(of(filedAt), due));
    expect(stepId(of(past), due)).not.toBe(stepId(of(filedAt), due));
    expect(stepId(of(filedAt), { ...due, step: 'sekda' })).not.toBe(stepId(of(filedAt), due));
  });
});

describe('taking it', () => {
  const ignored = filedCase(city);

  test('one event for each clock, for the staff, with no other change of the case', () => {
    const { record, steps, refused } = advanced(ignored, '2027-02-01T00:00:00Z');
    expect([steps, refused]).toEqual([3, undefined]);
    expect(record.events.slice(1).map(({ seq, type, facts }) => ({ seq, type, facts }))).toEqual([
      { seq: 2, type: 'overdue', facts: { clock: 'verification', due: '2026-11-26T09:00:00Z' } },
      { seq: 3, type: 'overdue', facts: { clock: 'promise', due: '2026-12-11T09:00:00Z' } },
      { seq: 4, type: 'overdue', facts: { clock: 'outer', due: '2027-01-22T02:00:00Z' } },
    ]);
    expect(record.events[1]).toMatchObject({
      actor: { kind: 'system', id: 'sweep' },
      audience: 'staff',
      from: 'received',
      to: 'received',
      at: '2027-02-01T00:00:00Z',
    });
    expect(record).toMatchObject({ state: 'received', unit: null, seq: 4, rev: 2, wakeAt: null });
    expect(earliestDue(record.clocks)).toBe('2026-11-26T09:00:00Z');
  });

  test('the events stay small: the deadline is a fact, the clock is not repeated', () => {
    const { record } = advanced(ignored, '2027-02-01T00:00:00Z');
    for (const event of record.events.slice(1)) {
      expect(event).not.toHaveProperty('clocks');
      expect(JSON.stringify(event).length).toBeLessThan(360);
    }
    expect(ignored.clocks['promise']).not.toHaveProperty('told');
  });

  test('nothing due, nothing to write', () => {
    expect(advanced(ignored, '2026-11-26T08:59:59Z').record).toBe(ignored);
    const once = advanced(ignored, now).record;
    expect(advanced(once, now).record).toBe(once);
  });

  test('a full timeline takes no step, one nearly full as many as fit', () => {
    const full = (events: number): CaseRecord => ({
      ...ignored,
      events: Array.from({ length: events }, () => ignored.events[0] as CaseRecord['events'][number]),
    });
    expect(advanced(full(inlineLimit), now)).toMatchObject({ steps: 0, refused: 'busy' });
    const nearly = advanced(full(inlineLimit - 1), '2027-02-01T00:00:00Z');
    expect(nearly).toMatchObject({ steps: 1, refused: 'busy' });
    expect(nearly.record.wakeAt).toBe('2026-12-11T09:00:00Z');
  });

  test('a case that woke without reason does not wake again for it', () => {
    const { record, steps } = advanced({ ...ignored, wakeAt: '2026-11-24T00:00:00Z' }, now);
    expect(steps).toBe(1);
    const early = { ...ignored, wakeAt: '2026-11-24T00:00:00Z' };
    expect(advanced(early, '2026-11-25T00:00:00Z')).toMatchObject({
      steps: 0,
      record: { wakeAt: '2026-11-26T09:00:00Z', seq: 1, rev: 2 },
    });
    expect(record.wakeAt).toBe('2026-12-11T09:00:00Z');
  });

  test('a clock that lost its mark gets it back without a second event', () => {
    const once = advanced(ignored, now).record;
    const { told: _, ...verification } = once.clocks['verification'] as ClockState;
    const lost = { ...once, clocks: { ...once.clocks, verification } };
    const { record, steps } = advanced(lost, now);
    expect(steps).toBe(0);
    expect(record).toEqual({ ...once, rev: once.rev + 1 });
  });

  test('a deadline that a pause moved later is told again when the new one passes', () => {
    const told = advanced(ignored, now).record;
    const due = '2026-12-03T09:00:00Z';
    const clocks = { ...told.clocks, verification: { ...(told.clocks['verification'] as ClockState), due } };
    const moved = { ...told, clocks, wakeAt: wakeAtOf(city, clocks) };
    expect(moved.wakeAt).toBe(due);
    expect(advanced(moved, now).record).toBe(moved);
    expect(advanced(moved, due).record.events.at(-1)?.facts).toEqual({
      clock: 'verification',
      due,
    });
  });

  test('other commands keep the marks and wake for what comes next', () => {
    const told = advanced(ignored, now).record;
    const noted = taken(city, told, kominfo, 'note', { text: 'sudah ditelepon' }, now);
    expect(noted.wakeAt).toBe('2026-12-11T09:00:00Z');
    const assigned = taken(city, noted, kominfo, 'assign', { unit: 'pupr' }, now);
    expect(assigned.wakeAt).toBe('2026-12-08T09:00:00Z');
    expect(assigned.clocks['verification']).toMatchObject({ doneAt: now, told: '2026-11-26T09:00:00Z' });
  });
});

describe('the system’s own step', () => {
  const late = filedCase(city);
  test('is nobody’s else to take', () => {
    expect(take(city, late, kominfo, 'overdue', { clock: 'verification' }, now)).toEqual({
      refuse: 'forbidden',
    });
  });

  test.each(['promise', 'question'])('is refused for a clock that is not overdue: %s', (name) => {
    const command = { id: 'x', fingerprint: 'x', action: 'overdue', input: { clock: name } };
    expect(step(complaint, city, late, command, { kind: 'system', id: 'sweep' }, now)).toEqual({
      refuse: 'wrongState',
      field: 'clock',
    });
  });

  test.each(
    Object.values(workflows),
  )('$kind: can be taken in every state, since an objection runs in final ones', (workflow) => {
    const { from = [] } = workflow.actions['overdue'] ?? {};
    expect([...from].sort()).toEqual(Object.keys(workflow.states).sort());
  });
});

describe('whatever the clocks', () => {
  const at = toSeconds(now);
  const moment = fc.integer({ min: at - 40 * 86_400, max: at + 40 * 86_400 }).map(fromSeconds);
  const state = fc
    .record({ due: moment, told: moment, pausedAt: moment, doneAt: moment }, { requiredKeys: ['due'] })
    .map((times) => clock({ startedAt: '2026-10-01T02:00:00Z', ...times }));
  const some = fc.record(
    Object.fromEntries(clockNames.map((name) => [name, state])) as Record<ClockName, typeof state>,
    { requiredKeys: [] },
  );
  const town = ladderCity();
  const known = { vacant: [], delivered: true } as const;

  /** Passes until nothing is due; the timeline is archived between them, as it is in life. */
  const swept = (start: CaseRecord, when = now) => {
    const seen: string[] = [];
    let record = start;
    for (let pass = 0; pass < 12; pass += 1) {
      const done = advance(complaint, town, record, when, known);
      if ('needs' in done) throw new Error(`needs ${done.needs}`);
      if (done.record === record) return { record, seen, passes: pass };
      expect(done.record.rev).toBe(record.rev + 1);
      seen.push(...done.record.events.slice(record.events.length).map((e) => e.commandId));
      record = { ...done.record, events: done.record.events.slice(0, 1) };
    }
    throw new Error('never done');
  };

  test('a few passes leave nothing due and the next wake-up ahead, and take no step twice', () => {
    fc.assert(
      fc.property(some, (clocks) => {
        const filed = filedCase(town);
        const start = { ...filed, clocks: { ...clocks }, wakeAt: wakeAtOf(town, clocks) };
        const { record, seen } = swept(start);
        expect(dueStep(complaint, town, record, now)).toBeUndefined();
        expect(record.wakeAt === null || record.wakeAt > now).toBe(true);
        expect(new Set(seen).size).toBe(seen.length);
        expect(swept(record).passes).toBe(0);
      }),
    );
  });

  test('a clock that was moved a month at once takes the steps that a day-by-day one takes', () => {
    const slow = (['verification', 'firstResponse', 'promise', 'outer', 'objection'] as const).map(
      (name) => [name, state] as const,
    );
    const unattended = fc.record(Object.fromEntries(slow) as Record<(typeof slow)[number][0], typeof state>, {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(unattended, fc.integer({ min: 1, max: 20 }), (clocks, days) => {
        const ran: CaseRecord['clocks'] = { ...clocks };
        const start: CaseRecord = { ...filedCase(town), clocks: ran, wakeAt: wakeAtOf(town, ran) };
        const later = (n: number) => fromSeconds(at + n * days * 86_400);
        const jumped = swept(start, later(6));
        let walked: { record: CaseRecord; seen: string[] } = { record: start, seen: [] };
        for (let n = 0; n <= 6; n += 1) {
          const next = swept(walked.record, later(n));
          walked = { record: next.record, seen: [...walked.seen, ...next.seen] };
        }
        expect([...walked.seen].sort()).toEqual([...jumped.seen].sort());
        expect(walked.record.clocks).toEqual(jumped.record.clocks);
      }),
      { numRuns: 50 },
    );
  });
});
