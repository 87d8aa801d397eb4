import type { CaseRow } from '../cases/model.ts';
import { metresToCell, type Point } from '../kernel/coarse.ts';

/** Distance within which two reports of one category may speak of the same thing, unless the category says otherwise. */
export const usualRadiusMetres = 100;
/** So many are shown: who has to read more than that files anew. */
export const shownAtMost = 5;

export interface Sought {
  readonly kind: string;
  readonly category: string;
  readonly point: Point | undefined;
  readonly radiusMetres: number;
}

export interface Near {
  readonly row: CaseRow;
  /** From the asked point to the other one's cell; undefined when one of the two has no point, and only the area is the same. */
  readonly metres: number | undefined;
}

/** Whether strangers may learn that there is such a report, and join it: a part of one is the city's own affair. */
export const isJoinable = (of: Pick<CaseRow, 'flags' | 'about' | 'part'>): boolean =>
  !/[co]/.test(of.flags) && of.about === undefined && of.part === undefined;

/**
 * Open reports of one area that may speak of the same thing: same kind and category, and, where both have a point,
 * within the radius of the cell in which the other lies. The nearest first, then those of which only the area is known, the oldest first. Pure.
 */
export const nearest = (
  rows: readonly CaseRow[],
  { kind, category, point, radiusMetres }: Sought,
): readonly Near[] =>
  rows
    .filter((row) => row.kind === kind && row.category === category && isJoinable(row))
    .map(
      (row): Near => ({
        row,
        metres: point === undefined || row.at === undefined ? undefined : metresToCell(point, row.at),
      }),
    )
    .filter(({ metres }) => metres === undefined || metres <= radiusMetres)
    .sort((a, b) => rank(a) - rank(b) || (a.row.filedAt < b.row.filedAt ? -1 : 1))
    .slice(0, shownAtMost);

const rank = ({ metres }: Near): number => metres ?? Number.MAX_SAFE_INTEGER;

/** How near strangers are told that it is: the other report's exact place is its reporter's own. */
export const distances = ['here', 'near', 'area'] as const;
export const distanceOf = ({ metres }: Near): (typeof distances)[number] =>
  metres === undefined ? 'area' : metres === 0 ? 'here' : 'near';
