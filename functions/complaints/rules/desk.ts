import { isHead } from '../../cases/actor.ts';
import { optional } from '../../cases/common/facts.ts';
import type { CaseRecord } from '../../cases/model.ts';
import { approvesReplies } from '../../cases/units.ts';
import { type Change, type Refusal, refuse, type Situation, type StepContext } from '../../cases/workflow.ts';
import type { ErrorCode } from '../../kernel/errors.ts';
import { reply } from './waiting.ts';

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
