import * as z from 'zod/mini';
import type { Table } from '../kernel/table.ts';
import { type Instant, toSeconds } from '../kernel/time.ts';

const noted = z.object({ fingerprint: z.string(), codes: z.array(z.string()), more: z.boolean() });
export type Noted = Pick<z.output<typeof noted>, 'codes' | 'more'>;

/** A call may be repeated for this long. */
const keptSeconds = 7 * 86_400;

const handoverKey = (id: string) => ({ pk: `HANDOVER#${id}`, sk: 'CASES' });

export type HandoverStore = ReturnType<typeof handoverStore>;

/** Which cases a hand-over takes, kept under its command for a week. */
export const handoverStore = (table: Pick<Table, 'get' | 'put'>) => ({
  /** What was noted first for this command; undefined when that was another one with the same key. */
  note: async (
    id: string,
    fingerprint: string,
    now: Instant,
    choose: () => Promise<Noted>,
  ): Promise<Noted | undefined> => {
    const key = handoverKey(id);
    const known = await table.get(key);
    if (known !== undefined) return same(known, fingerprint);
    const chosen = await choose();
    const item = { ...key, v: 1, fingerprint, ...chosen, expires: toSeconds(now) + keptSeconds };
    const written = await table.put(item, { ConditionExpression: 'attribute_not_exists(pk)' });
    return written.done ? chosen : same(written.old, fingerprint);
  },
});

const same = (item: unknown, fingerprint: string): Noted | undefined => {
  const { fingerprint: first, codes, more } = noted.parse(item);
  return first === fingerprint ? { codes, more } : undefined;
};
