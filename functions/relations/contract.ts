import * as z from 'zod/mini';
import { codePattern } from '../kernel/code.ts';
import { contract, staff } from '../kernel/contract.ts';
import { reportProblems } from '../kernel/report-problems.ts';
import { slug, words } from '../kernel/schema.ts';

const code = z.string().check(z.regex(codePattern));
const params = z.strictObject({ code });
const text = words(2, 5000);
const acted = z.object({ code: z.string(), seq: z.int(), state: z.string() });
const acting = [
  'notFound',
  'forbidden',
  'wrongState',
  'staleVersion',
  'keyReused',
  'invalidInput',
  'handledAlone',
  'caseFull',
  'busy',
] as const;
const changing = { who: staff(), params, idempotent: true, ifMatch: true, status: 200 } as const;

/** Cases that concern each other. Each operation writes both sides at once, or nothing. */
export const relations = contract({
  feature: 'relations',
  problems: reportProblems,
  operations: {
    mergeCase: {
      method: 'POST',
      path: '/v1/desk/cases/{code}/actions/merge',
      ...changing,
      summary: {
        id: 'Gabungkan laporan ke laporan lain tentang hal yang sama',
        en: 'Merge a case into another one about the same thing',
      },
      body: z.strictObject({ into: code, text }),
      response: acted,
      errors: [...acting, 'hasOthers', 'notMergeable', 'tooManyMerged'],
    },
    unmergeCase: {
      method: 'POST',
      path: '/v1/desk/cases/{code}/actions/unmerge',
      ...changing,
      summary: { id: 'Batalkan penggabungan', en: 'Undo a merging' },
      body: z.strictObject({ text }),
      response: acted,
      errors: acting,
    },
    splitCase: {
      method: 'POST',
      path: '/v1/desk/cases/{code}/actions/split',
      ...changing,
      summary: {
        id: 'Beri bagian laporan kepada unit lain, sebagai laporan anak',
        en: 'Give a part of a case to another unit, as a case of its own',
      },
      body: z.strictObject({ unit: slug, text, own: z.optional(z.boolean()) }),
      response: z.object({ ...acted.shape, part: z.string() }),
      errors: [...acting, 'unknownUnit', 'partOfOther', 'tooManyParts', 'clockMissing'],
    },
  },
});
