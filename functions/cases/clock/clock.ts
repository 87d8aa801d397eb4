import * as z from 'zod/mini';
import { type ClockSubject, ruleFits } from '../../city/find.ts';
import type { City, ClockName, ClockRule } from '../../city/schema.ts';
import { instant, slug } from '../../kernel/schema.ts';
import { fromSeconds, type Instant, toSeconds } from '../../kernel/time.ts';
import { chainOf, unitOf } from '../units.ts';
import { type WorkingTime, workingTime } from './calendar.ts';

/** One running, paused or finished clock of a case. All instants UTC. */
export const clockState = z.object({
  /** Id of the rule in the settings; its legal reference is found there by the event's `config` version. */
  rule: slug,
  /** `city`, or the unit on whose calendar it runs. */
  owner: slug,
  startedAt: instant,
  due: instant,
  pausedAt: z.optional(instant),
  /** Its due was given, not computed: a changed rule or calendar leaves it alone. */
  given: z.optional(z.boolean()),
  /** Seconds of pauses so far, in the clock's own time (working seconds for working-time rules). */
  paused: z._default(z.number(), 0),
  doneAt: z.optional(instant),
  /** The latest `due` whose passing was recorded; absent while it was in time. */
  told: z.optional(instant),
  /** Ids of the ladder's steps that were taken since it started; a deadline that moves does not take them again. */
  steps: z.optional(z.array(slug)),
});
export type ClockState = z.output<typeof clockState>;
export type Clocks = Partial<Record<ClockName, ClockState>>;

/** The first rule of `clock` that fits; undefined when the city sets no such clock for the case. */
export const ruleFor = (
  rules: readonly ClockRule[],
  clock: ClockName,
  subject: ClockSubject,
): ClockRule | undefined => rules.find((rule) => rule.clock === clock && ruleFits(rule, subject));

/** The calendar of a unit: its own, else that of the nearest ancestor with one, else the city's. */
export const calendarOf = (
  city: Pick<City, 'units'> & { readonly calendars: Pick<City['calendars'], 'city'> },
  unit: string,
): string => {
  const own = chainOf(city, unit).flatMap((id) => unitOf(city, id)?.calendar ?? []);
  return own[0] ?? city.calendars.city;
};

/** Working time that a clock's days count by. */
export const timeOf = (city: City, owner: string): WorkingTime =>
  workingTime(
    city.calendars,
    owner === 'city' ? city.calendars.city : calendarOf(city, owner),
    city.profile.zone,
  );

const inWorkingTime = (rule: ClockRule): boolean => rule.in === 'workingDays' || rule.in === 'workingHours';

/**
 * When a clock falls due. *n* working days end at closing time of the *n*-th working day after the day of the
 * start, paused working time then added; hours and calendar days run day and night unless the rule says working.
 * @param paused seconds of pauses, in the rule's own time
 */
export const dueOf = (rule: ClockRule, time: WorkingTime, startedAt: Instant, paused: number): Instant => {
  const start = toSeconds(startedAt);
  switch (rule.in) {
    case 'workingDays':
      return fromSeconds(time.add(time.endOfNthDay(start, rule.amount), paused));
    case 'workingHours':
      return fromSeconds(time.add(start, rule.amount * 3600 + paused));
    case 'calendarDays':
      return fromSeconds(start + rule.amount * 86_400 + paused);
    case 'hours':
      return fromSeconds(start + rule.amount * 3600 + paused);
  }
};

/** Starts a clock for `owner` (a unit, when the rule runs on the unit's calendar). */
export const startClock = (
  city: City,
  rule: ClockRule,
  unit: string | null,
  at: Instant,
  due?: Instant,
): ClockState => {
  const owner = rule.calendar === 'unit' && unit !== null ? unit : 'city';
  const started = { rule: rule.id, owner, startedAt: at, paused: 0 };
  return due === undefined
    ? { ...started, due: dueOf(rule, timeOf(city, owner), at, 0) }
    : { ...started, due, given: true };
};

/** When a clock that started at `at` would end: what a rule allows at most, or how long a window stays open. */
export const limitOf = (city: City, rule: ClockRule, unit: string | null, at: Instant): Instant =>
  startClock(city, rule, unit, at).due;

export const isRunning = (clock: ClockState): boolean =>
  clock.doneAt === undefined && clock.pausedAt === undefined;

export const stopClock = (clock: ClockState, at: Instant): ClockState => {
  if (clock.doneAt !== undefined) return clock;
  const { pausedAt: _, ...rest } = clock;
  return { ...rest, doneAt: at };
};

/** An ended clock runs again towards the due that it had. */
export const reviveClock = ({ doneAt: _, ...clock }: ClockState): ClockState => clock;

/** Pauses a running clock; one that is done, paused or not pausable stays as it is. */
export const pauseClock = (rule: ClockRule, clock: ClockState, at: Instant): ClockState =>
  rule.pausable && clock.given !== true && isRunning(clock) ? { ...clock, pausedAt: at } : clock;

