import { knownOf } from '../../forms/shared/asked.ts';
import { checkCondition } from '../../forms/shared/check-condition.ts';
import { checkForm } from '../../forms/shared/check-form.ts';
import { conditionFits } from '../../forms/shared/condition-fits.ts';
import { kinded } from '../../forms/shared/kinds.ts';
import type { FieldKind, Form } from '../../forms/shared/model.ts';
import { partsOf } from '../../forms/shared/pointer.ts';
import type { FormProblem } from '../../forms/shared/problems.ts';
import { meantFields } from '../../forms/shared/reuse.ts';
import { fieldsIn } from '../../forms/shared/walk.ts';
import { fieldOf, once, type Problem, type Report, reporter } from '../problem.ts';
import type { SettingBodies } from '../schema.ts';
import { isIssuedHere, type Service } from '../services.ts';
import { proofIds, type Standard } from '../standards.ts';
import { formWords } from './form-words.ts';

/** A form with many faults names the first ones; the rest shows once those are gone. */
const namedProblems = 20;

const reserved: readonly string[] = Object.values(proofIds);

const reportForm = (report: Report, at: string, problems: readonly FormProblem[]): void => {
  for (const { pointer, problem, detail } of problems.slice(0, namedProblems)) {
    const path = partsOf(pointer).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    const inside = fieldOf(path);
    const joint = inside === '' || inside.startsWith('[') ? '' : '.';
    report(`${at}${joint}${inside}`, formWords[problem] + (detail === undefined ? '' : ` ("${detail}")`));
  }
};

/** Documents once each, asked for by answers that the form can have. */
const checkDocuments = (
  report: Report,
  { documents }: Standard,
  form: Form | undefined,
  at: string,
): void => {
  once(
    report,
    documents.map(({ id }) => id),
    (i) => `${at}.documents[${i}].id`,
    'document',
  );
  documents.forEach(({ id, when }, i) => {
    if (reserved.includes(id))
      report(`${at}.documents[${i}].id`, `"${id}" is what whoever applies for somebody else shows`);
    if (when === undefined) return;
    const path = `${at}.documents[${i}].when`;
    const shape = checkCondition(when);
    if (shape.length > 0) reportForm(report, path, shape);
    else if (form === undefined) report(path, 'hangs on answers, and there is no form');
    else reportForm(report, path, conditionFits(when, knownOf(form)));
  });
};

const checkParts = (report: Report, { standard }: Standard, at: string): void => {
  for (const [part, words] of Object.entries(standard)) {
    if (words?.en === undefined) report(`${at}.standard.${part}.en`, 'is missing: the city serves English');
  }
};

const checkService = (
  report: Report,
  service: Service,
  form: Form | undefined,
  { at, sound }: { readonly at: string; readonly sound: boolean },
): void => {
  if (isIssuedHere(service) && form === undefined && sound)
    report(`${at}.form`, 'is missing: applications are taken here');
  if (service.governs === undefined || form === undefined) return;
  const asks = [...fieldsIn(form)].some(({ field }) => kinded(field).kind === 'area');
  if (!asks) report(`${at}.form`, `asks for no area, which decides the ${service.governs} that takes it`);
};

/**
 * Standards with every part, in the languages that the city serves, and forms that can be filled in. One of a service
 * that there is not (yet) waits for it: of the two settings one has to be first.
 */
export const checkStandards = ({ standards, services, profile }: SettingBodies): Problem[] => {
  const problems: Problem[] = [];
  if (standards === undefined) return problems;
  const report = reporter(problems, 'standards');
  const byCode = new Map(services?.services.map((service) => [service.code, service]));
  const kinds = new Map<string, FieldKind>();
  once(
    report,
    standards.standards.map(({ service }) => service),
    (i) => `standards[${i}].service`,
    'standard of',
  );
  standards.standards.forEach((standard, i) => {
    const at = `standards[${i}]`;
    const wrong = standard.form === undefined ? [] : checkForm(standard.form);
    // A form that does not check out cannot be asked what it asks for.
    const form = wrong.length > 0 ? undefined : standard.form;
    reportForm(report, `${at}.form`, wrong);
    if (wrong.length === 0) checkDocuments(report, standard, form, at);
    if (profile?.languages.includes('en') === true) checkParts(report, standard, at);
    const service = byCode.get(standard.service);
    if (service !== undefined) checkService(report, service, form, { at, sound: wrong.length === 0 });
    for (const { meaning, leaf } of form === undefined ? [] : meantFields(form)) {
      const { kind } = kinded(leaf);
      const first = kinds.get(meaning) ?? kind;
      kinds.set(meaning, first);
      if (first !== kind)
        report(
          `${at}.form`,
          `"${meaning}" is a ${kind} here and a ${first} in another form: it cannot be used again`,
        );
    }
  });
  return problems;
};
