import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';
import { eventsOf } from '../cases/timeline.ts';
import type { Instant } from '../kernel/time.ts';
import type { Catalogue, Offer } from './catalogue.ts';
import { dataOf, type Facts } from './model.ts';
import { papersOf, rejectedOf } from './papers.ts';
import { specOf } from './proxies.ts';

/** An application with everything that follows from its events and the versions that it names. */
export interface Known extends Facts {
  readonly offer: Offer;
  /** All, oldest first. */
  readonly events: readonly CaseEvent[];
}

export interface LookDeps {
  readonly store: Pick<CaseStore, 'archivedEvents'>;
  readonly catalogue: Catalogue;
}

/** One query more for an application with a long timeline; versions of settings are read once. */
export const lookAt = async (
  { store, catalogue }: LookDeps,
  record: CaseRecord,
  now: Instant,
): Promise<Known> => {
  const data = dataOf(record);
  const [offer, events] = await Promise.all([catalogue(record.category, data), eventsOf(store, record)]);
  const specs = [...offer.standard.documents];
  const papers = papersOf(events, (id) => specOf(specs, id), now);
  return {
    offer,
    events,
    service: offer.service,
    papers,
    rejected: rejectedOf(events, data.verdict),
  };
};
