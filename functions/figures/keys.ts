import { offsetSeconds } from '../cases/clock/calendar.ts';
import { caseKey } from '../cases/keys.ts';
import type { Zone } from '../city/schema.ts';
import type { Key } from '../kernel/table.ts';
import { fromSeconds, type Instant, toSeconds } from '../kernel/time.ts';
import type { Circle } from './circle.ts';

/**
 * Where figures lie: one partition per month and circle of readers, one item per unit, so that one query reads a
 * month of all units. Attribute names are short because 40 units × 31 days of them are read at once (adr/0061).
 */
export const triageRow = 'triage';

const within = (period: string, circle: Circle): string =>
  circle === 'normal' ? `M#${period}` : `M#${period}#${circle}`;
/** @param month `yyyy-mm` in the city's zone */
export const monthPartition = (month: string, circle: Circle): string => within(month, circle);
/** What is open at this moment, whatever the month. */
export const nowPartition = (circle: Circle): string => within('now', circle);

export const contributionKey = (code: string): Key => ({ pk: caseKey(code).pk, sk: 'CONTRIB' });

/** A counter item as one string, for maps and contribution records; unit ids and partitions hold no `|`. */
export const counter = (partition: string, unit: string): string => `${partition}|${unit}`;
export const counterKey = (name: string): Key => {
  const at = name.lastIndexOf('|');
  return { pk: name.slice(0, at), sk: name.slice(at + 1) };
};

/** What is counted per local day. Times are working minutes, each case rounded to the whole minute. */
const dayFields = {
  assigned: 'a',
  responded: 'r',
  responseMinutes: 't',
  filed: 'f',
  triaged: 'd',
  triageMinutes: 'w',
} as const;
export type DayField = keyof typeof dayFields;

/** `a1` … `av`: the field's letter and the day of the month in base 32. */
export const dayAttribute = (field: DayField, day: number): string =>
  `${dayFields[field]}${day.toString(32)}`;

export const openAttribute = 'o';

const minuteDigits = 5;
/** Whole minutes since 1970 as five base-36 digits (until 2084), so that names sort as time does. */
const minuteOf = (at: Instant): string =>
  Math.floor(toSeconds(at) / 60)
    .toString(36)
    .padStart(minuteDigits, '0');
/** `d` + minute in which the earliest deadline of open cases falls. */
export const dueAttribute = (due: Instant): string => `d${minuteOf(due)}`;

/** Whether an attribute counts deadlines that were over at the start of the minute of `now`. */
export const isOverdue = (attribute: string, now: Instant): boolean =>
  isDue(attribute) && attribute < dueAttribute(now);
export const isDue = (attribute: string): boolean =>
  attribute.length === minuteDigits + 1 && attribute.startsWith('d');

/** `yyyy-mm-dd` in the city's zone. */
export const localDate = (at: Instant, zone: Zone): string =>
  fromSeconds(toSeconds(at) + offsetSeconds[zone]).slice(0, 10);
