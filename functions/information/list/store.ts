import type { Item, Table } from '../../kernel/table.ts';
import { type ListItem, listItem } from './model.ts';
import { itemsLimit } from './rules.ts';

const itemKey = (id: string) => ({ pk: 'PPIDLIST', sk: id });
const versionKey = (id: string, rev: number) => ({
  pk: `PPIDITEM#${id}`,
  sk: `V#${String(rev).padStart(6, '0')}`,
});

/** Pages of at most 1 MB: more than the most items of the longest words. */
const pages = 16;

export type ListStore = ReturnType<typeof listStore>;

/** The only reader and writer of the public list of information. */
export const listStore = (table: Table) => {
  const read = async (id: string): Promise<ListItem | undefined> => {
    const item = await table.get(itemKey(id));
    return item === undefined ? undefined : listItem.parse(item);
  };

  /** Every item of the list, eventually consistent: some 0.15 units an item. */
  const all = async (): Promise<readonly ListItem[]> => {
    const found: ListItem[] = [];
    let from: Item | undefined;
    for (let page = 0; page < pages && found.length < itemsLimit; page += 1) {
      const { items, last } = await table.query({
        KeyConditionExpression: 'pk = :pk',
        values: { ':pk': itemKey('').pk },
        from,
      });
      found.push(...items.map((item) => listItem.parse(item)));
      if (last === undefined) break;
      from = last;
    }
    return found;
  };

  /** What it said before stays readable: who wants to know what was public finds it. */
  const keep = (item: ListItem) => table.put({ ...versionKey(item.id, item.rev), ...item });

  /** @returns the item that already stands there, if any */
  const create = async (item: ListItem): Promise<ListItem | undefined> => {
    const written = await table.put(
      { ...itemKey(item.id), ...item },
      { ConditionExpression: 'attribute_not_exists(pk)' },
    );
    if (!written.done && written.old !== undefined) return listItem.parse(written.old);
    await keep(item);
    return undefined;
  };

  /** Holds only when nobody changed it since `rev - 1`. @returns the item as it stands meanwhile, when refused */
  const save = async (item: ListItem): Promise<ListItem | undefined> => {
    const written = await table.put(
      { ...itemKey(item.id), ...item },
      {
        ConditionExpression: '#rev = :seen',
        ExpressionAttributeNames: { '#rev': 'rev' },
        values: { ':seen': item.rev - 1 },
      },
    );
    if (!written.done && written.old !== undefined) return listItem.parse(written.old);
    await keep(item);
    return undefined;
  };

  return { read, all, create, save };
};
