import { once, type Problem, reporter } from '../problem.ts';
import type { SettingBodies } from '../schema.ts';

/** Each resource once, of a unit and a calendar that there are; what a service names is a resource. */
export const checkAppointments = ({ appointments, units, calendars, services }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  const report = reporter(problems, 'appointments');
  const resources = appointments?.resources ?? [];
  const knownUnits = new Set(units?.units.map(({ id }) => id));
  const knownCalendars = new Set(calendars?.calendars.map(({ id }) => id));
  once(
    report,
    resources.map(({ id }) => id),
    (i) => `resources[${i}].id`,
    'resource',
  );
  resources.forEach(({ unit, calendar, hours, closed }, i) => {
    const at = `resources[${i}]`;
    if (units !== undefined && !knownUnits.has(unit)) report(`${at}.unit`, `unknown unit "${unit}"`);
    if (calendars !== undefined && !knownCalendars.has(calendar))
      report(`${at}.calendar`, `unknown calendar "${calendar}"`);
    if (hours !== undefined && hours.to <= hours.from)
      report(`${at}.hours.to`, `is not after its beginning (${hours.from})`);
    once(
      report,
      closed.map(({ date }) => date),
      (n) => `${at}.closed[${n}].date`,
      'closed day',
    );
  });
  const known = new Set(resources.map(({ id }) => id));
  const ofServices = reporter(problems, 'services');
  services?.services.forEach(({ appointment }, i) => {
    if (appointments !== undefined && appointment !== undefined && !known.has(appointment))
      ofServices(`services[${i}].appointment`, `unknown resource "${appointment}"`);
  });
  return problems;
};
