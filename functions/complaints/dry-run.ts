import { rootOf, unitOf } from '../cases/units.ts';
import type { City, RoutingRule } from '../city/schema.ts';
import type { Input, Output } from '../kernel/contract.ts';
import type { Language } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import type { complaints } from './contract.ts';
import { goesStraight, understand } from './filing.ts';
import { judge, type Misfit, nobody, type Proposal, type Routed } from './route.ts';
import type { Suggestion } from './suggest.ts';

type Operation = (typeof complaints)['operations']['dryRunRouting'];

/** Rules that a dry run explains; a city has some tens. */
const explainedLimit = 100;

type To = Pick<Proposal, 'unit' | 'outside'>;

export interface Explained {
  /** The rule that decides; null says that none does. */
  readonly matched: { readonly rule: string; readonly reason: Proposal['reason']; readonly to: To } | null;
  readonly reason: Proposal['reason'];
  /** Every other rule in its order: a later one that would have matched, or the first thing by which it does not fit. */
  readonly losers: readonly {
    readonly rule: string;
    readonly why: 'later' | Misfit;
    readonly to: To | null;
  }[];
  /** Where it would go if the unit said that it is not theirs: the next rule that leads elsewhere. */
  readonly next: To | null;
}

/** What routing would do with a report, and why not otherwise. Pure; nothing is filed. */
export const explainRouting = (city: City, routed: Routed): Explained => {
  const verdictOf = judge(city, routed);
  const losers: { rule: string; why: 'later' | Misfit; to: To | null }[] = [];
  let matched: { rule: RoutingRule; to: To } | undefined;
  let next: To | undefined;
  for (const rule of city.routing) {
    const verdict = verdictOf(rule);
    if ('why' in verdict) {
      losers.push({ rule: rule.id, why: verdict.why, to: null });
    } else if (matched === undefined) {
      matched = { rule, to: verdict };
    } else {
      losers.push({ rule: rule.id, why: 'later', to: verdict });
      if (next === undefined && leadsElsewhere(city, matched.to, verdict)) next = verdict;
    }
  }
  return {
    matched:
      matched === undefined ? null : { rule: matched.rule.id, reason: matched.rule.reason, to: matched.to },
    reason: matched?.rule.reason ?? nobody,
    // What almost fitted explains more than what is about something else.
    losers: [...losers]
      .sort((a, b) => Number(a.why === 'category') - Number(b.why === 'category'))
      .slice(0, explainedLimit),
    next: next ?? null,
  };
};

const leadsElsewhere = (city: City, a: To, b: To): boolean =>
  a.unit === null || b.unit === null
    ? a.unit !== b.unit || a.outside !== b.outside
    : rootOf(city, a.unit) !== rootOf(city, b.unit);

const named = (city: City, { unit, outside }: To) => {
  const known = unit === null ? undefined : unitOf(city, unit);
  const body = city.outside.find(({ id }) => id === outside);
  return {
    unit: known === undefined ? null : { id: known.id, name: known.name },
    outside: body === undefined ? null : { id: body.id, name: body.name },
  };
};

/**
 * A filing understood as if it came in at a moment, with the reason of every rule.
 * @param suggested what the text alone suggests
 */
export const dryRun = (
  city: City,
  body: Input<Operation>['body'],
  suggested: Suggestion,
  now: Instant,
  language: Language,
): Output<Operation> => {
  const at = body.at ?? now;
  const { text = '', category, place, roadClass } = body;
  const filing = {
    ...{ text, category, place, roadClass },
    ...{ kind: 'complaint', confidential: false, oversight: false, anonymous: false },
  };
  const seen = understand(city, filing, at, suggested);
  const area = seen.located.code;
  const explained = explainRouting(city, { category: seen.category, area, roadClass, filedAt: at });
  const { matched, losers, next, reason } = explained;
  const { confidence, reasons } = seen;
  return {
    at,
    category: { id: seen.category, by: seen.by, confidence, reasons: [...reasons] },
    area: { code: area, how: seen.located.how },
    matched: matched === null ? null : { rule: matched.rule, to: named(city, matched.to) },
    reason: reason[language],
    losers: losers.map(({ rule, why, to }) => ({ rule, why, to: to === null ? null : named(city, to) })),
    next: next === null ? null : named(city, next),
    direct: goesStraight(city, seen, at),
    confidential: seen.confidential,
    oversight: seen.oversight,
    emergency: seen.emergency,
  };
};
