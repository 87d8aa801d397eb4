import type { Keys } from '../kernel/keys.ts';
import { conceal, reveal } from '../kernel/token.ts';

/** How long a report that was shown as similar can be joined. */
export const joinRefSeconds = 3600;
const bound = 'join';

/** Stands for a report that may be joined, without telling its code: encrypted, and good for an hour. */
export const joinRef = (keys: Keys, code: string, nowSeconds: number): string =>
  conceal(keys, `${nowSeconds + joinRefSeconds}|${code}`, bound);

/** The code that a reference stands for; undefined when it is too old or not ours. */
export const readJoinRef = (keys: Keys, ref: string, nowSeconds: number): string | undefined => {
  const [end, code] = reveal(keys, ref, bound)?.split('|') ?? [];
  return code !== undefined && Number(end) > nowSeconds ? code : undefined;
};
