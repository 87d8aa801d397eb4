import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import { isSecret } from '../cases/publication.ts';
import type { CitizenRecipient } from './told.ts';

const byStaff: ReadonlySet<string> = new Set(['staff', 'system']);

const alarming: ReadonlySet<string> = new Set(['pinAsked', 'pinRenewed', 'claimed']);
/** Who has the PIN or the account changed hands, perhaps those of a thief: told whoever did it, and superseded by nothing. */
export const isAlarming = ({ type }: Pick<CaseEvent, 'type'>): boolean => alarming.has(type);

/**
 * Why citizens do not hear of an event; undefined when they do. Nothing that is internal, nor what the reporter did; of
 * a filing they hear, it is the receipt. Whoever joined a case that turned secret since may not know how it goes on.
 */
export const notForCitizens = (
  record: CaseRecord,
  event: CaseEvent,
  via: CitizenRecipient,
): 'internal' | 'secret' | 'ownAction' | undefined => {
  if (event.audience === 'staff') return 'internal';
  if (via === 'supporters') return isSecret(record) ? 'secret' : undefined;
  const heard = event.type === 'filed' || isAlarming(event) || byStaff.has(event.actor.kind);
  return heard ? undefined : 'ownAction';
};
