import type { StaffActor } from '../cases/actor.ts';
import { unitOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { mayCount } from '../figures/circle.ts';
import { type InstructionRow, instructionIn, labelIn, partOf, waitsAttribute } from '../figures/keys.ts';
import type { Row } from '../figures/store.ts';

/**
 * Instructions that wait for an answer and whose case lies open to the reader, by due date.
 * @param branch units that are asked for; undefined for all
 * @param after exclusive position
 */
export const waiting = (
  city: City,
  actor: StaffActor,
  rows: readonly Row[],
  branch: ReadonlySet<string> | undefined,
  after: string | undefined,
  size: number,
): { readonly found: readonly InstructionRow[]; readonly next: string | undefined } => {
  const seen = rows.filter(({ unit: row, counts }) => {
    const { circle, unit } = instructionIn(row);
    return (
      (counts[waitsAttribute] ?? 0) > 0 &&
      (after === undefined || row > after) &&
      (branch === undefined || branch.has(unit)) &&
      mayCount(circle, unit, actor, city.substitutes)
    );
  });
  return {
    found: seen.slice(0, size).map(({ unit: row }) => instructionIn(row)),
    next: seen.length > size ? seen[size - 1]?.unit : undefined,
  };
};

export const instructionShown = (city: City, row: InstructionRow, today: string) => {
  const unit = unitOf(city, row.unit);
  return {
    code: row.code,
    seq: row.seq,
    due: row.due,
    overdue: row.due < today,
    unit: unit === undefined ? null : { id: unit.id, name: unit.name },
  };
};

/** Labels of a branch with the open cases that carry them; a confidential case's are for those who may count it. */
export const labelsOf = (
  city: City,
  actor: StaffActor,
  rows: readonly Row[],
  branch: ReadonlySet<string>,
): { label: string; open: number }[] => {
  const sums = new Map<string, number>();
  for (const { unit: row, counts } of rows) {
    const { circle, unit } = partOf(row);
    if (!branch.has(unit) || !mayCount(circle, unit, actor, city.substitutes)) continue;
    for (const [attribute, n] of Object.entries(counts)) {
      const label = labelIn(attribute);
      if (label !== undefined) sums.set(label, (sums.get(label) ?? 0) + n);
    }
  }
  return [...sums]
    .filter(([, open]) => open > 0)
    .map(([label, open]) => ({ label, open }))
    .sort((a, b) => b.open - a.open || (a.label < b.label ? -1 : 1));
};
