import { wakeIndex } from '../../cases/keys.ts';
import type { Item, Table } from '../../kernel/table.ts';
import type { Instant } from '../../kernel/time.ts';

export interface WakePage {
  readonly codes: readonly string[];
  /** Where the shard goes on; undefined at its end. */
  readonly next: Item | undefined;
}

/** One page of the cases of a shard that wake at `now` or before, the longest waiting first; read eventually. */
export type Waking = (shard: number, now: Instant, from: Item | undefined) => Promise<WakePage>;

export const waking =
  (table: Table, pageSize: number): Waking =>
  async (shard, now, from) => {
    const { items, last } = await table.query({
      IndexName: 'gsi4',
      KeyConditionExpression: 'gsi4pk = :shard AND gsi4sk < :end',
      // `$` is the character after the `#` that ends the instant in `<wakeAt>#<code>`.
      values: { ':shard': wakeIndex(shard), ':end': `${now}$` },
      Limit: pageSize,
      from,
    });
    return { codes: items.map((item) => String(item['pk']).slice('C#'.length)), next: last };
  };
