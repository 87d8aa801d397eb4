import { whenContended } from '../kernel/contention.ts';
import type { Item, Table, TransactPart } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';
import { citizenDue, earliestDue } from './clock/clock.ts';
import { caseKey, eventKey, indexKeys, rowOf, textKey } from './keys.ts';
import {
  type CaseEvent,
  type CaseRecord,
  type CaseRow,
  type CaseText,
  caseEvent,
  caseRecord,
  caseRow,
  caseText,
} from './model.ts';

/** Pages of at most 1 MB, some thousand events each. */
const eventPages = 4;
/** Pages of at most 1 MB: more words than a case can ever hold. */
const textPages = 4;

export type CaseStore = ReturnType<typeof caseStore>;

/** Holds only when nobody wrote since the case was read, one `rev` ago. */
const since = (record: CaseRecord) => ({
  ConditionExpression: '#rev = :seen',
  ExpressionAttributeNames: { '#rev': 'rev' },
  values: { ':seen': record.rev - 1 },
});

/** A case as an item: the record, its index keys and the row that lists show. */
export const caseItem = (record: CaseRecord): Item => {
  const due = earliestDue(record.clocks);
  return {
    ...caseKey(record.code),
    ...indexKeys(record, due),
    row: rowOf(record, due, citizenDue(record.clocks)),
    ...record,
  };
};

/** Brings an item of an older schema version to the present one; there is only version 1 so far. */
const upcast = (item: Item): Item => item;

export const parseCase = (item: Item): CaseRecord => caseRecord.parse(upcast(item));

