import * as z from 'zod/mini';
import type { Item, Table } from '../kernel/table.ts';

const partition = 'CLICKS';
const clicked = z.object({ month: z.string(), code: z.string(), clicks: z.int() });
export type Clicked = z.output<typeof clicked>;

/** A year of two hundred services is far below one page of 1 MB. */
const pagesLimit = 4;

export type ClickStore = ReturnType<typeof clickStore>;

/** How often links to national systems were followed: a number a month and service, nothing of who. */
export const clickStore = (table: Table) => {
  /** @param month `yyyy-mm` */
  const count = async (code: string, month: string): Promise<void> => {
    await table.update(
      { pk: partition, sk: `${month}#${code}` },
      {
        UpdateExpression: 'SET v = :v, #month = :month, code = :code ADD clicks :one',
        ExpressionAttributeNames: { '#month': 'month' },
        values: { ':v': 1, ':month': month, ':code': code, ':one': 1 },
      },
    );
  };

  /** Months in order, services within them. */
  const between = async (from: string, to: string): Promise<readonly Clicked[]> => {
    const found: Clicked[] = [];
    let after: Item | undefined;
    for (let page = 0; page < pagesLimit; page += 1) {
      const { items, last } = await table.query({
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        values: { ':pk': partition, ':from': from, ':to': `${to}#~` },
        from: after,
      });
      found.push(...items.map((item) => clicked.parse(item)));
      if (last === undefined) return found;
      after = last;
    }
    throw new Error('more clicks than a year of a catalogue can have');
  };

  return { count, between };
};
