import * as z from 'zod/mini';
import { caseKey } from '../cases/keys.ts';
import type { Table } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';

const mark = z.object({ pk: z.string(), seq: z.int() });

const relayMarkKey = (code: string) => ({ pk: caseKey(code).pk, sk: 'MARK#relay' });

export type RelayMarks = ReturnType<typeof relayMarks>;

/**
 * How far each case has been published: every event up to the mark went out. Who moves it has published everything
 * between a mark that was read and the new one, so a gap never hides behind it.
 */
export const relayMarks = (table: Table) => {
  /** Marks of at most 100 cases; one that was never published is not in it. */
  const read = async (codes: readonly string[]): Promise<ReadonlyMap<string, number>> => {
    const items = await table.batchGet(codes.map(relayMarkKey));
    return new Map(
      items.map((item) => {
        const { pk, seq } = mark.parse(item);
        return [pk.slice(caseKey('').pk.length), seq] as const;
      }),
    );
  };

  /** Moves a mark forward, never back: another run may have come further meanwhile. */
  const advance = async (code: string, to: number, at: Instant): Promise<void> => {
    await table.update(relayMarkKey(code), {
      UpdateExpression: 'SET v = :v, #seq = :to, #at = :at',
      ConditionExpression: 'attribute_not_exists(#seq) OR #seq < :to',
      ExpressionAttributeNames: { '#seq': 'seq', '#at': 'at' },
      values: { ':v': 1, ':to': to, ':at': at },
    });
  };

  /**
   * Moves the marks of at most 25 cases in one call, which can carry no condition. A slower run that so puts a mark
   * back has the next event publish again what went out, which every reader bears; it never hides a gap.
   */
  const advanceAll = (to: ReadonlyMap<string, number>, at: Instant): Promise<void> =>
    table.batchPut([...to].map(([code, seq]) => ({ ...relayMarkKey(code), v: 1, seq, at })));

  return { read, advance, advanceAll };
};
