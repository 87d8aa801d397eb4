import { reasonOf } from '../attachments/naming.ts';
import type { Actor } from '../cases/actor.ts';
import { isRunning } from '../cases/clock/clock.ts';
import { allowedActions } from '../cases/engine.ts';
import type { CaseRecord } from '../cases/model.ts';
import { unitOf } from '../cases/units.ts';
import type { City } from '../city/schema.ts';
import { maskAnswers } from '../forms/shared/mask.ts';
import type { Output } from '../kernel/contract.ts';
import type { Language } from '../kernel/errors.ts';
import type { Instant } from '../kernel/time.ts';
import type { applications } from './contract.ts';
import type { Known } from './look.ts';
import { dataOf, type Part } from './model.ts';
import { application } from './own-workflow.ts';
import { openParts } from './papers.ts';
import { specOf } from './proxies.ts';
import { contestUntil } from './rules/ending.ts';
import type { Content } from './sealed.ts';
import type { Applicant } from './shapes.ts';
import { type Fault, faults, faultWords } from './states.ts';

type Operations = (typeof applications)['operations'];
type Own = Output<Operations['readMyApplication']>;
type Handled = Output<Operations['readApplication']>;

export interface Seen {
  readonly city: City;
  readonly record: CaseRecord;
  readonly known: Known;
  readonly actor: Actor;
  readonly now: Instant;
  readonly language: Language;
  /** Path of the application for this reader; its actions lie below. */
  readonly path: string;
}

const isFault = (text: string): text is Fault => faults.some((one) => one === text);
const faultOf = (code: string, language: Language) => ({
  code,
  says: isFault(code) ? faultWords[code][language] : code,
});

const runningDue = ({ record }: Seen, name: string): Instant | null => {
  const clock = record.clocks[name];
  return clock !== undefined && isRunning(clock) ? clock.due : null;
};

const stepsOf = ({ record, known: { service }, language }: Seen): Own['steps'] => {
  const { step } = dataOf(record);
  const now = step === undefined ? -1 : service.steps.findIndex(({ id }) => id === step);
  // Without a step at hand all are done once the file was complete and none is left, and none before.
  const passed = step === undefined && record.clocks['promise'] !== undefined;
  return service.steps.map(({ id, name }, i) => ({
    id,
    name: name[language],
    place: passed || i < now ? ('done' as const) : i === now ? ('now' as const) : ('ahead' as const),
  }));
};

const refusalOf = (seen: Seen): Own['refusal'] => {
  const { record, known, city, language } = seen;
  if (record.state !== 'refused') return null;
  const refused = known.events.findLast(({ type }) => type === 'refused');
  const ground = known.service.refusals.find(({ id }) => id === refused?.facts?.['ground']);
  return ground === undefined
    ? null
    : {
        ground: ground.id,
        name: ground.name[language],
        legal: ground.legal,
        objectTo: known.service.objectTo[language],
        objectUntil: contestUntil(city, record),
      };
};

const sharedOf = (
  seen: Seen,
): Pick<Own, Exclude<keyof Own, 'applicant' | 'answers' | 'documents' | 'faults'>> => {
  const { city, record, known, actor, now, language, path } = seen;
  const unit = record.unit === null ? undefined : unitOf(city, record.unit);
  const { promise } = record.clocks;
  const { catalogue, standards, product } = dataOf(record);
  return {
    code: record.code,
    state: record.state,
    stateName: application.states[record.state]?.names[language] ?? record.state,
    seq: record.seq,
    filedAt: record.filedAt,
    origin: record.origin,
    service: { id: known.service.code, name: known.service.name[language] },
    versions: { catalogue, standards },
    unit: unit === undefined ? null : { id: unit.id, name: unit.name },
    steps: stepsOf(seen),
    completeAt: promise?.startedAt ?? null,
    due: promise === undefined || promise.doneAt !== undefined ? null : promise.due,
    correctBy: runningDue(seen, 'data'),
    product: product ?? null,
    refusal: refusalOf(seen),
    actions: allowedActions(application, actor, record, city, now, true).flatMap((id) => {
      const { names, apart, at } = application.actions[id] ?? {};
      // Taken elsewhere than below this page: on a product, by its number.
      if (apart === true && at === undefined) return [];
      return [{ id, name: names?.[language] ?? id, path: `${path}/${at ?? `actions/${id}`}` }];
    }),
  };
};

/** What a verdict said of a part that was not handed in anew since. */
const verdictOf = ({ record, known }: Seen, part: Part, seq: number): 'accepted' | 'rejected' | null => {
  const { verdict } = dataOf(record);
  if (verdict === undefined) return record.clocks['promise'] === undefined ? null : 'accepted';
  if (seq > verdict) return null;
  return known.rejected.has(part) ? 'rejected' : 'accepted';
};

const papersOf = (seen: Seen, { applicant, answers }: Content) => {
  const { record, known, language } = seen;
  const open = openParts(record.state, known.papers, known.rejected);
  const specs = known.offer.standard.documents;
  const documents: Own['documents'] = [...known.papers].flatMap(([part, { file, state, seq }]) => {
    if (part.startsWith('/')) return [];
    const kind = state.state === 'ready' ? state.kind : null;
    const fault = known.rejected.get(part);
    const verdict = verdictOf(seen, part, seq);
    return [
      {
        id: part,
        name: specOf(specs, part)?.name[language] ?? part,
        file: { id: file, state: state.state, kind, reason: reasonOf(state, language) },
        verdict,
        fault: verdict === 'rejected' && fault !== undefined ? faultOf(fault, language) : null,
        open: open.has(part),
      },
    ];
  });
  const faulty: Own['faults'] = [...known.rejected].flatMap(([pointer, code]) =>
    pointer.startsWith('/') && record.state === 'correction'
      ? [{ pointer, fault: faultOf(code, language), open: open.has(pointer) }]
      : [],
  );
  return { applicant, answers, documents, faults: faulty };
};

/** An applicant's own application: everything that they filled in, as they did. */
export const ownView = (seen: Seen, content: Content): Own => ({
  ...sharedOf(seen),
  ...papersOf(seen, content),
});

const masked = (number: string): string => `${'*'.repeat(number.length - 4)}${number.slice(-4)}`;

/** Numbers that lead to a person, as `maskAnswers` has them. */
export const maskApplicant = (applicant: Applicant): Applicant => {
  if (applicant.kind === 'organisation') {
    const { representative } = applicant;
    return { ...applicant, representative: { ...representative, nik: masked(representative.nik) } };
  }
  const { proxy } = applicant;
  return proxy === undefined ? applicant : { ...applicant, proxy: { ...proxy, nik: masked(proxy.nik) } };
};

/**
 * As staff read it.
 * @param content undefined for those who see the case and do not handle it
 */
export const staffView = (seen: Seen, content: Content | undefined): Handled => {
  const { known, record, language } = seen;
  const { applicant, onBehalf } = dataOf(record);
  const { form } = known.offer.standard;
  return {
    ...sharedOf(seen),
    kind: applicant,
    onBehalf: onBehalf === true,
    papers:
      content === undefined || form === undefined
        ? null
        : papersOf(seen, {
            applicant: maskApplicant(content.applicant),
            answers: { ...maskAnswers(form, content.answers) },
          }),
    grounds: known.service.refusals.map(({ id, name, legal }) => ({ id, name: name[language], legal })),
  };
};
