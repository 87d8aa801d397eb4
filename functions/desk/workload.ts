import { visibleTo } from '../cases/access.ts';
import type { StaffActor } from '../cases/actor.ts';
import type { City } from '../city/schema.ts';
import { subjectIn } from '../figures/circle.ts';
import { dueBetween, openAttribute, overdueOf, partOf, parts } from '../figures/keys.ts';
import type { FigureStore, Row } from '../figures/store.ts';
import type { Instant } from '../kernel/time.ts';
import type { StaffRow } from '../people/staff.ts';

export interface Moments {
  /** A whole minute. */
  readonly asOf: Instant;
  /** End of the local week, Sunday. */
  readonly endOfWeek: Instant;
}

/** What lies with one person, as far as the reader knows of every case of it. */
export const loadOf = (
  city: City,
  actor: StaffActor,
  person: Pick<StaffRow, 'id' | 'name' | 'role'>,
  rows: readonly Row[],
  { asOf, endOfWeek }: Moments,
) => {
  const seen = rows.filter(({ unit: row }) => {
    const { circle, unit } = partOf(row);
    return visibleTo(subjectIn(circle, unit, { assignee: person.id }), actor, city.substitutes);
  });
  const sum = (each: (counts: Row['counts']) => number): number =>
    seen.reduce((n, { counts }) => n + each(counts), 0);
  const { id, name, role } = person;
  return {
    id,
    name,
    role,
    open: sum((counts) => counts[openAttribute] ?? 0),
    overdue: sum((counts) => overdueOf(counts, asOf)),
    dueThisWeek: sum((counts) => dueBetween(counts, asOf, endOfWeek)),
  };
};

/** One small query for each person of the unit. */
export const workloadOf = (
  store: Pick<FigureStore, 'rowsOf'>,
  city: City,
  actor: StaffActor,
  people: readonly Pick<StaffRow, 'id' | 'name' | 'role'>[],
  moments: Moments,
) =>
  Promise.all(
    people.map(async (person) =>
      loadOf(city, actor, person, await store.rowsOf(parts.people, `${person.id}#`), moments),
    ),
  );
