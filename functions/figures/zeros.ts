import type { City } from '../city/schema.ts';
import { circlesOf } from './circle.ts';
import { isDue, nowPartition, parts } from './keys.ts';
import type { FigureStore } from './store.ts';

const atOnce = 50;

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
        const zeros = Object.keys(counts).filter((attribute) => isDue(attribute) && counts[attribute] === 0);
        for (let i = 0; i < zeros.length; i += atOnce) {
          const these = zeros.slice(i, i + atOnce);
          if (await store.removeZeros(partition, unit, these)) removed += these.length;
        }
      }
    }
    return removed;
  };
