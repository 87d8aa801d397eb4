import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ladderCity, steps } from '../../../test/ladder.ts';
import type { LadderStep } from '../../city/ladder.ts';
import { type ClockName, clockNames, zones } from '../../city/schema.ts';
import { fromSeconds, type Instant, toSeconds } from '../../kernel/time.ts';
import { workingTime } from './calendar.ts';
import { type ClockState, calendarOf, climbClock, extendClock, startClock, tellClock } from './clock.ts';
import { climb, escalationOf, momentsOf, noticeEnds, rising, wakeAtOf, wasWarned } from './ladder.ts';

const city = ladderCity();
const clock = (due: Instant, more: Partial<ClockState> = {}): ClockState => ({
  ...{ rule: 'promise', owner: 'city', startedAt: '2026-11-02T02:00:00Z', due, paused: 0 },
  ...more,
});
const when = (name: ClockName, state: ClockState, of = city) =>
  rising(of, name, state).map(({ step, at }) => [step.id, at]);

describe('when a step is due', () => {
  test('a reminder opens the day before, head at the deadline, Sekda and mayor close the third and fifth day after', () => {
    // Friday 11 December, closing time.
    expect(when('promise', clock('2026-12-11T09:00:00Z'))).toEqual([
      ['reminder', '2026-12-10T00:30:00Z'],
      ['head', '2026-12-11T09:00:00Z'],
      ['sekda', '2026-12-16T09:00:00Z'],
      ['mayor', '2026-12-18T09:00:00Z'],
    ]);
  });

  test('a weekend and a holiday are jumped over, in both directions', () => {
    // Thursday 24 December; the 25th is a holiday, the 26th and 27th a weekend.
    expect(when('promise', clock('2026-12-24T09:00:00Z'))).toContainEqual(['sekda', '2026-12-30T09:00:00Z']);
    expect(when('promise', clock('2026-12-28T09:00:00Z'))[0]).toEqual(['reminder', '2026-12-24T00:30:00Z']);
  });

  test('a 24-hour service climbs by its own days', () => {
    const own = clock('2026-12-04T20:00:00Z', { owner: 'damkar' });
    expect(when('firstResponse', own)).toEqual([
      // Saturday 5 December, three in the morning, local time.
      ['reminder', '2026-12-03T17:00:00Z'],
      ['head', '2026-12-04T20:00:00Z'],
      ['sekda', '2026-12-08T17:00:00Z'],
      ['mayor', '2026-12-10T17:00:00Z'],
    ]);
  });

  test('a clock shorter than its reminder reminds nobody; the reporter is warned at once', () => {
    const short = { startedAt: '2026-12-11T02:00:00Z' };
    expect(when('promise', clock('2026-12-11T09:00:00Z', short))[0]?.[0]).toBe('head');
    expect(when('data', clock('2026-12-11T09:00:00Z', short))).toEqual([
      ['withdrawal-notice', '2026-12-11T02:00:00Z'],
    ]);
  });

  test('what was taken in this run is not due again, wherever the deadline moves', () => {
    const taken = climbClock(clock('2026-12-11T09:00:00Z'), ['reminder', 'head']);
    expect(when('promise', taken).map(([id]) => id)).toEqual(['sekda', 'mayor']);
    expect(when('promise', { ...taken, due: '2027-02-11T09:00:00Z' }).map(([id]) => id)).toEqual([
      'sekda',
      'mayor',
    ]);
  });

  test('a new run climbs from the bottom', () => {
    const rule = city.clocks.find((r) => r.clock === 'verification');
    if (rule === undefined) throw new Error('no rule');
    const again = startClock(city, rule, null, '2026-12-20T02:00:00Z');
    expect(rising(city, 'verification', again)).toHaveLength(4);
  });
});

