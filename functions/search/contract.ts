import * as z from 'zod/mini';
import { contract, staff } from '../kernel/contract.ts';
import { cursor, instant, pageSize, slug, words } from '../kernel/schema.ts';

const month = z.optional(z.string().check(z.regex(/^20\d{2}-(0[1-9]|1[0-2])$/)));
const named = z.object({ id: z.string(), name: z.string() });

const hit = z.object({
  code: z.string(),
  kind: z.string(),
  state: z.string(),
  seq: z.int(),
  excerpt: z.string(),
  category: z.nullable(named),
  area: z.nullable(named),
  unit: z.nullable(named),
  flags: z.object({
    anonymous: z.boolean(),
    confidential: z.boolean(),
    oversight: z.boolean(),
    emergency: z.boolean(),
  }),
  filedAt: instant,
  closedAt: z.nullable(instant),
});

export const search = contract({
  feature: 'search',
  operations: {
    searchCases: {
      method: 'GET',
      path: '/v1/desk/search',
      who: staff(),
      summary: {
        id: 'Cari laporan dengan kata atau kode lacak, terbaru dahulu',
        en: 'Find cases by words or tracking code, newest first',
      },
      query: z.strictObject({
        /** Every word in some form; a last one ending in `*` is the beginning of one. Or a tracking code. */
        q: words(2, 120),
        /** Months of filing, both included. */
        from: month,
        to: month,
        /** Only this unit and those below it. */
        unit: z.optional(slug),
        cursor: z.optional(cursor),
        size: pageSize,
      }),
      status: 200,
      response: z.object({
        cases: z.array(hit),
        next: z.nullable(z.string()),
        /** The search met its bound before the page was full: ask with more or rarer words, or fewer months. */
        narrow: z.boolean(),
      }),
      errors: ['searchWords', 'monthsReversed', 'badCursor', 'unknownUnit'],
    },
  },
});
