import * as z from 'zod/mini';
import { slug } from '../kernel/schema.ts';

const text = (max: number) => z.string().check(z.minLength(2), z.maxLength(max));
const names = z.strictObject({ id: text(300), en: text(300) });

/**
 * Who answers requests for information in a city, and what asking costs: the kind `ppid` of a pack. A city that names no
 * PPID takes no such request here (UU 14/2008 article 13; people and their positions are staff records).
 */
export const ppid = z.strictObject({
  /** The unit of PPID Utama: every request begins there. */
  unit: slug,
  /** Where one may come in person, and when. */
  office: z.strictObject({ address: text(300), hours: names }),
  /** What copying and sending may cost, rupiah a piece; asking is free (article 21). */
  copies: z
    .array(z.strictObject({ what: names, rupiah: z.int().check(z.gte(0), z.lte(10_000_000)) }))
    .check(z.maxLength(20)),
  /** The Information Commission in charge: who is not satisfied by the superior's answer goes there (article 37). */
  commission: z.strictObject({ name: text(120), address: text(300) }),
});
export type Ppid = z.output<typeof ppid>;
