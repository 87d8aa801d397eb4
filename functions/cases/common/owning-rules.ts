import type { ErrorCode } from '../../kernel/errors.ts';
import { type Change, type Refusal, refuse, rolesOn, type Situation, type StepContext } from '../workflow.ts';

export const mayRate = ({ record }: Situation): ErrorCode | undefined =>
  record.data['rating'] === undefined ? undefined : 'ratedAlready';

export const rate = ({ input }: StepContext): Change => {
  const given = { stars: Number(input['stars']), done: input['done'] === true };
  return { facts: given, data: { rating: given } };
};

/**
 * The words of one event are gone for good, those of the filing with the place as written and the first words in lists.
 * Reporters take back what they wrote, the coordinator what may not stay, with a reason.
 */
export const redact = ({ record, input, actor, looked }: StepContext): Change | Refusal => {
  const seq = Number(input['seq']);
  const isFiling = seq === 1;
  const event = record.events.find((e) => e.seq === seq) ?? looked.event;
  if (!isFiling && event?.seq !== seq) return refuse('invalidInput', 'seq');
  const texts = isFiling ? [record.filing.id] : (event?.texts ?? []).map(({ id }) => id);
  if (texts.length === 0) return refuse('invalidInput', 'seq');
  const byStaff = actor.kind === 'staff';
  const own = isFiling || event?.actor.kind === 'citizen' || event?.actor.kind === 'holder';
  if (!byStaff && !own) return refuse('forbidden', 'seq');
  const reason = input['reason'];
  if (byStaff && typeof reason !== 'string') return refuse('invalidInput', 'reason');
  return {
    facts: { seq },
    redacts: texts,
    ...(typeof reason === 'string' ? { reasonCode: reason } : {}),
    ...(isFiling ? { set: { excerpt: '' } } : {}),
  };
};

/** Kept in the account of whoever opened it with its PIN; in one account only. */
export const claim = ({ record, actor }: StepContext): Change | Refusal => {
  if (actor.kind !== 'citizen') return refuse('forbidden');
  return record.reporter === undefined ? { set: { reporter: actor.id } } : refuse('claimedAlready');
};

/** At the counter only where others see what is done with it: who handles a case alone renews no PIN of it. */
export const mayRenew = ({ record, actor }: Situation): ErrorCode | undefined =>
  actor.kind === 'staff' && rolesOn(actor, record).length > 1 ? 'forbidden' : undefined;

/** A new version of the PIN: the old one and everything that was opened with it end. */
export const renewPin = ({ record, actor, input, looked }: StepContext): Change | Refusal => {
  if (looked.pinKey === undefined) return refuse('notFound');
  if (actor.kind === 'staff' && input['text'] === undefined) return refuse('invalidInput', 'text');
  const version = record.pin.version + 1;
  return { set: { pin: { version, key: looked.pinKey } }, facts: { version, key: looked.pinKey } };
};