describe('what a case has before it', () => {
  const due = '2026-12-11T09:00:00Z';

  test('the deadline comes before the step that is due with it', () => {
    const moments = momentsOf(city, { promise: clock(due) });
    expect(moments.map((m) => ('due' in m ? 'due' : m.step.id))).toEqual([
      'reminder',
      'due',
      'head',
      'sekda',
      'mayor',
    ]);
  });

  test('a clock that pauses or is done wakes nobody; one that was told wakes for its next step', () => {
    expect(wakeAtOf(city, { promise: clock(due, { pausedAt: due }) })).toBeNull();
    expect(wakeAtOf(city, { promise: clock(due, { doneAt: due }) })).toBeNull();
    const told = climbClock(tellClock(clock(due)), ['reminder', 'head']);
    expect(wakeAtOf(city, { promise: told })).toBe('2026-12-16T09:00:00Z');
    expect(wakeAtOf(city, { promise: climbClock(told, ['sekda', 'mayor']) })).toBeNull();
  });

  test('a city without a ladder wakes for deadlines alone', () => {
    expect(wakeAtOf({ ...city, ladder: [] }, { promise: clock(due) })).toBe(due);
  });
});

describe('how high a case stands', () => {
  test('as high as the highest clock that still runs or pauses', () => {
    const promise = climbClock(clock('2026-12-11T09:00:00Z'), ['reminder', 'head']);
    const verification = climbClock(clock('2026-11-26T09:00:00Z'), ['reminder', 'head', 'sekda', 'mayor']);
    expect(escalationOf(city, { promise, verification })).toBe('mayor');
    expect(escalationOf(city, { promise, verification: { ...verification, doneAt: 'x' } })).toBe('head');
    expect(escalationOf(city, { promise: { ...promise, pausedAt: 'x' } })).toBe('head');
    expect(escalationOf(city, { promise: climbClock(clock('x'), ['reminder']) })).toBeUndefined();
    expect(escalationOf(city, {})).toBeUndefined();
  });
});

describe('empty rungs', () => {
  const all = rising(city, 'promise', clock('2026-12-11T09:00:00Z'));
  const step = (id: string): LadderStep => {
    const found = steps.find((s) => s.id === id);
    if (found === undefined) throw new Error(id);
    return found;
  };
  test.each<[string, Parameters<typeof climb>[2], string, readonly string[], readonly string[]]>([
    ['nobody missing', [], 'head', ['head'], []],
    ['no head', ['head'], 'sekda', ['head', 'sekda'], ['head']],
    ['no head and no Sekda', ['head', 'sekda'], 'mayor', ['head', 'sekda', 'mayor'], ['head', 'sekda']],
    ['nobody at all', ['head', 'sekda', 'mayor'], 'mayor', ['head', 'sekda', 'mayor'], ['head', 'sekda']],
    ['a gap further up', ['sekda'], 'head', ['head'], []],
  ])('%s', (_, vacant, to, taken, skipped) => {
    expect(climb(all, step('head'), vacant)).toEqual({ step: step(to), taken, skipped });
  });

  test('the last rung is taken though nobody stands there', () => {
    const left = all.filter((r) => r.step.id === 'mayor');
    expect(climb(left, step('mayor'), ['mayor'])).toMatchObject({ taken: ['mayor'], skipped: [] });
  });
});

describe('the notice before a deadline that acts by itself', () => {
  const data = clock('2026-12-23T02:00:00Z', { rule: 'data' });
  const [notice] = rising(city, 'data', data);
  if (notice === undefined) throw new Error('no notice');

  test('on its day leaves the deadline; late gives the reporter what the ladder promises', () => {
    expect(notice.at).toBe('2026-12-14T00:30:00Z');
    expect(noticeEnds(city, data, notice, '2026-12-14T15:00:00Z')).toBeUndefined();
    expect(noticeEnds(city, data, notice, '2026-12-22T02:00:00Z')).toBe('2027-01-01T09:00:00Z');
  });

  test('a deadline so moved is kept when clocks are computed anew', () => {
    const rule = city.clocks.find((r) => r.id === 'data');
    const moved = extendClock(city, rule, data, '2027-01-01T09:00:00Z');
    expect(moved.paused).toBe(toSeconds('2027-01-01T09:00:00Z') - toSeconds(data.due));
    expect(extendClock(city, rule, data, '2026-12-01T00:00:00Z')).toBe(data);
  });

  test('counts as given in its own run only', () => {
    expect(wasWarned(city, 'data', data)).toBe(false);
    expect(wasWarned(city, 'data', climbClock(data, ['withdrawal-notice']))).toBe(true);
    expect(wasWarned(city, 'promise', climbClock(data, ['withdrawal-notice']))).toBe(false);
  });
});

