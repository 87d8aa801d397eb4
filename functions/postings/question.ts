import { startOfMonth } from '../cases/clock/local.ts';
import type { City, Zone } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';
import { lexiconOf } from './terms.ts';

/** Terms of one question; each has a list of its own to look at. */
const mostTerms = 8;
const shortestBeginning = 3;

export interface Question {
  readonly terms: readonly string[];
  readonly beginning?: string;
}

/**
 * What is looked for: every word must be there in some form; a last word that ends in `*` is the beginning of one.
 * @returns undefined when nothing or too much is left of it
 */
export const questionOf = (q: string, city: City): Question | undefined => {
  const { terms } = lexiconOf(city);
  const [starred, word = ''] = /(\S+)\*\s*$/.exec(q) ?? [];
  const beginning = word.toLowerCase().replace(/[^a-z0-9]/g, '');
  const whole = terms(starred === undefined ? q : q.slice(0, -starred.length));
  if (starred !== undefined && beginning.length < shortestBeginning) return undefined;
  const asked = whole.length + (starred === undefined ? 0 : 1);
  if (asked === 0 || asked > mostTerms) return undefined;
  return { terms: whole, ...(starred === undefined ? {} : { beginning }) };
};

/** Before the first case and after the last one. */
const ever = { from: '2000-01-01T00:00:00Z', before: '9999-12-31T00:00:00Z' };

/** Months of filing, both included. */
export const periodOf = (
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  zone: Zone,
): { readonly from: Instant; readonly before: Instant } => ({
  from: from === undefined ? ever.from : startOfMonth(from, zone),
  before: to === undefined ? ever.before : startOfMonth(to, zone, 1),
});
