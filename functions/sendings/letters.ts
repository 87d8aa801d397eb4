import * as z from 'zod/mini';
import { instant } from '../kernel/schema.ts';
import type { Table } from '../kernel/table.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';
import { confirmSeconds } from './links.ts';

const list = 'LETTERS';
const letter = z.object({ sk: z.string(), id: z.string(), at: instant });
/** A letter that asks a subscriber to confirm their address. It names the subscriber and no address. */
export type Letter = z.output<typeof letter>;

export type LetterStore = ReturnType<typeof letterStore>;

/** Letters that are to be sent, the oldest first. */
export const letterStore = (table: Pick<Table, 'put' | 'query' | 'remove'>) => {
  const add = async (id: string, at: Instant): Promise<void> => {
    await table.put({ pk: list, sk: `${at}#${id}`, v: 1, id, at, expires: toSeconds(at) + confirmSeconds });
  };

  const waiting = async (limit: number): Promise<readonly Letter[]> => {
    const { items } = await table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': list },
      ConsistentRead: true,
      Limit: limit,
    });
    return items.map((item) => letter.parse(item));
  };

  const remove = async ({ sk }: Letter): Promise<void> => {
    await table.remove({ pk: list, sk });
  };

  return { add, waiting, remove };
};
