import type { FileRecord } from '../../attachments/model.ts';
import type { FileStore } from '../../attachments/store.ts';

/** Records of an item's files: those that the list has, whatever the inspection found. */
export const filesOf = async (
  files: Pick<FileStore, 'read'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FileRecord>> => {
  const records = await Promise.all(ids.map((id) => files.read(id)));
  return new Map(
    records.flatMap((file) => (file?.owner === 'information' ? [[file.id, file] as const] : [])),
  );
};

/** Those that were inspected and can be shown. */
export const readable = (files: ReadonlyMap<string, FileRecord>): ReadonlySet<string> =>
  new Set([...files.values()].filter(({ served }) => served !== undefined).map(({ id }) => id));
