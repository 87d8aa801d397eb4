import type { CaseRecord } from '../cases/model.ts';
import type { City } from '../city/schema.ts';
import { problem } from '../kernel/errors.ts';
import { type FindDeps, type Found, finder } from './find.ts';
import { periodOf, questionOf } from './question.ts';
import { publicScope } from './scopes.ts';
import type { Place } from './store.ts';

export interface PublicSearch {
  readonly q: string;
  /** Months of filing, `yyyy-mm`, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Where the last page ended, from its `next`. */
  readonly after?: Place | undefined;
  readonly size: number;
  /** Filters, and whatever else must hold for a case to be public now. */
  readonly keep: (record: CaseRecord) => boolean;
}

/**
 * Published cases by the words of their edited title and summary, and by no other word of the case.
 * @throws Problem searchWords, monthsReversed
 */
export const searchPublic =
  (deps: FindDeps) =>
  async (city: City, { q, from, to, after, size, keep }: PublicSearch): Promise<Found> => {
    const question = questionOf(q, city);
    if (question === undefined)
      throw problem('searchWords', { fields: [{ field: '?q', problem: 'searchWords' }] });
    if (from !== undefined && to !== undefined && from > to) throw problem('monthsReversed');
    const period = periodOf({ from, to }, city.profile.zone);
    return finder(deps)({
      ...question,
      sources: [{ scope: publicScope, marks: [] }],
      from: period.from,
      before: after ?? period.before,
      size,
      keep: (record) => record.public !== undefined && keep(record),
    });
  };
