import { calendarOf, earliestDue } from '../cases/clock/clock.ts';
import { momentsOf } from '../cases/clock/ladder.ts';
import { recomputed } from '../cases/clock/recompute.ts';
import type { CaseRecord, CaseRow } from '../cases/model.ts';
import { rootOf } from '../cases/units.ts';
import type { CaseKind } from '../cases/workflow.ts';
import { check } from '../city/check.ts';
import type { Problem } from '../city/problem.ts';
import { type City, clockNames, type SettingBodies, type SettingKind } from '../city/schema.ts';
import type { Instant } from '../kernel/time.ts';

/**
 * Deadlines bind the people who set them, and the oversight unit and the substitutes decide who opens secret cases:
 * whoever wrote such a draft is not the one who makes it live.
 */
const secondPersonKinds: ReadonlySet<SettingKind> = new Set([
  'clocks',
  'calendars',
  'profile',
  'substitutes',
  'ladder',
]);
export const needsSecondPerson = (kind: SettingKind): boolean => secondPersonKinds.has(kind);

/**
 * Whether a draft of units puts one of them on another calendar than it lives by, its own or that of whoever is above
 * it: deadlines move by that as by the calendar itself. A new unit is measured by the one that it comes under. Other
 * changes of units bind nobody's author.
 */
export const movesCalendars = (live: SettingBodies, draft: SettingBodies): boolean => {
  const { units: was, calendars } = live;
  const would = draft.units;
  if (was === undefined || would === undefined || calendars === undefined) return false;
  const known = new Set(was.units.map(({ id }) => id));
  return would.units.some(
    ({ id, parent }) =>
      calendarOf({ ...would, calendars }, id) !==
      calendarOf({ ...was, calendars }, known.has(id) ? id : (parent ?? id)),
  );
};

/**
 * Whether a draft of services changes what applicants of a service were promised: that binds its author as a clock does.
 * A new service binds nobody yet.
 */
export const movesPromises = (live: SettingBodies, draft: SettingBodies): boolean => {
  const promised = new Map(live.services?.services.map(({ code, promise }) => [code, promise]));
  return (draft.services?.services ?? []).some(({ code, promise }) => {
    const was = promised.get(code);
    return was !== undefined && (was.amount !== promise.amount || was.in !== promise.in);
  });
};

/** Kinds that decide where a case in triage would be proposed to go. */
const routingKinds: ReadonlySet<SettingKind> = new Set([
  'routing',
  'categories',
  'units',
  'areas',
  'calendars',
]);
export const movesProposals = (kind: SettingKind): boolean => routingKinds.has(kind);

/** A unit may end, with a successor, but never disappear: cases, people and figures name it for good. */
const lostUnits = (live: SettingBodies, draft: SettingBodies): Problem[] => {
  if (live.units === undefined || draft.units === undefined) return [];
  const kept = new Set(draft.units.units.map((unit) => unit.id));
  return live.units.units
    .filter((unit) => !kept.has(unit.id))
    .map(({ id }) => ({
      kind: 'units',
      path: 'units',
      message: `"${id}" is missing: end it with validTo and a successor instead`,
    }));
};

/**
 * A unit stays in its branch: open cases are indexed under its root, and would be in nobody's queue under another.
 * Within the branch it moves and is renamed freely.
 */
const movedUnits = (live: SettingBodies, draft: SettingBodies): Problem[] => {
  if (live.units === undefined || draft.units === undefined) return [];
  const [was, would] = [live.units, draft.units];
  const known = new Set(was.units.map(({ id }) => id));
  return would.units.flatMap(({ id }, i) => {
    if (!known.has(id)) return [];
    const [from, to] = [rootOf(was, id), rootOf(would, id)];
    if (from === to) return [];
    return [
      {
        kind: 'units' as const,
        path: `units[${i}].parent`,
        message: `"${id}" would move from "${from}" to "${to}": end it with validTo and a successor instead`,
      },
    ];
  });
};

/**
 * A clock names its rule for as long as its case is open: without it a pause would never end. A rule that should decide
 * nothing any more stays behind the one that replaces it, since the first that fits decides.
 */
