import type { CaseEvent, CaseRecord } from './model.ts';
import type { CaseStore } from './store.ts';

type Archive = Pick<CaseStore, 'archivedEvents'>;

/** All events of a case, oldest first; one that moved out after the case was read is taken once. */
export const eventsOf = async (store: Archive, record: CaseRecord): Promise<readonly CaseEvent[]> => {
  const older = record.archived === 0 ? [] : await store.archivedEvents(record.code);
  return [...older.filter(({ seq }) => seq <= record.archived), ...record.events];
};

/** The event that a command already made; a case with a long timeline costs one query more. */
export const eventOfCommand = async (
  store: Archive,
  record: CaseRecord,
  commandId: string,
): Promise<CaseEvent | undefined> => {
  const isOf = (event: CaseEvent): boolean => event.commandId === commandId;
  const inline = record.events.find(isOf);
  if (inline !== undefined || record.archived === 0) return inline;
  return (await store.archivedEvents(record.code)).find(isOf);
};

/** The event that an input names by its number, when it was archived out of the case item. */
export const archivedEvent = async (
  store: Archive,
  record: CaseRecord,
  named: unknown,
): Promise<CaseEvent | undefined> => {
  if (typeof named !== 'number' || named > record.archived) return undefined;
  return (await store.archivedEvents(record.code, named)).find(({ seq }) => seq === named);
};
