import { type Interval, workingTime } from '../cases/clock/calendar.ts';
import { localDate, startOfDay, wallTime } from '../cases/clock/local.ts';
import type { CaseRecord } from '../cases/model.ts';
import type { Resource } from '../city/appointments.ts';
import type { City } from '../city/schema.ts';
import type { ErrorCode } from '../kernel/errors.ts';
import { fromSeconds, type Instant, toSeconds } from '../kernel/time.ts';

/** A beginning at which people can come. */
export interface Slot {
  /** Local beginning, `2026-11-24T08:00`: its name, which no change of zone or capacity moves. */
  readonly at: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

type Places = Pick<City, 'calendars' | 'profile'>;

/** Local beginning of an instant. */
const nameOf = (at: Instant, { profile }: Places): string => wallTime(at, profile.zone).slice(0, 16);

const today = ({ profile }: Places, now: Instant): string => localDate(now, profile.zone);
export const dayOf = (at: string): string => at.slice(0, 10);
/** The instant of a local beginning. */
export const startOf = (at: string, { profile }: Places): Instant =>
  fromSeconds(
    toSeconds(startOfDay(dayOf(at), profile.zone)) +
      Number(at.slice(11, 13)) * 3600 +
      Number(at.slice(14, 16)) * 60,
  );

/** The calendar day that many days later. */
export const daysLater = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The part of an open interval that lies within the resource's own hours. */
const within = ([open, close]: Interval, date: string, { hours }: Resource, city: Places): Interval =>
  hours === undefined
    ? [open, close]
    : [
        Math.max(open, toSeconds(startOf(`${date}T${hours.from}`, city))),
        Math.min(close, toSeconds(startOf(`${date}T${hours.to}`, city))),
      ];

/**
 * Every slot of a day: from each opening on, one after the other, as long as a whole one ends before closing. None on a
 * holiday of its calendar and on a day on which the unit closes.
 */
export const slotsOn = (city: Places, resource: Resource, date: string): readonly Slot[] => {
  if (resource.closed.some((closed) => closed.date === date)) return [];
  const length = resource.minutes * 60;
  return workingTime(city.calendars, resource.calendar, city.profile.zone)
    .hoursOn(date)
    .flatMap((interval) => {
      const [open, close] = within(interval, date, resource, city);
      const count = Math.max(0, Math.floor((close - open) / length));
      return Array.from({ length: count }, (_, i) => {
        const startsAt = fromSeconds(open + i * length);
        return { at: nameOf(startsAt, city), startsAt, endsAt: fromSeconds(open + (i + 1) * length) };
      });
    });
};

/** Whether a slot still takes bookings at this moment. */
export const isOpen = ({ startsAt }: Slot, { notice }: Resource, now: Instant): boolean =>
  toSeconds(startsAt) - notice * 60 > toSeconds(now);

/** The last day that can be booked. */
export const lastDay = (city: Places, { daysAhead }: Resource, now: Instant): string =>
  daysLater(today(city, now), daysAhead);

/** The slot that begins there, or why nobody can book it; how full it is left aside. */
export const judge = (
  city: Places,
  resource: Resource,
  at: string,
  now: Instant,
): { readonly slot: Slot } | { readonly refuse: ErrorCode } => {
  if (startOf(at, city) <= now) return { refuse: 'slotInPast' };
  if (dayOf(at) > lastDay(city, resource, now)) return { refuse: 'slotTooFar' };
  const slots = slotsOn(city, resource, dayOf(at));
  if (slots.length === 0) return { refuse: 'slotOnClosedDay' };
  const slot = slots.find((one) => one.at === at);
  if (slot === undefined) return { refuse: 'slotOutsideHours' };
  return isOpen(slot, resource, now) ? { slot } : { refuse: 'slotClosing' };
};

/** Why a booked slot no longer is what it was booked as: the day closed, the hours changed, or fewer may come. */
export type Affected = 'closedDay' | 'otherHours' | 'fewerPlaces';

export const affectedBy = (
  city: Places,
  resource: Resource,
  at: string,
  taken: number,
): Affected | undefined => {
  const slots = slotsOn(city, resource, dayOf(at));
  if (slots.length === 0) return 'closedDay';
  if (!slots.some((slot) => slot.at === at)) return 'otherHours';
  return taken > resource.capacity ? 'fewerPlaces' : undefined;
};

/**
 * Whether a place may be booked there: by anybody, or only for an open application whose service sends people there.
 * @param about the case that it is for
 */
export const mayCome = (
  { services }: Pick<City, 'services'>,
  { id, anybody }: Resource,
  about: Pick<CaseRecord, 'kind' | 'category' | 'closedAt'> | undefined,
): boolean => {
  if (anybody) return true;
  if (about?.kind !== 'application' || about.closedAt !== undefined) return false;
  return services.some(({ code, appointment }) => code === about.category && appointment === id);
};
