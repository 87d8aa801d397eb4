import { type WorkingTime, workingTime } from '../cases/clock/calendar.ts';
import { governingUnit, unitOn } from '../city/governing.ts';
import type { City, RoadClass, RoutingRule } from '../city/schema.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';

/** What routing decides on. */
export interface Routed {
  readonly category: string | null;
  readonly area: string | null;
  readonly roadClass?: RoadClass | undefined;
  /** The original time: rules may ask whether an office was open then. */
  readonly filedAt: Instant;
}

export interface Proposal {
  /** The unit that should handle it; null when a body outside of the city does, or nobody is known. */
  readonly unit: string | null;
  readonly outside: string | null;
  readonly rule: string | null;
  /** In both languages, as the rule says it. */
  readonly reason: { readonly id: string; readonly en: string };
  /** Later rules that would have matched, and where they lead: why it went here and not there. At most five. */
  readonly losers: readonly { readonly rule: string; readonly to: string }[];
}

export type RoutedCity = Pick<City, 'areas' | 'calendars' | 'profile' | 'routing' | 'units'>;

const maxLosers = 5;

export const nobody: Proposal['reason'] = {
  id: 'Tidak ada aturan yang cocok; koordinator menentukan.',
  en: 'No rule fits; the coordinator decides.',
};

const within = (area: string | null, code: string): boolean =>
  area !== null && (area === code || area.startsWith(`${code}.`));

/** What a rule says of a report: where it leads, or the first thing by which it does not fit. */
export type Verdict = Pick<Proposal, 'unit' | 'outside'> | { readonly why: Misfit };
export type Misfit = 'category' | 'area' | 'roadClass' | 'time' | 'leadsNowhere';

/**
 * Judges one rule after the other. A rule whose unit has ended leads to its successor; one that leads to nobody (an
 * ended unit without successor, an unknown area) is passed over. A kecamatan in a rule takes all of its kelurahan.
 * Pure: time comes in as `filedAt`.
 * @throws Error when a rule names a calendar that the settings lack (activation checks that they do not)
 */
export const judge = (city: RoutedCity, routed: Routed): ((rule: RoutingRule) => Verdict) => {
  const at = toSeconds(routed.filedAt);
  const times = new Map<string, WorkingTime>();
  const time = (id: string): WorkingTime => {
    const known = times.get(id) ?? workingTime(city.calendars, id, city.profile.zone);
    times.set(id, known);
    return known;
  };
  const date = time(city.calendars.city).dateOf(at);
  const { category, area, roadClass } = routed;

  const misfit = ({ when }: RoutingRule): Misfit | undefined => {
    if (when.categories !== undefined && !(category !== null && when.categories.includes(category)))
      return 'category';
    if (when.areas !== undefined && !when.areas.some((code) => within(area, code))) return 'area';
    if (when.roadClasses !== undefined && !(roadClass !== undefined && when.roadClasses.includes(roadClass)))
      return 'roadClass';
    if (when.open !== undefined && !time(when.open).isOpen(at)) return 'time';
    return when.closed !== undefined && time(when.closed).isOpen(at) ? 'time' : undefined;
  };

  return (rule) => {
    const why = misfit(rule);
    if (why !== undefined) return { why };
    const { to } = rule;
    if ('outside' in to) return { unit: null, outside: to.outside };
    const unit =
      'unit' in to ? unitOn(city.units, to.unit, date) : governingUnit(city.units, to.governs, area, date);
    return unit === undefined ? { why: 'leadsNowhere' } : { unit: unit.id, outside: null };
  };
};

/** Where a case belongs by the first rule that fits and leads somewhere, and which later ones would have. */
export const propose = (city: RoutedCity, routed: Routed): Proposal => {
  const verdictOf = judge(city, routed);
  let winner: Omit<Proposal, 'losers'> | undefined;
  const losers: { rule: string; to: string }[] = [];
  for (const rule of city.routing) {
    if (losers.length === maxLosers) break;
    const verdict = verdictOf(rule);
    if ('why' in verdict) continue;
    if (winner === undefined) winner = { ...verdict, rule: rule.id, reason: rule.reason };
    else losers.push({ rule: rule.id, to: verdict.unit ?? verdict.outside ?? '' });
  }
  return { ...(winner ?? { unit: null, outside: null, rule: null, reason: nobody }), losers };
};
