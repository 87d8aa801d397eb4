import type { StaffActor } from '../../cases/actor.ts';
import { vacantAbove } from '../../cases/clock/reach.ts';
import type { CaseRecord } from '../../cases/model.ts';
import type { CaseStore } from '../../cases/store.ts';
import { eventsOf } from '../../cases/timeline.ts';
import type { Looked } from '../../cases/workflow.ts';
import type { City } from '../../city/schema.ts';
import type { Delivered } from '../../events/delivered.ts';
import type { Fact } from './rules.ts';

export interface FactDeps {
  readonly store: Pick<CaseStore, 'archivedEvents'>;
  /** Staff as they are now, the revoked left out. */
  readonly staff: () => Promise<readonly StaffActor[]>;
  readonly delivered: Delivered;
}

/**
 * `seq` of the event with which the silence began that is about to end the case: the first of this run of the clock,
 * since a later one may have moved its deadline. Usually archived by then.
 */
const followedUpAt = async (store: FactDeps['store'], record: CaseRecord): Promise<number> => {
  const began = record.clocks['confirmation']?.startedAt;
  const event = (await eventsOf(store, record)).find(
    ({ clocks }) => began !== undefined && clocks?.['confirmation']?.startedAt === began,
  );
  // A notice of nothing before this moment can have told of it.
  return event?.seq ?? record.seq;
};

/** Looks up one fact of a case for a step that is due. */
export const look =
  ({ store, staff, delivered }: FactDeps) =>
  async (fact: Fact, city: City, record: CaseRecord): Promise<Looked> => {
    switch (fact) {
      case 'vacant':
        return { vacant: vacantAbove(city, record, await staff()) };
      case 'delivered':
        return { delivered: await delivered(record, await followedUpAt(store, record)) };
    }
  };
