import { once, type Problem, reporter } from '../problem.ts';
import type { RoutingRule, SettingBodies, Unit } from '../schema.ts';
import { leaves } from './leaves.ts';

/** Ids, words and spellings of the categories. */
export const checkCategories = (bodies: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  const { categories } = bodies;
  if (categories === undefined) return problems;
  const report = reporter(problems, 'categories');
  once(
    report,
    categories.groups.map((group) => group.id),
    (i) => `groups[${i}].id`,
    'group',
  );
  const seen = new Set<string>();
  categories.groups.forEach((group, i) => {
    group.categories.forEach((category, j) => {
      const at = `groups[${i}].categories[${j}]`;
      if (seen.has(category.id)) report(`${at}.id`, `category "${category.id}" stands twice`);
      seen.add(category.id);
      const words = category.keywords.map((word) => word.toLowerCase());
      once(report, words, (k) => `${at}.keywords[${k}]`, 'keyword');
      category.against.forEach((word, k) => {
        if (words.includes(word.toLowerCase()))
          report(`${at}.against[${k}]`, `"${word}" is also a keyword here`);
      });
      if (category.oversight && category.dispatch !== 'direct') {
        report(`${at}.dispatch`, 'an oversight category is direct: triage must not see it');
      }
    });
  });
  for (const [from, to] of Object.entries(categories.spellings)) {
    if (!/^[a-z]+$/.test(from)) report(`spellings.${from}`, 'must be one word in small letters a–z');
    if (!/^[a-z]+( [a-z]+){0,3}$/.test(to)) {
      report(`spellings.${from}`, `"${to}" must be one to four words in small letters a–z`);
    }
    if (from === to) report(`spellings.${from}`, 'stands for itself');
  }
  return problems;
};

const unconditional = ({ when }: RoutingRule): boolean =>
  when.areas === undefined && when.open === undefined && when.closed === undefined;

const takes = (rule: RoutingRule, category: string): boolean =>
  rule.when.categories?.includes(category) ?? true;

/** Every name in a rule is known, every category has a way, every rule can be reached. */
export const checkRouting = (bodies: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  const { routing, units, areas, calendars, categories, outside } = bodies;
  if (routing === undefined) return problems;
  const report = reporter(problems, 'routing');
  const leafIds = leaves(bodies).map((category) => category.id);
  const byId = new Map(units?.units.map((unit) => [unit.id, unit]));
  once(
    report,
    routing.rules.map((rule) => rule.id),
    (i) => `rules[${i}].id`,
    'rule',
  );
  const unknown = (path: string, what: string, id: string, ids: readonly string[] | undefined) => {
    if (ids !== undefined && !ids.includes(id)) report(path, `unknown ${what} "${id}"`);
  };
  const calendarIds = calendars?.calendars.map((calendar) => calendar.id);
  routing.rules.forEach((rule, i) => {
    const at = `rules[${i}]`;
    rule.when.categories?.forEach((id, j) => {
      if (categories !== undefined) unknown(`${at}.when.categories[${j}]`, 'category', id, leafIds);
    });
    rule.when.areas?.forEach((code, j) => {
      unknown(
        `${at}.when.areas[${j}]`,
        'area',
        code,
        areas?.areas.map((area) => area.code),
      );
    });
    for (const key of ['open', 'closed'] as const) {
      const id = rule.when[key];
      if (id !== undefined) unknown(`${at}.when.${key}`, 'calendar', id, calendarIds);
    }
    if (rule.when.open !== undefined && rule.when.open === rule.when.closed) {
      report(`${at}.when`, `"${rule.when.open}" cannot be open and closed`);
    }
    if ('outside' in rule.to) {
      unknown(
        `${at}.to.outside`,
        'body',
        rule.to.outside,
        outside?.bodies.map((body) => body.id),
      );
    }
    if ('unit' in rule.to && units !== undefined) {
      const { unit } = rule.to;
      unknown(`${at}.to.unit`, 'unit', unit, [...byId.keys()]);
      if (ends(byId, unit)) report(`${at}.to.unit`, `"${unit}" ends and nothing succeeds it`);
    }
    if ('governs' in rule.to) checkGoverned(rule.to.governs, `${at}.to.governs`);
    const earlier = routing.rules.findIndex(
      (other, j) =>
        j < i &&
        unconditional(other) &&
        !('governs' in other.to) &&
        (rule.when.categories ?? leafIds).every((id) => takes(other, id)),
    );
    if (earlier >= 0) report(at, `never decides: rules[${earlier}] takes all of its cases`);
  });
  leaves(bodies).forEach((category) => {
    const rules = routing.rules.filter((rule) => takes(rule, category.id));
    if (!rules.some(unconditional)) {
      report('rules', `category "${category.id}" has no rule that holds everywhere and at any time`);
    }
    if (category.dispatch === 'direct' && rules.some((rule) => 'outside' in rule.to)) {
      report('rules', `category "${category.id}" is direct but may go to a body outside of the city`);
    }
  });
  return problems;

  function checkGoverned(level: 'kelurahan' | 'kecamatan', path: string): void {
    if (areas === undefined || units === undefined) return;
    const governed = new Set(units.units.filter((unit) => unit.validTo === undefined).map((u) => u.area));
    for (const area of areas.areas.filter((a) => a.code.length > 8)) {
      const kecamatan = governed.has(area.code.slice(0, 8));
      if (!(kecamatan || (level === 'kelurahan' && governed.has(area.code)))) {
        report(path, `no unit governs ${area.name} (${area.code})`);
      }
    }
  }
};

const ends = (byId: ReadonlyMap<string, Unit>, id: string): boolean => {
  let unit = byId.get(id);
  for (let hops = 0; unit?.validTo !== undefined && hops < 16; hops += 1) {
    if (unit.successor === undefined) return true;
    unit = byId.get(unit.successor);
  }
  return false;
};
