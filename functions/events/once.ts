import type { CaseEvent } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import type { Recipient, Workflow } from '../cases/workflow.ts';
import { eventsBetween } from './missing.ts';
import { type Recipients, recipientsOf, type Telling, tellsOf } from './told.ts';

/** Steps that one write of the sweep may hold after an event. */
const looked = 8;

/** Which deadline of a case an event is about, and when it was recorded; undefined when it is about none. */
const deadlineOf = ({ at, facts }: CaseEvent): string | undefined =>
  facts?.['clock'] === undefined || facts['due'] === undefined
    ? undefined
    : [at, facts['clock'], facts['due']].join(' ');

/**
 * Who is told of an event, of one deadline once: whoever hears of a later step that the same moment brought for the same
 * clock (the coordinators of a case in triage that is overdue and escalated) is told of the last one alone.
 */
export const recipientsOnce = async (
  telling: Telling,
  tells: readonly Recipient[],
  workflow: Workflow | undefined,
  store: Pick<CaseStore, 'archivedEvents'>,
): Promise<Recipients> => {
  const { record, event } = telling;
  const everybody = await recipientsOf(telling, tells);
  const deadline = deadlineOf(event);
  if (deadline === undefined || everybody.told.length === 0) return everybody;
  const following = await eventsBetween(store, record, event.seq, Math.min(record.seq, event.seq + looked));
  const hearLater = new Set<string>();
  for (const later of following.filter((one) => deadlineOf(one) === deadline)) {
    const { told } = await recipientsOf({ ...telling, event: later }, tellsOf(workflow, record, later));
    for (const { person } of told) hearLater.add(person.actor.id);
  }
  return { ...everybody, told: everybody.told.filter(({ person }) => !hearLater.has(person.actor.id)) };
};
