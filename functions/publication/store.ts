import * as z from 'zod/mini';
import type { CaseRecord } from '../cases/model.ts';
import type { Item, Table } from '../kernel/table.ts';
import { type GoneCopy, goneCopy, monthOf, type PublicCopy, publicCopy } from './copy.ts';

/** Published cases by the month in which they were first published, and the list of those months. */
const listKey = (month: string): string => `PUB#${month}`;
const monthsKey = 'PUB';
const keyOf = ({ at, code }: Pick<PublicCopy, 'at' | 'code'>) => ({
  pk: listKey(monthOf(at)),
  sk: `${at}#${code}`,
});

const seen = z.object({ seq: z.int() });

export interface Placed {
  /** Place in the order of its month. */
  readonly sort: string;
  /** Undefined where a case was that is no longer public. */
  readonly copy: PublicCopy | undefined;
}

export type PublicStore = ReturnType<typeof publicStore>;

/** The only reader and writer of `PUB#` items. */
export const publicStore = (table: Table) => {
  const noted = new Set<string>();

  /** Months are listed before anything lies in them, so that what lies there is always found. */
  const note = async (month: string): Promise<void> => {
    if (noted.has(month)) return;
    await table.put({ pk: monthsKey, sk: month, v: 1 });
    noted.add(month);
  };

  /**
   * Puts a copy in its place unless a later state of the case stands there already, whatever the order in which
   * writers come. A case keeps one place for good, so nothing of it can lie elsewhere.
   * @returns false when nothing changed
   */
  const write = async (copy: PublicCopy | GoneCopy): Promise<boolean> => {
    if (!('gone' in copy)) await note(monthOf(copy.at));
    const written = await table.put(
      { ...keyOf(copy), ...copy },
      {
        ConditionExpression: 'attribute_not_exists(pk) OR #seq < :seq',
        ExpressionAttributeNames: { '#seq': 'seq' },
        values: { ':seq': copy.seq },
      },
    );
    return written.done;
  };

  /** `seq` of the case when it was copied; undefined where there is no copy. */
  const seqOf = async (place: Pick<PublicCopy, 'at' | 'code'>): Promise<number | undefined> => {
    const item = await table.get(keyOf(place));
    return item === undefined ? undefined : seen.parse(item).seq;
  };

  const parsed = (item: Item): PublicCopy | undefined =>
    goneCopy.safeParse(item).success ? undefined : publicCopy.parse(item);

  /** Newest first, those before `before` alone. */
  const ofMonth = async (
    month: string,
    before: string | undefined,
    limit: number,
  ): Promise<readonly Placed[]> => {
    const { items } = await table.query({
      KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
      values: { ':pk': listKey(month), ...(before === undefined ? {} : { ':before': before }) },
      Limit: limit,
      ScanIndexForward: false,
    });
    return items.map((item) => ({ sort: String(item['sk']), copy: parsed(item) }));
  };

  /** Months in which something was published, newest first, up to `until`; a city has twelve a year. */
  const months = async (until = '9999-12', limit = 120): Promise<readonly string[]> => {
    const { items } = await table.query({
      KeyConditionExpression: 'pk = :pk AND sk <= :until',
      values: { ':pk': monthsKey, ':until': until },
      Limit: limit,
      ScanIndexForward: false,
    });
    return items.map((item) => String(item['sk']));
  };

  /** Copies of these cases in their order, at most 100; those that have none are left out. */
  const ofCases = async (
    records: readonly Pick<CaseRecord, 'code' | 'published'>[],
  ): Promise<readonly PublicCopy[]> => {
    const keys = records.flatMap(({ code, published }) =>
      published === undefined ? [] : [keyOf({ code, at: published.at })],
    );
    const items = keys.length === 0 ? [] : await table.batchGet(keys, false);
    const copies = new Map(
      items.map(parsed).flatMap((copy) => (copy === undefined ? [] : [[copy.code, copy]])),
    );
    return records.flatMap(({ code }) => copies.get(code) ?? []);
  };

  return { write, seqOf, ofMonth, ofCases, months };
};
