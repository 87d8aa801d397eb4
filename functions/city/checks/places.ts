import { once, type Problem, reporter } from '../problem.ts';
import type { Calendar, SettingBodies } from '../schema.ts';

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Bounds and codes of the city itself. */
export const checkProfile = ({ profile }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (profile === undefined) return problems;
  const report = reporter(problems, 'profile');
  const { south, west, north, east } = profile.bounds;
  if (south >= north) report('bounds.south', 'must be below bounds.north');
  if (west >= east) report('bounds.west', 'must be below bounds.east');
  if (Math.min(south, north) < -90 || Math.max(south, north) > 90) report('bounds', 'latitude beyond 90°');
  if (Math.min(west, east) < -180 || Math.max(west, east) > 180) report('bounds', 'longitude beyond 180°');
  once(report, profile.languages, (i) => `languages[${i}]`, 'language');
  once(report, profile.emergency.words, (i) => `emergency.words[${i}]`, 'word');
  return problems;
};

const checkWeek = (report: (path: string, message: string) => void, path: string, week: Calendar['week']) => {
  let open = 0;
  for (const [name, intervals] of Object.entries(week)) {
    let last = 0;
    intervals.forEach(([from, to], index) => {
      const at = `${path}.${name}[${index}]`;
      if (minutes(to) > 24 * 60) report(`${at}[1]`, `"${to}" is after midnight`);
      if (minutes(from) >= minutes(to)) report(at, `closes (${to}) before it opens (${from})`);
      else if (minutes(from) < last) report(at, 'overlaps the interval before it');
      last = Math.max(last, minutes(to));
      open += Math.max(0, minutes(to) - minutes(from));
    });
  }
  if (open === 0) report(path, 'is never open: no deadline could ever be computed');
};

/** Hours, periods and holidays. */
export const checkCalendars = ({ calendars }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (calendars === undefined) return problems;
  const report = reporter(problems, 'calendars');
  const ids = calendars.calendars.map((calendar) => calendar.id);
  once(report, ids, (i) => `calendars[${i}].id`, 'calendar');
  if (!ids.includes(calendars.city)) report('city', `unknown calendar "${calendars.city}"`);
  calendars.calendars.forEach((calendar, i) => {
    checkWeek(report, `calendars[${i}].week`, calendar.week);
    calendar.periods.forEach((period, j) => {
      const at = `calendars[${i}].periods[${j}]`;
      checkWeek(report, `${at}.week`, period.week);
      if (period.from > period.to) report(at, `ends (${period.to}) before it begins (${period.from})`);
      const other = calendar.periods.slice(0, j).find((p) => p.from <= period.to && period.from <= p.to);
      if (other !== undefined) report(at, `overlaps "${other.name}"`);
    });
  });
  once(
    report,
    calendars.holidays.map((holiday) => holiday.date),
    (i) => `holidays[${i}].date`,
    'date',
  );
  return problems;
};

/** Codes, levels, names and centres of the areas. Names may repeat (two Huta Padang); codes and aliases may not. */
export const checkAreas = ({ areas, profile }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (areas === undefined) return problems;
  const report = reporter(problems, 'areas');
  const list = areas.areas;
  const codes = new Set(list.map((area) => area.code));
  once(
    report,
    list.map((area) => area.code),
    (i) => `areas[${i}].code`,
    'code',
  );
  const owners = new Map<string, Set<string>>();
  for (const area of list) {
    for (const name of [area.name, ...area.aliases]) {
      const key = name.toLowerCase();
      owners.set(key, (owners.get(key) ?? new Set()).add(area.code));
    }
  }
  list.forEach((area, i) => {
    const isKecamatan = area.code.length === 8;
    if (isKecamatan !== (area.kind === 'kecamatan')) {
      report(`areas[${i}].kind`, `"${area.kind}" does not fit the code ${area.code}`);
    }
    if (!isKecamatan && !codes.has(area.code.slice(0, 8))) {
      report(`areas[${i}].code`, `its kecamatan ${area.code.slice(0, 8)} is missing`);
    }
    if (profile !== undefined && !area.code.startsWith(`${profile.code}.`)) {
      report(`areas[${i}].code`, `"${area.code}" is not part of ${profile.code}`);
    }
    area.aliases.forEach((alias, j) => {
      if ((owners.get(alias.toLowerCase())?.size ?? 0) > 1) {
        report(`areas[${i}].aliases[${j}]`, `"${alias}" also names another area`);
      }
    });
    if (profile !== undefined && area.centre !== undefined) {
      const { south, west, north, east } = profile.bounds;
      const { lat, lon } = area.centre;
      if (lat < south || lat > north || lon < west || lon > east) {
        report(`areas[${i}].centre`, 'lies outside of profile.json bounds');
      }
    }
  });
  if (!list.some((area) => area.code.length > 8)) report('areas', 'has no kelurahan');
  return problems;
};

/** Outlines: known codes, closed rings, longitude first. */
export const checkBoundaries = ({ boundaries, areas, profile }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (boundaries === undefined) return problems;
  const report = reporter(problems, 'boundaries');
  const codes = new Set(areas?.areas.map((area) => area.code));
  boundaries.features.forEach((feature, i) => {
    const { kode } = feature.properties;
    if (areas !== undefined && !codes.has(kode)) {
      report(`features[${i}].properties.kode`, `unknown area "${kode}"`);
    }
    const { geometry } = feature;
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    polygons.flat().forEach((ring, j) => {
      const first = ring[0];
      const last = ring.at(-1);
      if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) {
        report(`features[${i}].geometry.coordinates`, `ring ${j + 1} is not closed`);
      }
    });
    if (profile === undefined) return;
    const { south, west, north, east } = profile.bounds;
    // A tenth of a degree of slack: bounds are a box that people draw, outlines are surveyed.
    const far = polygons
      .flat(2)
      .find(([lon, lat]) => lon < west - 0.1 || lon > east + 0.1 || lat < south - 0.1 || lat > north + 0.1);
    if (far !== undefined) {
      report(
        `features[${i}].geometry.coordinates`,
        `[${far.join(', ')}] is far outside of profile.json bounds (longitude comes first)`,
      );
    }
  });
  return problems;
};
