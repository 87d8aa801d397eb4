import type { ErrorCode } from '../../kernel/errors.ts';
import { priorities } from '../model.ts';
import { findPersonal } from '../personal.ts';
import { isValidOn, rootOf, unitOf } from '../units.ts';
import { type Change, type Refusal, refuse, type Situation, type StepContext } from '../workflow.ts';
import { optional, today } from './facts.ts';

/**
 * From hand to hand within the branch of the unit in charge: to a unit of it, or to a person there. What runs against the
 * unit runs on.
 */
export const handOn = ({ record, input, actor, city, now, looked }: StepContext): Change | Refusal => {
  const id = String(input['unit']);
  const unit = unitOf(city, id);
  if (unit === undefined || !isValidOn(unit, today(city, now)) || rootOf(city, id) !== record.root)
    return refuse('unknownUnit', 'unit');
  if (actor.kind === 'staff' && actor.role !== 'coordinator' && !actor.units.has(id))
    return refuse('unknownUnit', 'unit');
  const person = optional(input['person']);
  if (person !== undefined && (looked.person?.id !== person || looked.person.unit !== id))
    return refuse('unknownPerson', 'person');
  return { unit: id, assignee: person ?? null, facts: { unit: id } };
};

const labelsLimit = 8;

/** A label has hyphens where people write blanks. */
const leadsToSomebody = (one: string): boolean =>
  [one, one.replaceAll('-', ' ')].some((written) => findPersonal(written).length > 0);

/**
 * Labels that are put on and taken off at once; kept in the order of the alphabet. They stand in lists and counts that
 * whole units read, where words are never taken back: none may lead to a person.
 */
export const label = ({ record, input }: StepContext): Change | Refusal => {
  const [add, remove] = [input['add'], input['remove']].map((value) =>
    Array.isArray(value) ? value.map(String) : [],
  );
  if (add?.some(leadsToSomebody) === true) return refuse('personalLabel', 'add');
  const had = record.labels ?? [];
  const labels = [...new Set([...had, ...(add ?? [])])].filter((one) => !remove?.includes(one)).sort();
  if (labels.length > labelsLimit) return refuse('tooManyLabels', 'add');
  if (labels.join() === [...had].sort().join()) return refuse('invalidInput', 'add');
  return { set: { labels: labels.length === 0 ? undefined : labels }, facts: { labels: labels.join(' ') } };
};

/** Said with a reason, since whoever is passed over may ask. The normal level is none. */
export const prioritise = ({ record, input, textId }: StepContext): Change | Refusal => {
  const level = String(input['level']);
  if (level === (record.priority?.level ?? 'normal')) return refuse('invalidInput', 'level');
  const known = priorities.find((one) => one === level);
  const priority =
    known === undefined ? undefined : { level: known, ...(textId === undefined ? {} : { text: textId }) };
  return { set: { priority }, facts: { level } };
};

const instructionsLimit = 3;
/** An instruction further away than this is a plan. */
const furthestDays = 366;

/** The executive asks for something by a date; unanswered ones stand on a list. */
export const instruct = ({ record, input, actor, city, now }: StepContext): Change | Refusal => {
  const due = String(input['due']);
  const from = today(city, now);
  const last = new Date(Date.parse(from) + furthestDays * 86_400_000).toISOString().slice(0, 10);
  if (due < from || due > last) return refuse('dateOutOfRange', 'due');
  const open = record.instructions ?? [];
  if (open.length >= instructionsLimit) return refuse('tooManyInstructions');
  return {
    set: { instructions: [...open, { seq: record.seq + 1, due, by: actor.id }] },
    facts: { due },
    tells: record.unit === null ? ['coordinators'] : ['head', 'unit'],
  };
};

export const isInstructed = ({ record }: Situation): ErrorCode | undefined =>
  record.instructions === undefined ? 'noInstruction' : undefined;

export const answerInstruction = ({ record, input }: StepContext): Change | Refusal => {
  const seq = Number(input['seq']);
  const open = record.instructions ?? [];
  const answered = open.find((one) => one.seq === seq);
  if (answered === undefined) return refuse('noInstruction', 'seq');
  const left = open.filter((one) => one !== answered);
  return {
    set: { instructions: left.length === 0 ? undefined : left },
    facts: { instruction: seq, givenBy: answered.by },
  };
};
