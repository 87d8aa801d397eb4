import type { Table } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';
import { type Facts, type FileRecord, fileRecord, type Refused, type Served } from './model.ts';

const keyOf = (id: string) => ({ pk: `FILE#${id}`, sk: 'FILE' });

export type FileStore = ReturnType<typeof fileStore>;

/** What was found: either why it is refused, or what it is and what is served. */
export type Found =
  | { readonly refused: Refused; readonly facts?: undefined; readonly served?: undefined }
  | { readonly refused?: undefined; readonly facts: Facts; readonly served: Served };

/** The only reader and writer of `FILE#` items. */
export const fileStore = (table: Table) => {
  const read = async (id: string): Promise<FileRecord | undefined> => {
    const item = await table.get(keyOf(id));
    return item === undefined ? undefined : fileRecord.parse(item);
  };

  /**
   * Gives the file to the first case that names it.
   * @returns the record as it stands, which is another case's when that one was first
   */
  const claim = async (record: FileRecord): Promise<FileRecord> => {
    const written = await table.put(
      { ...keyOf(record.id), ...record },
      { ConditionExpression: 'attribute_not_exists(pk)' },
    );
    if (written.done) return record;
    if (written.old === undefined) throw new Error('a refused put without the item that refused it');
    return fileRecord.parse(written.old);
  };

  /** Keeps what was found. The first finding stays: a second one of the same bytes would say the same. */
  const settle = async (record: FileRecord, found: Found, at: Instant): Promise<FileRecord> => {
    const settled: FileRecord = {
      ...record,
      checkedAt: at,
      ...(found.refused === undefined
        ? { facts: found.facts, served: found.served }
        : { refused: found.refused }),
    };
    const written = await table.put(
      { ...keyOf(record.id), ...settled },
      { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(checkedAt)' },
    );
    if (written.done) return settled;
    if (written.old === undefined) throw new Error('a file that a case names is gone');
    return fileRecord.parse(written.old);
  };

  return { read, claim, settle };
};
