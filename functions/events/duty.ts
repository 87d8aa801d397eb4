import { workingTime } from '../cases/clock/calendar.ts';
import { calendarOf } from '../cases/clock/clock.ts';
import { wallTime } from '../cases/clock/local.ts';
import { chainOf } from '../cases/units.ts';
import type { OnDuty, Rota } from '../city/duty.ts';
import type { City } from '../city/schema.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** A local moment as a rota writes it, and its day of the week with that of the day before. */
const localOf = (at: Instant, city: City) => {
  const local = wallTime(at, city.profile.zone);
  const today = new Date(`${local.slice(0, 10)}T00:00:00Z`).getUTCDay();
  return {
    moment: local.slice(0, 16),
    time: local.slice(11, 16),
    today: days[today] ?? 'sun',
    yesterday: days[(today + 6) % 7] ?? 'sun',
  };
};

/** Whoever a rota calls at a local moment: of all shifts that cover it, dated ones before weekly ones. */
const calledBy = (rota: Rota, { moment, time, today, yesterday }: ReturnType<typeof localOf>): OnDuty[] => {
  const dated = rota.dated.filter(({ from, to }) => from <= moment && moment < to);
  if (dated.length > 0) return dated.flatMap(({ people }) => people);
  return rota.weekly.flatMap(({ days: on, from, to, people }) => {
    const overnight = to <= from;
    const since = on.includes(today) && from <= time && (overnight || time < to);
    const still = overnight && on.includes(yesterday) && time < to;
    return since || still ? people : [];
  });
};

export interface Called {
  /** Whose rota it is: the unit's own, or that of the nearest one above. */
  readonly unit: string;
  /** Empty when the rota leaves this moment open. */
  readonly people: readonly OnDuty[];
}

/** Who is on duty for a unit at a moment; undefined when neither it nor a unit above has a rota. Pure. */
export const onDutyAt = (city: City, unit: string, at: Instant): Called | undefined => {
  const rotas = chainOf(city, unit).flatMap((id) => city.duty.find((one) => one.unit === id) ?? []);
  const [nearest] = rotas;
  return nearest === undefined
    ? undefined
    : { unit: nearest.unit, people: calledBy(nearest, localOf(at, city)) };
};

/** Whether the unit's office is open: its people are told as on any day then. */
export const isOfficeOpen = (city: City, unit: string, at: Instant): boolean =>
  workingTime(city.calendars, calendarOf(city, unit), city.profile.zone).isOpen(toSeconds(at));
