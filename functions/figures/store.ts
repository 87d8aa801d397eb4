import * as z from 'zod/mini';
import { whenContended } from '../kernel/contention.ts';
import type { Item, Table, TransactPart } from '../kernel/table.ts';
import { contributionVersion, type Figures, sum } from './contribution.ts';
import { contributionKey, counterKey } from './keys.ts';

const contribution = z.object({
  pk: z.string(),
  /** Version of the rules that made it. */
  v: z.int(),
  /** `seq` of the case that it was made from. */
  seq: z.int(),
  /** Counts writes of this record; every write is conditional on the one that was read. */
  rev: z.int(),
  figures: z.record(z.string(), z.record(z.string(), z.number())),
});
export type Contribution = Omit<z.output<typeof contribution>, 'pk'>;

/** A case's new contribution, the one that was read, and what that changes in the counters. */
export interface Move {
  readonly code: string;
  readonly seq: number;
  readonly figures: Figures;
  readonly was: Contribution | undefined;
  readonly change: Figures;
}

/** A unit's counters within one partition. */
export interface Row {
  /** Unit, or `triage`; in the parts of people, areas and validating units what `partRow` makes. */
  readonly unit: string;
  readonly counts: Readonly<Record<string, number>>;
}

const counterItem = z.catchall(z.object({ pk: z.string(), sk: z.string() }), z.number());
const rowIn = (item: Item): Row => {
  const { pk: _, sk, ...counts } = counterItem.parse(item);
  return { unit: sk, counts };
};

/** A page is 1 MB: some 2,000 units. More pages than this is no city. */
const pagesLimit = 8;

/** A transaction has at most this many parts. */
export const partsLimit = 100;

export type FigureStore = ReturnType<typeof figureStore>;

/** Contribution records and counters: the only file that knows their expressions. */
export const figureStore = (table: Table) => {
  /** Strongly read; at most 100 cases. */
  const contributions = async (codes: readonly string[]): Promise<ReadonlyMap<string, Contribution>> => {
    const items = await table.batchGet(codes.map(contributionKey));
    return new Map(
      items.map((item) => {
        const { pk, ...rest } = contribution.parse(item);
        return [pk.slice('C#'.length), rest] as const;
      }),
    );
  };

  /**
   * Contributions and counters together or not at all.
   * @returns false when one of the contributions is no longer the one that was read
   */
  const write = async (moves: readonly Move[]): Promise<boolean> => {
    const counters = Object.entries(sum(moves.map((move) => move.change)));
    const parts = [...moves.map(remember), ...counters.map(count)];
    return (await whenContended(() => table.transact(parts))).done;
  };

  /** All units of a month or of now, for one circle of readers. Eventually consistent: half the read units. */
  const rows = async (partition: string): Promise<readonly Row[]> => {
    const found: Row[] = [];
    let from: Awaited<ReturnType<Table['query']>>['last'];
    for (let page = 0; page < pagesLimit; page += 1) {
      const { items, last } = await table.query({
        KeyConditionExpression: 'pk = :pk',
        values: { ':pk': partition },
        from,
      });
      found.push(...items.map(rowIn));
      if (last === undefined) return found;
      from = last;
    }
    throw new Error(`${partition} has more units than a city`);
  };

  /** Rows of a partition that begin with `prefix`: one person's, one area's. One query, some hundred bytes. */
  const rowsOf = async (partition: string, prefix: string): Promise<readonly Row[]> => {
    const { items } = await table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      values: { ':pk': partition, ':prefix': prefix },
    });
    return items.map(rowIn);
  };

  /** Takes attributes out that are 0, all of them or (when one is not 0 any more) none. At most 50. */
  const removeZeros = async (
    partition: string,
    unit: string,
    attributes: readonly string[],
  ): Promise<boolean> => {
    const { done } = await table.update(
      { pk: partition, sk: unit },
      {
        UpdateExpression: `REMOVE ${attributes.map((_, i) => `#a${i}`).join(', ')}`,
        ConditionExpression: attributes.map((_, i) => `#a${i} = :zero`).join(' AND '),
        ExpressionAttributeNames: Object.fromEntries(attributes.map((name, i) => [`#a${i}`, name])),
        values: { ':zero': 0 },
      },
    );
    return done;
  };

  /** Takes a whole item out whose number is 0. */
  const removeRow = async (partition: string, row: string, attribute: string): Promise<boolean> =>
    (
      await table.remove(
        { pk: partition, sk: row },
        {
          ConditionExpression: '#n = :zero',
          ExpressionAttributeNames: { '#n': attribute },
          values: { ':zero': 0 },
        },
      )
    ).done;

  return { contributions, write, rows, rowsOf, removeZeros, removeRow };
};

const remember = ({ code, seq, figures, was }: Move): TransactPart => {
  const item = { ...contributionKey(code), v: contributionVersion, seq, rev: (was?.rev ?? 0) + 1, figures };
  return was === undefined
    ? { put: { item, ConditionExpression: 'attribute_not_exists(pk)' } }
    : {
        put: {
          item,
          ConditionExpression: '#rev = :rev',
          ExpressionAttributeNames: { '#rev': 'rev' },
          values: { ':rev': was.rev },
        },
      };
};

const count = ([name, item]: readonly [string, Readonly<Record<string, number>>]): TransactPart => {
  const attributes = Object.entries(item);
  return {
    update: {
      key: counterKey(name),
      UpdateExpression: `ADD ${attributes.map((_, i) => `#a${i} :n${i}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(attributes.map(([attribute], i) => [`#a${i}`, attribute])),
      values: Object.fromEntries(attributes.map(([, n], i) => [`:n${i}`, n])),
    },
  };
};
