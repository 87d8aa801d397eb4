import type { StaffActor } from '../cases/actor.ts';
import { rootOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { type Circle, circlesOf, mayCount } from '../figures/circle.ts';
import { type DayField, dayAttribute, openAttribute, overdueOf, triageRow } from '../figures/keys.ts';
import type { Row } from '../figures/store.ts';
import type { Instant } from '../kernel/time.ts';

/** What one read of the table gave, by circle of readers. */
export type ByCircle = readonly { readonly circle: Circle; readonly rows: readonly Row[] }[];

type Counts = Readonly<Record<string, number>>;

const roots = (city: City) => city.units.filter((unit) => unit.parent === undefined);

/** Circles of which the actor may know at least one row: the partitions worth reading. */
export const circlesFor = (city: City, actor: StaffActor): readonly Circle[] =>
  circlesOf(city.substitutes).filter((circle) =>
    [triageRow, ...roots(city).map((unit) => unit.id)].some((row) =>
      mayCount(circle, row, actor, city.substitutes),
    ),
  );

/** The sum over the circles that the actor may count, of each root unit with all of its parts. */
const visibleSums = (city: City, actor: StaffActor, read: ByCircle): ReadonlyMap<string, Counts> => {
  const sums = new Map<string, Record<string, number>>();
  for (const { circle, rows } of read) {
    for (const { unit: row, counts } of rows) {
      const unit = row === triageRow ? row : rootOf(city, row);
      if (!mayCount(circle, unit, actor, city.substitutes)) continue;
      const sum = sums.get(unit) ?? {};
      sums.set(unit, sum);
      for (const [attribute, n] of Object.entries(counts)) sum[attribute] = (sum[attribute] ?? 0) + n;
    }
  }
  return sums;
};

const daysIn = (month: string): number =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();

/** What a row says of a month. */
const monthOf = (counts: Counts, days: number) => {
  const daily = (field: DayField): number[] =>
    Array.from({ length: days }, (_, i) => counts[dayAttribute(field, i + 1)] ?? 0);
  const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const time = (minutesByDay: readonly number[], n: number) => {
    const minutes = total(minutesByDay);
    return { minutes, mean: n === 0 ? null : Math.round((minutes / n) * 10) / 10, n };
  };
  return { daily, total, time };
};

/** What is open at `asOf`, and how much of it past its earliest running deadline. */
const nowOf = (counts: Counts, asOf: Instant) => ({
  open: counts[openAttribute] ?? 0,
  overdue: overdueOf(counts, asOf),
});

export interface Asked {
  readonly city: City;
  readonly actor: StaffActor;
  readonly month: string;
  readonly asOf: Instant;
  readonly monthly: ByCircle;
  readonly present: ByCircle;
}

/**
 * The table of units for one reader: every root unit that stood in the month or has figures, in the order of their
 * names whatever the numbers, and triage apart.
 */
export const unitTable = ({ city, actor, month, asOf, monthly, present }: Asked) => {
  const sums = visibleSums(city, actor, monthly);
  const open = visibleSums(city, actor, present);
  const days = daysIn(month);
  const stood = roots(city).filter(
    ({ id, validFrom, validTo }) =>
      mayCount('normal', id, actor, city.substitutes) &&
      validFrom <= `${month}-31` &&
      (validTo === undefined || validTo >= `${month}-01`),
  );
  const ids = new Set([...stood.map((unit) => unit.id), ...sums.keys(), ...open.keys()]);
  ids.delete(triageRow);

  const units = [...ids].map((id) => {
    const unit = city.units.find((u) => u.id === id);
    const { daily, total, time } = monthOf(sums.get(id) ?? {}, days);
    const [assigned, responded, responseMinutes] = [
      daily('assigned'),
      daily('responded'),
      daily('responseMinutes'),
    ];
    return {
      unit: { id, name: unit?.name ?? id, short: unit?.short ?? id },
      assigned: total(assigned),
      responded: total(responded),
      response: time(responseMinutes, total(responded)),
      byDay: { assigned, responded, responseMinutes },
      ...nowOf(open.get(id) ?? {}, asOf),
    };
  });
  return {
    month,
    asOf,
    units: units.sort((a, b) => a.unit.name.localeCompare(b.unit.name, 'id')),
    triage: mayCount('normal', triageRow, actor, city.substitutes)
      ? triageOf(sums.get(triageRow) ?? {}, open.get(triageRow) ?? {}, days, asOf)
      : null,
  };
};

const triageOf = (counts: Counts, open: Counts, days: number, asOf: Instant) => {
  const { daily, total, time } = monthOf(counts, days);
  const [filed, triaged, triageMinutes] = [daily('filed'), daily('triaged'), daily('triageMinutes')];
  return {
    filed: total(filed),
    triaged: total(triaged),
    time: time(triageMinutes, total(triaged)),
    byDay: { filed, triaged, triageMinutes },
    ...nowOf(open, asOf),
  };
};
