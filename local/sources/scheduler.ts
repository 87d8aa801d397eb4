import { randomUUID } from 'node:crypto';
import type { Pool } from '../functions/pool.ts';
import type { MovedClock } from '../moved.ts';
import type { State } from '../state.ts';
import { account, region } from '../template/kind.ts';
import type { Loaded } from '../template/load.ts';
import { readSchedule, type Timetable } from './cron.ts';
import { type AsyncRules, invokeAsync } from './invoke-async.ts';
import type { Source } from './source.ts';

export interface SchedulerParts {
  readonly schedules: readonly Loaded<'AWS::Scheduler::Schedule'>[];
  readonly poolOf: (arn: string) => Pool;
  readonly rulesOf: (pool: Pool) => AsyncRules;
  readonly clock: MovedClock;
  readonly state: State;
  readonly log: (source: string, line: string) => void;
}

interface Entry {
  readonly schedule: Loaded<'AWS::Scheduler::Schedule'>;
  readonly times: Timetable;
  readonly pool: Pool;
  /** Up to here everything that was due has fired; milliseconds, moved. */
  last: number;
  running: number;
  fired: number;
}

/** A schedule that fires while so many of its runs are still going is passed over. */
const mostRunning = 2;

const payloadOf = ({ schedule }: Entry, due: number): string => {
  const time = new Date(due).toISOString().replace(/\.\d+Z$/, 'Z');
  const id = randomUUID();
  if (schedule.props.Target.Input !== undefined)
    return schedule.props.Target.Input.replaceAll('<aws.scheduler.scheduled-time>', time)
      .replaceAll('<aws.scheduler.execution-id>', id)
      .replaceAll('<aws.scheduler.schedule-arn>', schedule.arn)
      .replaceAll('<aws.scheduler.attempt-number>', '1');
  return JSON.stringify({
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account,
    time,
    region,
    resources: [schedule.arn],
    detail: '{}',
  });
};

/** The newest moment that was due in (last, now], found in a bounded number of steps. */
const latestDue = ({ times, last }: Entry, now: number): number | undefined => {
  let due: number | undefined;
  // A rate that is overdue fires once, however long ago; a year of mornings is still found one by one.
  for (let at = times.next(last), n = 0; at !== undefined && at <= now; at = times.next(at), n++) {
    due = at;
    if (times.isRate || n > 2_000) break;
  }
  return due;
};

/**
 * EventBridge Scheduler on the moved clock. What became due while the clock jumped or nothing ran fires once, for
 * the newest of its times: a city that sleeps over three mornings wants one digest.
 */
export const startScheduler = (parts: SchedulerParts): Source => {
  const { clock, state, log } = parts;
  let stopping = false;
  const entries: Entry[] = [];
  for (const schedule of parts.schedules) {
    if (schedule.props.State === 'DISABLED') continue;
    const saved = state.get('schedules', schedule.name);
    entries.push({
      schedule,
      times: readSchedule(schedule.props.ScheduleExpression, schedule.props.ScheduleExpressionTimezone),
      pool: parts.poolOf(schedule.props.Target.Arn),
      last: typeof saved === 'number' ? saved : clock.now(),
      running: 0,
      fired: 0,
    });
  }
  const remember = (entry: Entry, last: number): void => {
    entry.last = last;
    state.set('schedules', entry.schedule.name, last);
  };
  for (const entry of entries) remember(entry, entry.last);

  const fire = async (entry: Entry, due: number): Promise<void> => {
    entry.running++;
    entry.fired++;
    try {
      const { pool } = entry;
      const outcome = await invokeAsync(
        pool,
        payloadOf(entry, due),
        parts.rulesOf(pool),
        clock.now,
        () => stopping,
      );
      if (outcome?.ok === false && !stopping) log(pool.spec.name, `schedule: ${outcome.error.errorMessage}`);
    } finally {
      entry.running--;
    }
  };

  const tick = (): void => {
    if (stopping) return;
    const now = clock.now();
    for (const entry of entries) {
      // The clock was set back: what fired later than now is forgotten.
      if (entry.last > now) remember(entry, now);
      const due = latestDue(entry, now);
      if (due === undefined) continue;
      remember(entry, entry.times.isRate ? now : due);
      if (entry.running < mostRunning) void fire(entry, due);
    }
  };
  const timer = setInterval(tick, 1_000);
  clock.onMove(tick);

  return {
    name: 'scheduler',
    status: async () => ({
      kind: 'scheduler',
      schedules: entries.map((e) => ({
        name: e.schedule.name,
        next: new Date(e.times.next(e.last) ?? 0).toISOString(),
        fired: e.fired,
        running: e.running,
      })),
    }),
    pending: async () => {
      const running = entries.filter((e) => e.running > 0).map((e) => e.schedule.name);
      return running.length === 0 ? undefined : `schedules running: ${running.join(', ')}`;
    },
    stop: async () => {
      stopping = true;
      clearInterval(timer);
    },
  };
};
