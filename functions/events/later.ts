import * as z from 'zod/mini';
import { pad } from '../cases/keys.ts';
import type { Table } from '../kernel/table.ts';
import type { Instant } from '../kernel/time.ts';

const partition = 'LATER';

const waiting = z.object({
  v: z.literal(1),
  sk: z.string(),
  code: z.string(),
  seq: z.int(),
  recipient: z.string(),
  at: z.string(),
});
/** A notice that waits for its moment: the end of quiet hours, or another try at a channel that was down. */
export type Waiting = Pick<z.output<typeof waiting>, 'code' | 'seq' | 'recipient' | 'at'>;
export type Found = Waiting & { readonly sk: string };

const sortOf = ({ at, code, seq, recipient }: Waiting): string => `${at}#${code}#${pad(seq)}#${recipient}`;

export type LaterStore = ReturnType<typeof laterStore>;

/**
 * The list of notices that wait, by their moment. One partition: it takes a thousand writes a second, and what is
 * read every few minutes is its beginning alone (docs/adr/0091-quiet-hours.md).
 */
export const laterStore = (table: Pick<Table, 'put' | 'query' | 'remove'>) => {
  /** Notes one; the same notice for the same moment is one item. */
  const add = async (notice: Waiting): Promise<void> => {
    const { at, code, seq, recipient } = notice;
    await table.put({ pk: partition, sk: sortOf(notice), v: 1, code, seq, recipient, at });
  };

  /** What is due by `now`, the longest waiting first. */
  const due = async (now: Instant, limit: number): Promise<readonly Found[]> => {
    const { items } = await table.query({
      KeyConditionExpression: 'pk = :pk AND sk < :end',
      values: { ':pk': partition, ':end': `${now}$` },
      Limit: limit,
    });
    return items.map((item) => waiting.parse(item));
  };

  const remove = async ({ sk }: Pick<Found, 'sk'>): Promise<void> => {
    await table.remove({ pk: partition, sk });
  };

  return { add, due, remove };
};

/** Seconds until a channel that did not take a notice is asked again: 5 minutes, doubling to 2 hours. */
const firstWait = 300;
const longestWait = 7200;
/** About three days of trying; somebody would have answered the alarm. */
const triesLimit = 40;

/** How long to wait after `tries` tries; undefined gives up. */
export const waitAfter = (tries: number): number | undefined =>
  tries >= triesLimit ? undefined : Math.min(longestWait, firstWait * 2 ** Math.max(0, tries - 1));