const lostRules = (live: SettingBodies, draft: SettingBodies): Problem[] => {
  const would = draft.clocks?.rules;
  if (live.clocks === undefined || would === undefined) return [];
  return live.clocks.rules
    .filter(({ id, clock }) => !would.some((rule) => rule.id === id && rule.clock === clock))
    .map(({ id, clock }) => ({
      kind: 'clocks',
      path: 'rules',
      message: `"${id}" of the clock ${clock} is missing: open cases run by it; keep it, behind the rule that replaces it`,
    }));
};

/**
 * The code of a service is the category of its applications and the name of its register and of its clock: it is closed,
 * never taken away, and never used for something else.
 */
const lostServices = (live: SettingBodies, draft: SettingBodies): Problem[] => {
  const would = draft.services?.services;
  if (live.services === undefined || would === undefined) return [];
  const kept = new Set(would.map(({ code }) => code));
  return live.services.services
    .filter(({ code }) => !kept.has(code))
    .map(({ code }) => ({
      kind: 'services',
      path: 'services',
      message: `"${code}" is missing: applications name it; close it with status and reason instead`,
    }));
};

/**
 * Everything that would be wrong with the city if `draft` were live in it. What is live is right already, since
 * nothing becomes live without this.
 */
export const problemsWith = (live: SettingBodies, draft: SettingBodies): readonly Problem[] => [
  ...check({ ...live, ...draft }),
  ...lostUnits(live, draft),
  ...lostRules(live, draft),
  ...movedUnits(live, draft),
  ...lostServices(live, draft),
];

export interface MovedProposal {
  readonly code: string;
  readonly was: Target;
  readonly would: Target;
}
type Target = Pick<CaseRecord['proposal'], 'unit' | 'outside' | 'rule'>;

/** Cases in triage that a draft would propose elsewhere, or by another rule. */
export const movedProposals = (
  rows: readonly CaseRow[],
  live: City,
  draft: City,
  kinds: Readonly<Record<string, CaseKind>>,
): MovedProposal[] =>
  rows.flatMap((row) => {
    const propose = kinds[row.kind]?.propose;
    if (propose === undefined) return [];
    const under = (city: City): Target => {
      const { unit, outside, rule } = propose(city, row);
      return { unit, outside, rule };
    };
    const [was, would] = [under(live), under(draft)];
    const same = was.unit === would.unit && was.outside === would.outside && was.rule === would.rule;
    return same ? [] : [{ code: row.code, was, would }];
  });

export interface MovedDue {
  readonly code: string;
  /** What the inbox sorts by, before and after. */
  readonly was: Instant | null;
  readonly would: Instant | null;
  /** Every open clock that moves, also one that is not the earliest: what the citizen was promised, for instance. */
  readonly clocks: readonly { readonly clock: string; readonly was: Instant; readonly would: Instant }[];
}

/** Open cases of which a draft would move a deadline. */
export const movedDues = (records: readonly CaseRecord[], draft: City): MovedDue[] =>
  records.flatMap((record) => {
    const after = recomputed(draft, record);
    const clocks = clockNames.flatMap((clock) => {
      const was = record.clocks[clock]?.due;
      const would = after[clock]?.due;
      return was === undefined || would === undefined || was === would ? [] : [{ clock, was, would }];
    });
    if (clocks.length === 0) return [];
    return [{ code: record.code, was: earliestDue(record.clocks), would: earliestDue(after), clocks }];
  });

export interface MovedStep {
  readonly code: string;
  /** When the ladder acts next; null when it has no further step for the case. A moment that passed is due at once. */
  readonly was: Instant | null;
  readonly would: Instant | null;
}

/** Open cases for which a draft's ladder would act at another moment. */
export const movedSteps = (records: readonly CaseRecord[], live: City, draft: City): MovedStep[] =>
  records.flatMap(({ code, clocks }) => {
    const next = (city: City): Instant | null =>
      momentsOf(city, clocks).find((moment) => 'step' in moment)?.at ?? null;
    const [was, would] = [next(live), next(draft)];
    return was === would ? [] : [{ code, was, would }];
  });
