import type { Item, Key, Table } from './table.ts';

interface Ask {
  readonly key: Key;
  readonly resolve: (item: Item | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** What the table takes in one call. */
const atOnce = 100;

const nameOf = ({ pk, sk }: Pick<Key, 'pk' | 'sk'>): string => `${pk}\n${sk}`;

/**
 * A table that asks in one call for all items that are asked for within one turn of the event loop: for jobs that work
 * on many messages side by side. It costs the same read units in fewer calls; where the one call fails, all of its
 * askers fail, so a request is better off without it.
 */
export const together = <T extends Pick<Table, 'get' | 'batchGet'>>(table: T): T => {
  const collect = (consistent: boolean) => {
    let waiting: Ask[] = [];
    const fetch = async (asks: readonly Ask[], keys: readonly Key[]): Promise<void> => {
      const [key] = keys;
      if (key === undefined) return;
      try {
        const items =
          keys.length === 1
            ? [await table.get(key, consistent)].filter((item) => item !== undefined)
            : await table.batchGet(keys, consistent);
        const found = new Map(items.map((item) => [nameOf(item as unknown as Key), item]));
        for (const ask of asks) ask.resolve(found.get(nameOf(ask.key)));
      } catch (error) {
        for (const ask of asks) ask.reject(error);
      }
    };
    const send = (): void => {
      const asks = waiting;
      waiting = [];
      const keys = [...new Map(asks.map(({ key }) => [nameOf(key), key])).values()];
      for (let i = 0; i < keys.length; i += atOnce) {
        const group = keys.slice(i, i + atOnce);
        const names = new Set(group.map(nameOf));
        void fetch(
          asks.filter(({ key }) => names.has(nameOf(key))),
          group,
        );
      }
    };
    return (key: Key): Promise<Item | undefined> =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(send);
        waiting.push({ key, resolve, reject });
      });
  };
  const [eventual, strong] = [collect(false), collect(true)];
  return { ...table, get: (key, consistent = true) => (consistent ? strong(key) : eventual(key)) };
};
