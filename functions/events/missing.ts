import type { CaseEvent, CaseRecord } from '../cases/model.ts';
import type { CaseStore } from '../cases/store.ts';

/**
 * Events with `seq` in (after, through], in order: from the case where it still has them, else from the items to
 * which they were archived.
 * @throws Error when one is nowhere
 */
export const eventsBetween = async (
  store: Pick<CaseStore, 'archivedEvents'>,
  record: CaseRecord,
  after: number,
  through = record.seq,
): Promise<readonly CaseEvent[]> => {
  const inline = record.events.filter((event) => after < event.seq && event.seq <= through);
  const reachesTo = inline[0]?.seq ?? through + 1;
  const older =
    reachesTo > after + 1
      ? (await store.archivedEvents(record.code, after + 1)).filter((event) => event.seq < reachesTo)
      : [];
  const found = [...older, ...inline];
  found.forEach((event, i) => {
    if (event.seq !== after + 1 + i) throw new Error(`event ${after + 1 + i} of a case is nowhere`);
  });
  if (found.length !== Math.max(0, through - after)) throw new Error('an event of a case is nowhere');
  return found;
};
