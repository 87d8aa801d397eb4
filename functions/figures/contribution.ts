import { earliestDue, workingSeconds } from '../cases/clock/clock.ts';
import { localDate } from '../cases/clock/local.ts';
import { isWaiting } from '../cases/keys.ts';
import type { CaseRecord } from '../cases/model.ts';
import { reportKinds } from '../city/kinds.ts';
import type { City } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';
import { circleOf } from './circle.ts';
import {
  anyUnit,
  counter,
  type DayField,
  dayAttribute,
  dueAttribute,
  instructionPartition,
  instructionRow,
  labelAttribute,
  monthPartition,
  nowPartition,
  type Part as Of,
  openAttribute,
  partRow,
  parts,
  plannedAttribute,
  triageRow,
  waitingAttribute,
  waitsAttribute,
} from './keys.ts';

/** Raised when the rules below change; the nightly comparison then brings every case to the new ones. */
export const contributionVersion = 2;

/** Counter (`keys.counter`) → attribute → number. Canonical: no zeros, no empty counters. */
export type Figures = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const noFigures: Figures = {};

type Part = Pick<
  CaseRecord,
  | 'about'
  | 'code'
  | 'instructions'
  | 'labels'
  | 'area'
  | 'assignee'
  | 'clocks'
  | 'closedAt'
  | 'custody'
  | 'filedAt'
  | 'flags'
  | 'kind'
  | 'parent'
  | 'state'
  | 'unit'
  | 'validating'
>;

/** Units are measured on what was reported to them: an application's or a request's time is another promise. */
const isReport = ({ kind }: Pick<CaseRecord, 'kind'>): boolean => reportKinds.some((known) => known === kind);

/**
 * What one case adds to the figures, from effective times only: a late or corrected event moves what it adds to the
 * day and month that it belongs to. Units are root units; days are days of the city's zone. Only the last of these is
 * counted of a kind that reports nothing.
 *
 * - filing: 1 on the day of the original time, to triage
 * - a stay in triage that ended: 1 and its working minutes (city calendar), on the day it ended
 * - a stay with a unit: 1 on the day it began; its response and that response's working minutes, on the day of it
 * - while open: 1 to the unit that holds it (not only the root), and the minute of its earliest running deadline;
 *   the same to the person or the validating unit whose queue it is in, and to its area; its labels; and an item for
 *   each instruction that waits for an answer
 */
export const contributionOf = (record: Part, city: City): Figures => {
  const circle = circleOf(record);
  const { zone } = city.profile;
  const figures: Record<string, Record<string, number>> = {};
  const add = (name: string, attribute: string, n: number): void => {
    if (n === 0) return;
    figures[name] ??= {};
    figures[name][attribute] = (figures[name][attribute] ?? 0) + n;
  };
  const onDay = (row: string, at: Instant, field: DayField, n = 1): void => {
    const date = localDate(at, zone);
    const name = counter(monthPartition(date.slice(0, 7), circle), row);
    add(name, dayAttribute(field, Number(date.slice(8))), n);
  };

  if (isReport(record)) {
    // A part was not filed by anybody: its unit's work counts, the report does once.
    if (record.parent === undefined) onDay(triageRow, record.filedAt, 'filed');
    for (const stay of record.custody) {
      if (stay.unit !== triageRow) {
        onDay(stay.unit, stay.from, 'assigned');
        if (stay.respondedAt !== undefined) {
          onDay(stay.unit, stay.respondedAt, 'responded');
          onDay(stay.unit, stay.respondedAt, 'responseMinutes', minutes(stay.responseTime ?? 0));
        }
      } else if (stay.to !== undefined) {
        onDay(triageRow, stay.to, 'triaged');
        onDay(triageRow, stay.to, 'triageMinutes', minutes(workingSeconds(city, 'city', stay.from, stay.to)));
      }
    }
  }
  if (record.closedAt === undefined) {
    const due = earliestDue(record.clocks);
    for (const held of holders(record)) {
      add(held, openAttribute, 1);
      if (due !== null) add(held, dueAttribute(due), 1);
      if (record.state === 'planned') add(held, plannedAttribute, 1);
      if (isWaiting(record.clocks)) add(held, waitingAttribute, 1);
    }
    const unit = record.unit ?? triageRow;
    for (const label of record.labels ?? [])
      add(counter(parts.labels, partRow(unit, circle, unit)), labelAttribute(label), 1);
    for (const { seq, due: by } of record.instructions ?? [])
      add(
        counter(instructionPartition, instructionRow({ due: by, code: record.code, seq, circle, unit })),
        waitsAttribute,
        1,
      );
  }
  return figures;
};

/** The counters of whoever has an open case before them, as the indexes list it (cases/keys.ts). */
const holders = (record: Part): readonly string[] => {
  const { area, assignee, unit, validating } = record;
  const circle = circleOf(record);
  const row = unit ?? triageRow;
  const part = (which: Of, of: string, where = row): string =>
    counter(parts[which], partRow(of, circle, where));
  return [
    counter(nowPartition(circle), row),
    ...(validating !== undefined
      ? [part('validating', validating)]
      : assignee !== undefined
        ? [part('people', assignee)]
        : []),
    // An area's head knows of nothing else there: oversight and cases about somebody are not counted for areas.
    ...(area === null || !(circle === 'normal' || circle === 'confidential')
      ? []
      : [part('areas', area, circle === 'normal' ? anyUnit : row)]),
  ];
};

const minutes = (seconds: number): number => Math.round(seconds / 60);

/** What has to be added to `before` to get `after`. */
export const change = (before: Figures, after: Figures): Figures => sum([after, negative(before)]);

const negative = (figures: Figures): Figures =>
  Object.fromEntries(
    Object.entries(figures).map(([name, item]) => [
      name,
      Object.fromEntries(Object.entries(item).map(([attribute, n]) => [attribute, -n])),
    ]),
  );

export const sum = (all: Iterable<Figures>): Figures => {
  const total = new Map<string, Map<string, number>>();
  for (const figures of all) {
    for (const [name, item] of Object.entries(figures)) {
      const into = total.get(name) ?? new Map<string, number>();
      total.set(name, into);
      for (const [attribute, n] of Object.entries(item)) into.set(attribute, (into.get(attribute) ?? 0) + n);
    }
  }
  const canonical: Record<string, Record<string, number>> = {};
  for (const [name, item] of total) {
    const kept = [...item].filter(([, n]) => n !== 0);
    if (kept.length > 0) canonical[name] = Object.fromEntries(kept);
  }
  return canonical;
};

/** The figures that a set of cases makes, counted afresh: what the counters of the table must say. */
export const figuresOf = (records: Iterable<CaseRecord>, city: City): Figures =>
  sum([...records].map((record) => contributionOf(record, city)));
