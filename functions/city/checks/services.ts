import { once, type Problem, type Report, reporter } from '../problem.ts';
import type { SettingBodies, Unit } from '../schema.ts';
import { isIssuedHere, type Service, serviceRulePrefix } from '../services.ts';
import { leaves } from './leaves.ts';

type Units = ReadonlyMap<string, Unit> | undefined;
const unitsOf = ({ units }: SettingBodies): Units =>
  units === undefined ? undefined : new Map(units.units.map((unit) => [unit.id, unit]));

/** A unit that is there, or that another one succeeds. */
const checkUnit = (report: Report, units: Units, id: string | undefined, path: string): void => {
  if (units === undefined || id === undefined) return;
  const unit = units.get(id);
  if (unit === undefined) report(path, `unknown unit "${id}"`);
  else if (unit.validTo !== undefined && unit.successor === undefined)
    report(path, `"${id}" ends and nothing succeeds it`);
};

/** Reasons and dates go with a state that keeps people from applying, and with no other. */
const checkStatus = (report: Report, { status }: Service, at: string): void => {
  const { state, reason, from, until } = status;
  if (state === 'open') {
    if (reason !== undefined || from !== undefined || until !== undefined)
      report(`${at}.status`, 'an open service has no reason and no dates');
    return;
  }
  if (reason === undefined) report(`${at}.status.reason`, `a ${state} service says why`);
  if (from !== undefined && until !== undefined && until < from)
    report(`${at}.status.until`, `is before from (${from})`);
  if (state === 'closed' && until !== undefined)
    report(`${at}.status.until`, 'a closed service stays so: one that opens again is paused');
};

/** What only an application here can have, and what it cannot do without. */
const checkIssue = (report: Report, service: Service, at: string): void => {
  const { steps, refusals, appointment, product } = service;
  if (isIssuedHere(service)) {
    if (steps.length === 0) report(`${at}.steps`, 'an application here has a step of processing');
    if (refusals.length === 0)
      report(`${at}.refusals`, 'an application here may be refused on named grounds only: none is named');
    return;
  }
  if (steps.length > 0) report(`${at}.steps`, 'what is issued nationally is not processed here');
  if (appointment !== undefined)
    report(`${at}.appointment`, 'what is issued nationally has no appointment here');
  if (product.kind !== 'none')
    report(`${at}.product.kind`, 'what is issued nationally is no product of the city');
};

const checkService = (report: Report, service: Service, at: string, units: Units): void => {
  const { validFrom, validTo } = service.promise.legal;
  checkUnit(report, units, service.unit, `${at}.unit`);
  checkUnit(report, units, service.validatedBy, `${at}.validatedBy`);
  service.steps.forEach((step, i) => {
    checkUnit(report, units, step.unit, `${at}.steps[${i}].unit`);
  });
  const idsOf = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);
  once(report, service.applicants, (i) => `${at}.applicants[${i}]`, 'applicant');
  once(report, idsOf(service.steps), (i) => `${at}.steps[${i}].id`, 'step');
  once(report, idsOf(service.refusals), (i) => `${at}.refusals[${i}].id`, 'refusal');
  if (validTo !== undefined && validTo < validFrom)
    report(`${at}.promise.legal.validTo`, 'is before promise.legal.validFrom');
  checkStatus(report, service, at);
  checkIssue(report, service, at);
};

/** Services of units that there are, each with its standard, under codes that nothing else has. */
export const checkServices = (bodies: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (bodies.services === undefined) return problems;
  const report = reporter(problems, 'services');
  const { services } = bodies.services;
  const units = unitsOf(bodies);
  // A case of either sort has its category: one word for two things would mix their rules and figures.
  const categories = new Set(leaves(bodies).map(({ id }) => id));
  const standards = new Set(bodies.standards?.standards.map(({ service }) => service));
  once(
    report,
    services.map(({ code }) => code),
    (i) => `services[${i}].code`,
    'service',
  );
  services.forEach((service, i) => {
    const at = `services[${i}]`;
    if (categories.has(service.code))
      report(`${at}.code`, `"${service.code}" is also a category of complaints`);
    if (!standards.has(service.code))
      report(`${at}.code`, `"${service.code}" has no standard: make one live in standards first`);
    checkService(report, service, at, units);
  });
  const aboutClocks = reporter(problems, 'clocks');
  bodies.clocks?.rules.forEach(({ id }, i) => {
    if (id.startsWith(serviceRulePrefix))
      aboutClocks(
        `rules[${i}].id`,
        `ids that begin with "${serviceRulePrefix}" belong to promises of services`,
      );
  });
  return problems;
};

/** Each app once, with a unit that answers for it. */
export const checkApps = (bodies: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (bodies.apps === undefined) return problems;
  const report = reporter(problems, 'apps');
  const { apps } = bodies.apps;
  const units = unitsOf(bodies);
  once(
    report,
    apps.map(({ id }) => id),
    (i) => `apps[${i}].id`,
    'app',
  );
  apps.forEach(({ owner }, i) => {
    checkUnit(report, units, owner, `apps[${i}].owner`);
  });
  return problems;
};