describe('whatever the deadline, zone and calendar', () => {
  const at = toSeconds('2026-11-02T00:00:00Z');
  const moment = fc.integer({ min: at, max: at + 200 * 86_400 }).map(fromSeconds);
  const owner = fc.constantFrom('city', 'damkar', 'pupr-jalan');
  const days = fc.uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 6 });
  const towns = new Map(zones.map((zone) => [zone, ladderCity(zone)]));
  const town = (zone: (typeof zones)[number], some: readonly number[]) => ({
    ...(towns.get(zone) ?? city),
    ladder: some.map((n): LadderStep => ({ id: `d${n}`, clocks: ['promise'], days: n, tells: 'unit' })),
  });

  test('steps happen in the order of their days, each in the clock’s own working time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), owner, moment, days, (zone, of, due, some) => {
        const here = town(zone, some);
        const started = clock(due, { owner: of, startedAt: '2026-01-01T00:00:00Z' });
        const all = rising(here, 'promise', started);
        expect(all.map(({ step }) => step.days)).toEqual([...some].sort((a, b) => a - b));
        const time = workingTime(
          here.calendars,
          of === 'city' ? here.calendars.city : calendarOf(here, of),
          zone,
        );
        for (const { step, at: then } of all) {
          expect(Math.sign(toSeconds(then) - toSeconds(due))).toBe(Math.sign(step.days));
          // Open at the moment itself when it opens a day, just before it when it closes one.
          if (step.days !== 0) expect(time.isOpen(toSeconds(then) - (step.days > 0 ? 1 : 0))).toBe(true);
        }
      }),
    );
  });

  test('a deadline that moves later never makes a step earlier', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 40 * 86_400 }), days, (due, later, some) => {
        const here = town('Asia/Jakarta', some);
        const of = (more: number) =>
          rising(
            here,
            'promise',
            clock(fromSeconds(toSeconds(due) + more), { startedAt: '2026-01-01T00:00:00Z' }),
          );
        const before = of(0);
        for (const [i, { at: then }] of of(later).entries()) expect(then >= (before[i]?.at ?? '')).toBe(true);
      }),
    );
  });

  test('each step once in a run, however its deadline moves and whenever somebody looks', () => {
    const move = fc.integer({ min: -20 * 86_400, max: 20 * 86_400 });
    const look = fc.integer({ min: 0, max: 10 * 86_400 });
    fc.assert(
      fc.property(moment, fc.array(fc.tuple(look, move), { maxLength: 12 }), (due, looks) => {
        let state = clock(due);
        let now = at;
        const taken: string[] = [];
        const climbAll = (): void => {
          for (const { step, at: then } of rising(city, 'promise', state)) {
            if (then > fromSeconds(now)) break;
            taken.push(step.id);
            state = climbClock(state, [step.id]);
          }
        };
        for (const [wait, by] of looks) {
          now += wait;
          climbAll();
          state = { ...state, due: fromSeconds(toSeconds(state.due) + by) };
        }
        now += 400 * 86_400;
        climbAll();
        const expected = rising(city, 'promise', { ...state, steps: [] }).map(({ step }) => step.id);
        expect(new Set(taken).size).toBe(taken.length);
        expect(expected.filter((id) => !taken.includes(id))).toEqual([]);
        expect(wakeAtOf(city, { promise: tellClock(state) })).toBeNull();
      }),
    );
  });

  test('the next look at a case is never after anything that is due', () => {
    const state = fc
      .record({ due: moment, told: moment, pausedAt: moment, doneAt: moment }, { requiredKeys: ['due'] })
      .map((times) => clock(times.due, times));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...clockNames), state), (clocks) => {
        const wake = wakeAtOf(city, clocks);
        for (const moment of momentsOf(city, clocks)) expect(wake !== null && wake <= moment.at).toBe(true);
      }),
    );
  });
});
