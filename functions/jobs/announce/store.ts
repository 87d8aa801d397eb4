import { ownStepId } from '../../cases/own-step.ts';
import type { Table } from '../../kernel/table.ts';

/** A link is remembered for as long as any list still names it. */
const keptSeconds = 7 * 86_400;
const keyOf = (link: string) => ({ pk: `ANNFEED#${ownStepId('feed', link)}`, sk: 'SEEN' });

/** Links of warnings that were read already. The only owner of `ANNFEED#` items. */
export const seenStore = (table: Pick<Table, 'get' | 'put'>) => ({
  has: async (link: string, nowSeconds: number): Promise<boolean> => {
    const item = await table.get(keyOf(link), false);
    return typeof item?.['expires'] === 'number' && item['expires'] > nowSeconds;
  },
  add: async (link: string, nowSeconds: number): Promise<void> => {
    await table.put({ ...keyOf(link), v: 1, expires: nowSeconds + keptSeconds });
  },
});
export type SeenStore = ReturnType<typeof seenStore>;
