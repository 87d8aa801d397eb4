import type { Zone } from '../../city/schema.ts';
import { fromSeconds, type Instant, toSeconds } from '../../kernel/time.ts';
import { offsetSeconds } from './calendar.ts';

/** What the clock on the wall shows, `2026-11-22T10:00:00Z` at ten in the morning; no instant, whatever it looks like. */
export const wallTime = (at: Instant, zone: Zone): string => fromSeconds(toSeconds(at) + offsetSeconds[zone]);

/** `yyyy-mm-dd` in the city's zone. */
export const localDate = (at: Instant, zone: Zone): string => wallTime(at, zone).slice(0, 10);

/** The first second of a local day, or of the one that many days later. @param date `yyyy-mm-dd` */
export const startOfDay = (date: string, zone: Zone, later = 0): Instant =>
  fromSeconds(toSeconds(`${date}T00:00:00Z`) + later * 86_400 - offsetSeconds[zone]);

/** The first second of a local month, or of the one that many months later. @param month `yyyy-mm` */
export const startOfMonth = (month: string, zone: Zone, later = 0): Instant => {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return fromSeconds(Date.UTC(year, of - 1 + later, 1) / 1000 - offsetSeconds[zone]);
};