/** The only reader and writer of case, event and text items. */
export const caseStore = (table: Table) => {
  const read = async (code: string): Promise<CaseRecord | undefined> => {
    const item = await table.get(caseKey(code));
    return item === undefined ? undefined : parseCase(item);
  };

  /** Cases by code, at most 100, eventually consistent: for lists of what was found elsewhere. */
  const readMany = async (codes: readonly string[]): Promise<ReadonlyMap<string, CaseRecord>> => {
    const items = codes.length === 0 ? [] : await table.batchGet(codes.map(caseKey), false);
    return new Map(items.map((item) => [String(item['code']), parseCase(item)]));
  };

  /** Puts a new case; answers the one that already holds the code, if any. */
  const create = async (record: CaseRecord): Promise<CaseRecord | undefined> => {
    const written = await table.put(caseItem(record), { ConditionExpression: 'attribute_not_exists(pk)' });
    if (written.done) return undefined;
    if (written.old === undefined) throw new Error('a refused put without the item that refused it');
    return parseCase(written.old);
  };

  /**
   * State and event together or not at all: holds only when nobody wrote since `record.rev - 1` was read.
   * @returns the case as it stands meanwhile, when refused
   */
  const save = async (record: CaseRecord): Promise<CaseRecord | undefined> => {
    const written = await table.put(caseItem(record), since(record));
    if (written.done) return undefined;
    if (written.old === undefined) throw new Error('the case is gone');
    return parseCase(written.old);
  };

  /**
   * Several cases in one write, or none: those that changed each by its `rev`, new ones where nothing stood.
   * @returns false when one of them is no longer as it was read
   */
  const saveTogether = async (
    changed: readonly CaseRecord[],
    created: readonly CaseRecord[],
  ): Promise<boolean> => {
    const parts: TransactPart[] = [
      ...changed.map((record) => ({ put: { item: caseItem(record), ...since(record) } })),
      ...created.map((record) => ({
        put: { item: caseItem(record), ConditionExpression: 'attribute_not_exists(pk)' },
      })),
    ];
    return (await whenContended(() => table.transact(parts))).done;
  };

  /**
   * Words, before the write that references them. The same id is a retry and leaves the first words.
   * @returns the words that already stand there, if any
   */
  const putText = async (code: string, text: CaseText): Promise<CaseText | undefined> => {
    const written = await table.put(
      { ...textKey(code, text.id), ...text },
      { ConditionExpression: 'attribute_not_exists(pk)' },
    );
    return written.done || written.old === undefined ? undefined : caseText.parse(written.old);
  };

  /**
   * Words of a case by id. One query over all of them costs by their size together, where a read of each would cost
   * a unit each; words that no event names are left to whoever asks.
   */
  const texts = async (code: string): Promise<ReadonlyMap<string, CaseText>> => {
    const found = new Map<string, CaseText>();
    let from: Item | undefined;
    for (let page = 0; page < textPages; page += 1) {
      const { items, last } = await table.query({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :text)',
        values: { ':pk': caseKey(code).pk, ':text': 'TEXT#' },
        ConsistentRead: true,
        from,
      });
      for (const item of items) {
        const text = caseText.parse(item);
        found.set(text.id, text);
      }
      if (last === undefined) break;
      from = last;
    }
    return found;
  };

  /** Words by id; undefined where there are none. */
  const text = async (code: string, id: string): Promise<CaseText | undefined> => {
    const item = await table.get(textKey(code, id));
    return item === undefined ? undefined : caseText.parse(item);
  };

  /** Events archived out of the case item, oldest first, from `from` on; at most `eventPages` full pages. */
  const archivedEvents = async (code: string, from = 1): Promise<readonly CaseEvent[]> => {
    const events: CaseEvent[] = [];
    let start: Item | undefined;
    for (let page = 0; page < eventPages; page += 1) {
      const { items, last } = await table.query({
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        values: {
          ':pk': caseKey(code).pk,
          ':from': eventKey(code, from).sk,
          ':to': eventKey(code, 999_999).sk,
        },
        ConsistentRead: true,
        from: start,
      });
      events.push(...items.map((item) => caseEvent.parse(item)));
      if (last === undefined) break;
      start = last;
    }
    return events;
  };

  /** Moves events up to `through` out of the case item; repeating it changes nothing. `rev` moves, `seq` stays. */
  const archive = async (record: CaseRecord, through: number): Promise<boolean> => {
    const old = record.events.filter((event) => event.seq <= through);
    for (const event of old) await table.put({ ...eventKey(record.code, event.seq), ...event });
    const refused = await save({
      ...record,
      rev: record.rev + 1,
      archived: Math.max(record.archived, through),
      events: record.events.filter((event) => event.seq > through),
    });
    return refused === undefined;
  };

  /** Words that no event came to name; gone only if they are still those that were judged. */
  const removeText = async (code: string, id: string, at: Instant): Promise<boolean> =>
    (
      await table.remove(textKey(code, id), {
        ConditionExpression: '#at = :at',
        ExpressionAttributeNames: { '#at': 'at' },
        values: { ':at': at },
      })
    ).done;

  /** Overwrites words for good, the place that came with them included. Repeating changes nothing. */
  const redactText = async (code: string, id: string): Promise<void> => {
    const item = await table.get(textKey(code, id));
    if (item === undefined) return;
    const { place: _, ...text } = caseText.parse(item);
    if (text.redacted === true) return;
    await table.put({ ...textKey(code, id), ...text, body: '', redacted: true });
  };

  return {
    read,
    text,
    readMany,
    create,
    save,
    saveTogether,
    redactText,
    putText,
    texts,
    archivedEvents,
    archive,
    removeText,
  };
};

/** Names of the indexes, as the infrastructure declares them. */
export type CaseIndex = 'gsi1' | 'gsi2' | 'gsi3' | 'gsi5';

/** One page of rows of an index partition, in key order after `after` (exclusive). */
export const listRows = async (
  table: Table,
  index: CaseIndex,
  partition: string,
  after: string | undefined,
  limit: number,
  newestFirst = false,
): Promise<readonly { readonly sort: string; readonly row: CaseRow }[]> => {
  const bound = after === undefined ? '' : ` AND #sk ${newestFirst ? '<' : '>'} :after`;
  const page = await table.query({
    IndexName: index,
    KeyConditionExpression: `#pk = :pk${bound}`,
    ExpressionAttributeNames: { '#pk': `${index}pk`, '#sk': `${index}sk`, '#row': 'row' },
    ProjectionExpression: '#sk, #row',
    values: { ':pk': partition, ...(after === undefined ? {} : { ':after': after }) },
    Limit: limit,
    ScanIndexForward: !newestFirst,
  });
  return page.items.map((item) => ({ sort: String(item[`${index}sk`]), row: caseRow.parse(item['row']) }));
};
