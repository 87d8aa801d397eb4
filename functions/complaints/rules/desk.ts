import { isHead } from '../../cases/actor.ts';
import { type CaseRecord, priorities } from '../../cases/model.ts';
import { findPersonal } from '../../cases/personal.ts';
import { approvesReplies } from '../../cases/units.ts';
import { type Change, type Refusal, refuse, type Situation, type StepContext } from '../../cases/workflow.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import { optional, today } from './common.ts';
import { reply } from './waiting.ts';

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

/** A reply that waits for the head's word. Kept in the record's `data`. */
interface Draft {
  /** Id of its words. */
  readonly text: string;
  readonly by: string;
  /** The unit's branch: a draft stays behind when the case moves. */
  readonly root: string;
  /** By when the unit will have done what it says. */
  readonly until?: string | undefined;
}

const draftOf = ({ data, root }: CaseRecord): Draft | undefined => {
  const draft = data['draft'] as Draft | undefined;
  return draft?.root === root ? draft : undefined;
};

/** Where the unit wants its head to look first, nobody else replies; who handles a case alone has no head above. */
export const mustBeApproved = ({ city, record, actor }: Situation): boolean =>
  record.unit !== null &&
  record.about === undefined &&
  !record.flags.oversight &&
  !(actor.kind === 'staff' && isHead(actor)) &&
  approvesReplies(city, record.unit);

export const replyAsHead = (context: StepContext): Change | Refusal =>
  mustBeApproved(context) ? refuse('approvalNeeded') : reply(context);

/** A newer draft takes the place of one that waits. */
export const draftReply = (context: StepContext): Change | Refusal => {
  const { record, input, actor, textId } = context;
  if (record.root === null || textId === undefined) return refuse('wrongState');
  // What could not be promised in a reply cannot be drafted either.
  const would = reply(context);
  if ('refuse' in would) return would;
  const draft: Draft = { text: textId, by: actor.id, root: record.root, until: optional(input['by']) };
  return { data: { draft }, tells: ['head'] };
};

export const isDrafted = ({ record }: Situation): ErrorCode | undefined =>
  draftOf(record) === undefined ? 'noDraft' : undefined;

/** The draft's words become the reply, and only now it counts as one. */
export const approveReply = (context: StepContext): Change | Refusal => {
  const draft = draftOf(context.record);
  if (draft === undefined) return refuse('noDraft');
  if (draft.by === context.actor.id) return refuse('secondPersonNeeded');
  const said = reply({ ...context, input: draft.until === undefined ? {} : { by: draft.until } });
  if ('refuse' in said) return said;
  return {
    ...said,
    as: { event: 'replied', audience: 'code' },
    texts: [{ id: draft.text, audience: 'reporter' }],
    tells: ['assignee'],
    data: { ...said.data, draft: undefined },
  };
};

export const rejectReply = (): Change => ({ data: { draft: undefined } });

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
