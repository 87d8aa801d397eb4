import { today } from '../../cases/common/facts.ts';
import { isValidOn, rootOf, unitOf } from '../../cases/units.ts';
import { type Change, type Refusal, refuse, type Situation, type StepContext } from '../../cases/workflow.ts';
import type { Service } from '../../city/services.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import { dataOf, factsOf } from '../model.ts';

type Step = Service['steps'][number];

/** The step after one; the first one after none. */
const stepAfter = ({ steps }: Service, done: string | undefined): Step | undefined =>
  steps[done === undefined ? 0 : steps.findIndex(({ id }) => id === done) + 1];

/**
 * Where a step is taken: by the unit that it names, else where the application lay before. A unit that was dissolved
 * since leaves the step with whoever has it.
 */
const placeOf = ({ record, city, now }: StepContext, step: Pick<Step, 'unit'> | undefined): Change => {
  const { home } = dataOf(record);
  const named = step?.unit === undefined ? undefined : unitOf(city, step.unit);
  if (named !== undefined && isValidOn(named, today(city, now))) {
    return named.id === record.unit
      ? {}
      : { unit: named.id, assignee: null, data: { home: home ?? record.unit }, tells: ['unit'] };
  }
  return home === undefined || step?.unit !== undefined
    ? {}
    : { unit: home, assignee: null, data: { home: undefined }, tells: ['unit'] };
};

/**
 * What comes after a step (or, after none, after the check): the next one, then validation by others, then the product.
 * By the catalogue as it was when the application was submitted.
 */
export const ahead = (context: StepContext, done: string | undefined): Change => {
  const { service } = factsOf(context);
  const next = stepAfter(service, done);
  const place = placeOf(context, next);
  if (next !== undefined) return { ...place, to: 'processing', data: { ...place.data, step: next.id } };
  const ended = { ...place.data, step: undefined, proposedBy: context.actor.id };
  return service.validatedBy === undefined
    ? { ...place, ...ending(service), data: ended }
    : {
        ...place,
        to: 'validation',
        validating: service.validatedBy,
        data: ended,
        // Validators are told where their unit validates for others; within the own house the head does it.
        tells: [
          ...(place.tells ?? []),
          rootOf(context.city, service.validatedBy) === context.record.root ? 'head' : 'validators',
        ],
      };
};

/** After the last look: the product is issued, or, where the service has none, that was all. */
const ending = ({ product }: Service): Change =>
  product.kind === 'none'
    ? { to: 'issued', outcome: 'issued', as: { event: 'issued', audience: 'code' }, tells: ['reporter'] }
    : { to: 'awaitingSignature' };

/** The step that is being taken is done; any other is not its turn. */
export const completeStep = (context: StepContext): Change | Refusal => {
  const { record, input } = context;
  const { step } = dataOf(record);
  if (step === undefined || input['step'] !== step) return refuse('notItsTurn', 'step');
  const next = ahead(context, step);
  return {
    ...next,
    facts: { step },
    tells: [...(next.tells ?? []), ...(next.to === 'processing' ? [] : (['reporter'] as const))],
  };
};

/** Whoever called it done does not approve it. */
export const mayValidate = ({ record, actor }: Situation): ErrorCode | undefined =>
  dataOf(record).proposedBy === actor.id ? 'secondPersonNeeded' : undefined;

export const approve = (context: StepContext): Change => ({
  ...ending(factsOf(context).service),
  validating: null,
});

/** Back to the last step, to whoever takes it, or, where the service has none, to the check. */
export const sendBack = (context: StepContext): Change => {
  const last = factsOf(context).service.steps.at(-1);
  if (last === undefined) return { validating: null, to: 'checking' };
  const place = placeOf(context, last);
  return { ...place, validating: null, to: 'processing', data: { ...place.data, step: last.id } };
};
