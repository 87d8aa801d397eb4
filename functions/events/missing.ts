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
  const older: CaseEvent[] = [];
  for (let next = after + 1; next < reachesTo; ) {
    const page = await store.archivedEvents(record.code, next);
    const wanted = page.filter((event) => event.seq < reachesTo);
    older.push(...wanted);
    const last = wanted.at(-1);
    if (last === undefined || wanted.length < page.length) break;
    next = last.seq + 1;
  }
  const found = [...older, ...inline];
  found.forEach((event, i) => {
    if (event.seq !== after + 1 + i) throw new Error(`event ${after + 1 + i} of a case is nowhere`);
  });
  if (found.length !== Math.max(0, through - after)) throw new Error('an event of a case is nowhere');
  return found;
};
