import type { City } from '../city/schema.ts';
import { circlesOf } from './circle.ts';
import { instructionPartition, isDue, labelIn, nowPartition, parts, waitsAttribute } from './keys.ts';
import type { FigureStore } from './store.ts';

const atOnce = 50;
/** What is named by a moment or by people's own words, and would otherwise only grow. */
const isSpent = (attribute: string): boolean => isDue(attribute) || labelIn(attribute) !== undefined;

/**
 * Takes deadlines that no open case has any more out of what is open now, so that those items stay as small as the
 * backlog. Nothing is lost by it: an absent number counts as 0, and one that came back meanwhile stays.
 * @returns how many attributes went
 */
export const zeroRemover =
  ({ store, city }: { readonly store: FigureStore; readonly city: () => Promise<City> }) =>
  async (): Promise<number> => {
    let removed = 0;
    const circles = circlesOf((await city()).substitutes);
    for (const partition of [...circles.map(nowPartition), ...Object.values(parts)]) {
      for (const { unit, counts } of await store.rows(partition)) {
        const zeros = Object.keys(counts).filter(
          (attribute) => isSpent(attribute) && counts[attribute] === 0,
        );
        for (let i = 0; i < zeros.length; i += atOnce) {
          const these = zeros.slice(i, i + atOnce);
          if (await store.removeZeros(partition, unit, these)) removed += these.length;
        }
      }
    }
    for (const { unit: row, counts } of await store.rows(instructionPartition)) {
      if (counts[waitsAttribute] === 0 && (await store.removeRow(instructionPartition, row, waitsAttribute)))
        removed += 1;
    }
    return removed;
  };