/** Ends a pause: `due` moves by exactly the pause, measured in the clock's own time. */
export const resumeClock = (city: City, rule: ClockRule, clock: ClockState, at: Instant): ClockState => {
  if (clock.pausedAt === undefined || clock.doneAt !== undefined) return clock;
  const { pausedAt, ...rest } = clock;
  const time = timeOf(city, clock.owner);
  const pause = inWorkingTime(rule)
    ? time.between(toSeconds(pausedAt), toSeconds(at))
    : Math.max(0, toSeconds(at) - toSeconds(pausedAt));
  const paused = clock.paused + pause;
  return { ...rest, paused, due: dueOf(rule, time, clock.startedAt, paused) };
};

/**
 * A clock by another rule from its own start on, where that ends earlier; one that would end later stays as it is, and so
 * does a given due. A pause counts as long as it was measured, and not at all for a rule that allows none.
 */
export const hastenClock = (city: City, rule: ClockRule, clock: ClockState): ClockState => {
  if (clock.doneAt !== undefined || clock.given === true) return clock;
  const { pausedAt, ...running } = clock;
  const paused = rule.pausable ? clock.paused : 0;
  const due = dueOf(rule, timeOf(city, clock.owner), clock.startedAt, paused);
  if (due >= clock.due) return clock;
  return {
    ...running,
    ...(rule.pausable && pausedAt !== undefined ? { pausedAt } : {}),
    rule: rule.id,
    paused,
    due,
  };
};

/** Moves a deadline later, as a pause of that length would: a clock computed anew keeps it. */
export const extendClock = (
  city: City,
  rule: ClockRule | undefined,
  clock: ClockState,
  until: Instant,
): ClockState => {
  if (until <= clock.due) return clock;
  const [from, to] = [toSeconds(clock.due), toSeconds(until)];
  const more =
    rule !== undefined && inWorkingTime(rule) ? timeOf(city, clock.owner).between(from, to) : to - from;
  return { ...clock, due: until, paused: clock.given === true ? clock.paused : clock.paused + more };
};

/** Open seconds on the owner's calendar between two instants. */
export const workingSeconds = (city: City, owner: string, from: Instant, to: Instant): number =>
  timeOf(city, owner).between(toSeconds(from), toSeconds(to));

/** A deadline that moves earlier after it was told stays told; one that moves later is told again when it passes. */
export const isTold = (clock: ClockState): boolean => clock.told !== undefined && clock.told >= clock.due;

/** Runs past its deadline, and that was not yet recorded. */
export const isNewlyOverdue = (clock: ClockState, now: Instant): boolean =>
  isRunning(clock) && !isTold(clock) && clock.due <= now;

/** Marks the passing of the present deadline as recorded. */
export const tellClock = (clock: ClockState): ClockState => ({ ...clock, told: clock.due });

/** Notes steps of the ladder as taken in this run of the clock. */
export const climbClock = (clock: ClockState, steps: readonly string[]): ClockState => ({
  ...clock,
  steps: [...new Set([...(clock.steps ?? []), ...steps])],
});

/** Equal but for the marks, which an event names as facts: its copy of the clock would only make the case larger. */
export const sameBesidesTold = (a: ClockState | undefined, b: ClockState): boolean =>
  a !== undefined && JSON.stringify(unmarked(a)) === JSON.stringify(unmarked(b));

const unmarked = (clock: ClockState): ClockState => ({ ...clock, told: undefined, steps: undefined });

const earliest = (clocks: Clocks, counts: (clock: ClockState, name: string) => boolean): Instant | null => {
  let due: Instant | null = null;
  for (const [name, clock] of Object.entries(clocks)) {
    if (counts(clock, name) && (due === null || clock.due < due)) due = clock.due;
  }
  return due;
};

/** Deadlines of the reporter and of the system itself: nobody in the city hall is late on them. */
const ofOthers: ReadonlySet<string> = new Set<ClockName>([
  'dispatch',
  'question',
  'data',
  'confirmation',
  'reminder',
]);

/** Clocks that a case keeps when it ends: what a body outside was asked is not answered by that. */
export const outliving: ReadonlySet<string> = new Set<ClockName>(['reminder']);

/** The earliest running deadline of whoever works on it, passed or not: what the inbox sorts by. */
export const earliestDue = (clocks: Clocks): Instant | null =>
  earliest(clocks, (clock, name) => isRunning(clock) && !ofOthers.has(name));

/**
 * What the citizen is promised: the earlier of the own promise and the outer limit, neither moved by routing. Null when
 * both have ended.
 */
export const citizenDue = ({ promise, outer }: Clocks): Instant | null =>
  earliestDue({ ...(promise === undefined ? {} : { promise }), ...(outer === undefined ? {} : { outer }) });
