import { above, type LadderStep, type Rung } from '../../city/ladder.ts';
import { type City, type ClockName, clockNames } from '../../city/schema.ts';
import { fromSeconds, type Instant, toSeconds } from '../../kernel/time.ts';
import type { WorkingTime } from './calendar.ts';
import { type ClockState, type Clocks, isRunning, isTold, timeOf } from './clock.ts';

/** A step of the ladder that a clock has before it, and when. */
export interface Rising {
  readonly step: LadderStep;
  readonly at: Instant;
}

/** What a clock says is to happen next: its deadline acts by itself or is recorded, its ladder tells somebody. */
export type Moment =
  | { readonly at: Instant; readonly clock: ClockName; readonly due: true }
  | { readonly at: Instant; readonly clock: ClockName; readonly step: LadderStep };

const daysFrom = (time: WorkingTime, from: Instant, days: number): Instant => {
  const at = toSeconds(from);
  if (days === 0) return from;
  return fromSeconds(days > 0 ? time.endOfNthDay(at, days) : time.startOfNthDayBefore(at, -days));
};

/**
 * When a step of a clock is due, on the clock's own calendar. A reminder that would come before its clock even
 * started reminds nobody: undefined. The reporter's is the condition of what follows, and comes at the start then.
 */
const momentOf = (time: WorkingTime, clock: ClockState, { days, tells }: LadderStep): Instant | undefined => {
  const at = daysFrom(time, clock.due, days);
  if (at > clock.startedAt) return at;
  return tells === 'reporter' ? clock.startedAt : undefined;
};

/** Steps that this run of a clock has not taken yet, in order. */
export const rising = (city: City, name: ClockName, clock: ClockState): readonly Rising[] => {
  const steps = city.ladder.filter(
    ({ id, clocks }) => clocks.includes(name) && clock.steps?.includes(id) !== true,
  );
  if (steps.length === 0) return [];
  const time = timeOf(city, clock.owner);
  return steps
    .flatMap((step) => {
      const at = momentOf(time, clock, step);
      return at === undefined ? [] : [{ step, at }];
    })
    .sort((a, b) => (a.at === b.at ? a.step.days - b.step.days : a.at < b.at ? -1 : 1));
};

/** Everything that running clocks have before them, in the order in which it happens; of two at once always the same. */
export const momentsOf = (city: City, clocks: Clocks): readonly Moment[] => {
  const moments = clockNames.flatMap((name): readonly Moment[] => {
    const clock = clocks[name];
    if (clock === undefined || !isRunning(clock)) return [];
    const due: readonly Moment[] = isTold(clock) ? [] : [{ at: clock.due, clock: name, due: true }];
    return [...due, ...rising(city, name, clock).map(({ step, at }) => ({ at, clock: name, step }))];
  });
  // Stable: what happens at one moment stays in the order of the clocks, the deadline itself before its steps.
  return moments.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
};

/** When the system has to look at the case next. Null when nothing waits. */
export const wakeAtOf = (city: City, clocks: Clocks): Instant | null =>
  momentsOf(city, clocks)[0]?.at ?? null;

/**
 * The highest step that a clock which still runs has climbed: what a case is known by above its unit. Gone with the
 * clock, so that a case which was assigned after all is not for ever the mayor's.
 */
export const escalationOf = (city: City, clocks: Clocks): string | undefined => {
  const taken = Object.values(clocks).flatMap(({ doneAt, steps = [] }) =>
    doneAt === undefined ? steps : [],
  );
  let highest: LadderStep | undefined;
  for (const step of city.ladder) {
    const height = above.indexOf(step.tells);
    if (height >= 0 && taken.includes(step.id) && height > heightOf(highest)) highest = step;
  }
  return highest?.id;
};

const heightOf = (step: LadderStep | undefined): number =>
  step === undefined ? -1 : above.indexOf(step.tells);

/**
 * The step that is really taken when one is due: nobody stands on an empty rung, so the case goes on to the next one
 * at once, up to the last.
 * @param vacant rungs that nobody holds
 */
export const climb = (
  steps: readonly Rising[],
  from: LadderStep,
  vacant: readonly Rung[],
): { readonly step: LadderStep; readonly taken: readonly string[]; readonly skipped: readonly Rung[] } => {
  const higher = steps.map(({ step }) => step).filter((s) => s.id === from.id || isAbove(s, from));
  const place = higher.findIndex(({ tells }) => !vacant.includes(tells));
  const taken = place < 0 ? higher : higher.slice(0, place + 1);
  const step = taken.at(-1) ?? from;
  const skipped = taken.filter(({ id }) => id !== step.id).map(({ tells }) => tells);
  return { step, taken: taken.map(({ id }) => id), skipped };
};

const isAbove = (step: LadderStep, from: LadderStep): boolean =>
  above.includes(step.tells) && step.days >= from.days;

/**
 * Until when a reporter who was told late still has: as long as the ladder promises between notice and deadline. Told on
 * its day, the deadline stays.
 */
export const noticeEnds = (
  city: City,
  clock: ClockState,
  { step, at }: Rising,
  now: Instant,
): Instant | undefined => {
  const time = timeOf(city, clock.owner);
  if (step.days >= 0 || time.dateOf(toSeconds(now)) <= time.dateOf(toSeconds(at))) return undefined;
  return daysFrom(time, now, -step.days);
};

/** Whether the reporter was told, in this run of the clock, of what happens at its deadline. */
export const wasWarned = (city: City, name: ClockName, { steps = [] }: ClockState): boolean =>
  city.ladder.some(
    ({ id, clocks, tells }) => tells === 'reporter' && clocks.includes(name) && steps.includes(id),
  );
