import { positions } from '../positions.ts';
import { once, type Problem, reporter } from '../problem.ts';
import type { SettingBodies, Unit } from '../schema.ts';

const never = '9999-12-31';
/** Custody and clocks use these beside unit ids. */
const reservedIds = ['triage', 'city', 'oversight', 'confidential'];
const until = (unit: Unit): string => unit.validTo ?? never;

/** Follows `next` from a unit; the ids of the circle when it comes back to itself. */
const circle = (
  byId: ReadonlyMap<string, Unit>,
  start: Unit,
  next: (unit: Unit) => string | undefined,
): string[] | undefined => {
  const seen: string[] = [];
  for (let unit: Unit | undefined = start; unit !== undefined; ) {
    if (unit.id === start.id && seen.length > 0) return [...seen, start.id];
    if (seen.includes(unit.id)) return undefined;
    seen.push(unit.id);
    const id: string | undefined = next(unit);
    unit = id === undefined ? undefined : byId.get(id);
  }
  return undefined;
};

/** The organisation: a tree without circles, each unit within its parent's life, one unit for an area at a time. */
export const checkUnits = ({ units, calendars, areas, outside, profile }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (units === undefined) return problems;
  const report = reporter(problems, 'units');
  const list = units.units;
  const byId = new Map(list.map((unit) => [unit.id, unit]));
  const kinds = new Map(areas?.areas.map((area) => [area.code, area.kind]));
  const known = new Set(calendars?.calendars.map((calendar) => calendar.id));
  const about = reporter(problems, 'profile');
  for (const name of ['oversightUnit', 'validatingUnit', 'secondValidatingUnit'] as const) {
    const id = profile?.[name];
    if (id !== undefined && !byId.has(id)) about(name, `unknown unit "${id}"`);
  }
  once(
    report,
    list.map((unit) => unit.id),
    (i) => `units[${i}].id`,
    'unit',
  );
  list.forEach((unit, i) => {
    const at = `units[${i}]`;
    const parent = unit.parent === undefined ? undefined : byId.get(unit.parent);
    if (unit.parent !== undefined && parent === undefined) {
      report(`${at}.parent`, `unknown unit "${unit.parent}"`);
    }
    const tree = circle(byId, unit, (u) => u.parent);
    if (tree !== undefined) report(`${at}.parent`, `the tree runs in a circle: ${tree.join(' → ')}`);
    if (reservedIds.includes(unit.id)) report(`${at}.id`, `"${unit.id}" is a word of the system`);
    const needsParent = !['opd', 'kecamatan'].includes(unit.kind);
    if (needsParent && unit.parent === undefined) report(`${at}.parent`, `a ${unit.kind} needs a parent`);
    if (unit.validFrom > until(unit)) report(`${at}.validTo`, `is before validFrom (${unit.validFrom})`);
    if (parent !== undefined && (unit.validFrom < parent.validFrom || until(unit) > until(parent))) {
      report(`${at}.validFrom`, `its life is not within that of its parent "${parent.id}"`);
    }
    if (unit.calendar !== undefined && calendars !== undefined && !known.has(unit.calendar)) {
      report(`${at}.calendar`, `unknown calendar "${unit.calendar}"`);
    }
    if (outside?.bodies.some((body) => body.id === unit.id)) {
      report(`${at}.id`, `"${unit.id}" is also a body in outside.json`);
    }
    checkSuccessor(unit, at);
    checkArea(unit, at, i);
  });
  return problems;

  function checkSuccessor(unit: Unit, at: string): void {
    if (unit.successor === undefined) return;
    const successor = byId.get(unit.successor);
    if (successor === undefined) report(`${at}.successor`, `unknown unit "${unit.successor}"`);
    else if (until(successor) < until(unit)) {
      report(`${at}.successor`, `"${successor.id}" ends before the unit that it succeeds`);
    }
    if (unit.validTo === undefined) report(`${at}.successor`, 'has a successor but no validTo');
    const chain = circle(byId, unit, (u) => u.successor);
    if (chain !== undefined) report(`${at}.successor`, `runs in a circle: ${chain.join(' → ')}`);
  }

  function checkArea(unit: Unit, at: string, index: number): void {
    const governs = unit.kind === 'kecamatan' || unit.kind === 'kelurahan';
    if (unit.area === undefined) {
      if (governs) report(`${at}.area`, `a ${unit.kind} names the area that it governs`);
      return;
    }
    if (areas !== undefined && !kinds.has(unit.area)) report(`${at}.area`, `unknown area "${unit.area}"`);
    if (governs && (unit.area.length === 8) !== (unit.kind === 'kecamatan')) {
      report(`${at}.area`, `"${unit.area}" is not the code of a ${unit.kind}`);
    }
    const other = list
      .slice(0, index)
      .find(
        (u) => u.area === unit.area && u.validFrom <= until(unit) && unit.validFrom <= until(u) && governs,
      );
    if (other !== undefined) report(`${at}.area`, `"${other.id}" governs ${unit.area} at the same time`);
  }
};

/** Bodies outside of the city. */
export const checkOutside = ({ outside }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (outside === undefined) return problems;
  once(
    reporter(problems, 'outside'),
    outside.bodies.map((body) => body.id),
    (i) => `bodies[${i}].id`,
    'body',
  );
  return problems;
};

/** Who handles a complaint about those who would handle it: known, and outside of their branch. */
export const checkSubstitutes = ({ substitutes, units }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (substitutes === undefined) return problems;
  const report = reporter(problems, 'substitutes');
  const known = new Map(units?.units.map((unit) => [unit.id, unit]));
  const top = (id: string): string => {
    const seen = new Set<string>();
    let at = id;
    for (let up = known.get(at)?.parent; up !== undefined && !seen.has(up); up = known.get(at)?.parent) {
      seen.add(up);
      at = up;
    }
    return at;
  };
  once(
    report,
    substitutes.substitutes.map((substitute) => substitute.about),
    (i) => `substitutes[${i}].about`,
    'substitute about',
  );
  substitutes.substitutes.forEach((substitute, i) => {
    const at = `substitutes[${i}]`;
    if (units !== undefined) {
      if (!known.has(substitute.about) && !positions.some((position) => position === substitute.about)) {
        report(`${at}.about`, `unknown unit or position "${substitute.about}"`);
      }
      if (!known.has(substitute.unit)) report(`${at}.unit`, `unknown unit "${substitute.unit}"`);
      // Whoever sits in the branch works under, beside or above those whom the complaint is about.
      else if (known.has(substitute.about) && top(substitute.unit) === top(substitute.about)) {
        report(`${at}.unit`, `"${substitute.unit}" lies in the branch that is complained about`);
      }
    }
    if (substitute.position === substitute.about) report(`${at}.position`, 'is the one complained about');
  });
  return problems;
};
