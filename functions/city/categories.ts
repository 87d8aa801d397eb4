import * as z from 'zod/mini';
import { slug } from '../kernel/schema.ts';

/** What citizens report, and in which words: the kind `categories` of a pack. */
const names = z.strictObject({ id: z.string(), en: z.string() });
const text = z.string().check(z.minLength(1), z.maxLength(500));

const keyword = z.string().check(z.minLength(2), z.maxLength(60));
export const categories = z.strictObject({
  /** Below this confidence (0–1) nothing is proposed: a wrong unit is worse than none. */
  threshold: z.number().check(z.gte(0), z.lte(1)),
  /** Spellings as people write them → the word that keywords use: `jln` → `jalan`, `indak` → `tidak`. */
  spellings: z.record(z.string(), z.string()),
  /** How the region's speech differs from Indonesian, tried on a word that is known neither way: `-uang` → `-ung`. */
  shifts: z._default(
    z
      .array(
        z.strictObject({
          at: z.enum(['start', 'end']),
          from: z.string().check(z.regex(/^[a-z]{1,6}$/)),
          to: z.string().check(z.regex(/^[a-z]{0,6}$/)),
        }),
      )
      .check(z.maxLength(60)),
    [],
  ),
  /** Words of the region's speech that say nothing of the matter, beside the Indonesian ones: `nan`, `uda`. */
  fillers: z._default(z.array(z.string().check(z.regex(/^[a-z]{1,20}$/))).check(z.maxLength(200)), []),
  /** Endings of the region's speech that stand where Indonesian has `-nya`: `-nyo`. */
  clitics: z._default(z.array(z.string().check(z.regex(/^[a-z]{2,5}$/))).check(z.maxLength(20)), []),
  groups: z.array(
    z.strictObject({
      id: slug,
      names,
      categories: z
        .array(
          z.strictObject({
            id: slug,
            names,
            /** Words or phrases; a phrase counts more than a word, a word that few categories share more. */
            keywords: z.array(keyword).check(z.minLength(1)),
            /** Words that speak against this category. */
            against: z._default(z.array(keyword), []),
            examples: z.array(text).check(z.minLength(1)),
            /** `direct`: assigned by the system at once, its rule as reason. `certain`: after a day that nobody used. */
            dispatch: z.enum(['direct', 'certain', 'triage']),
            confidential: z._default(z.boolean(), false),
            /** Danger to life: the emergency numbers are shown first. */
            emergency: z._default(z.boolean(), false),
            /** Metres within which two reports may speak of the same thing; 100 when absent. */
            radius: z.optional(z.int().check(z.gte(10), z.lte(5000))),
            oversight: z._default(z.boolean(), false),
          }),
        )
        .check(z.minLength(1)),
    }),
  ),
});
