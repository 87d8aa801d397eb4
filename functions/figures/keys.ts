import { caseKey } from '../cases/keys.ts';
import type { Key } from '../kernel/table.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';
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
/** What is open at this moment, whatever the month: an item for each unit, not only for the top of its branch. */
export const nowPartition = (circle: Circle): string => within('now', circle);

/** What is open with a person, in an area, and with a validating unit: parts of the same cases, for their queues. */
export const parts = {
  people: 'M#people',
  areas: 'M#areas',
  validating: 'M#validating',
  labels: 'M#labels',
} as const;
export type Part = keyof typeof parts;

/**
 * An item of those: whose it is, and for whose eyes, in which unit's hands. In an area a normal case is open to its
 * head whatever unit has it, so that all of them are one item.
 */
export const partRow = (of: string, circle: Circle, unit: string): string => `${of}#${circle}#${unit}`;
export const partOf = (row: string): { of: string; circle: Circle; unit: string } => {
  const [of = '', circle = '', unit = ''] = row.split('#');
  return { of, circle: circle as Circle, unit };
};
export const anyUnit = '*';

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

/** `l-` + the label. */
export const labelAttribute = (label: string): string => `l-${label}`;
export const labelIn = (attribute: string): string | undefined =>
  attribute.startsWith('l-') ? attribute.slice(2) : undefined;

/** Instructions that wait for an answer, in the order of their days: each an item, 1 while it waits. */
export const instructionPartition = 'M#instructions';
export interface InstructionRow {
  readonly due: string;
  readonly code: string;
  readonly seq: number;
  readonly circle: Circle;
  readonly unit: string;
}
export const instructionRow = ({ due, code, seq, circle, unit }: InstructionRow): string =>
  [due, code, seq, circle, unit].join('#');
export const instructionIn = (row: string): InstructionRow => {
  const [due = '', code = '', seq = '', circle = '', unit = ''] = row.split('#');
  return { due, code, seq: Number(seq), circle: circle as Circle, unit };
};
export const waitsAttribute = 'n';

export const openAttribute = 'o';
export const plannedAttribute = 'p';
/** Waits for its reporter. */
export const waitingAttribute = 'w';

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

/** Cases of a row that fall due at or after `from` and before `to`, both whole minutes. */
export const dueBetween = (counts: Readonly<Record<string, number>>, from: Instant, to: Instant): number => {
  const [first, last] = [dueAttribute(from), dueAttribute(to)];
  return Object.entries(counts).reduce(
    (n, [name, value]) => n + (isDue(name) && first <= name && name < last ? value : 0),
    0,
  );
};
export const overdueOf = (counts: Readonly<Record<string, number>>, now: Instant): number =>
  Object.entries(counts).reduce((n, [name, value]) => n + (isOverdue(name, now) ? value : 0), 0);
