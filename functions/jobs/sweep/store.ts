import { wakeIndex } from '../../cases/keys.ts';
import type { Item, Table } from '../../kernel/table.ts';
import type { Instant } from '../../kernel/time.ts';

/** A case that wakes, and when it should have. */
export interface Woken {
  readonly code: string;
  readonly at: Instant;
}

export interface WakePage {
  readonly cases: readonly Woken[];
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
    const cases = items.map((item) => ({
      code: String(item['pk']).slice('C#'.length),
      at: String(item['gsi4sk']).split('#')[0] ?? now,
    }));
    return { cases, next: last };
  };
