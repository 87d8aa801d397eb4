import * as z from 'zod/mini';
import { areaCode, day, slug } from '../kernel/schema.ts';

/** Who works in a city, and who beside it: the kinds `units` and `outside` of a pack. */
const text = z.string().check(z.minLength(1), z.maxLength(500));

const unitKinds = ['opd', 'bidang', 'uptd', 'bagian', 'kecamatan', 'kelurahan', 'team'] as const;
export const units = z.strictObject({
  source: text,
  units: z.array(
    z.strictObject({
      id: slug,
      name: text,
      short: z.string().check(z.minLength(1), z.maxLength(24)),
      kind: z.enum(unitKinds),
      parent: z.optional(slug),
      /** Its working time; inherited from the parent when absent. */
      calendar: z.optional(slug),
      /** The kecamatan or kelurahan that it governs. */
      area: z.optional(areaCode),
      validFrom: day,
      validTo: z.optional(day),
      successor: z.optional(slug),
      /** Whether its head looks at replies before reporters do; inherited from the parent when absent. */
      approvesReplies: z.optional(z.boolean()),
      contacts: z._default(
        z.strictObject({
          email: z.optional(z.email()),
          phone: z.optional(text),
          telegram: z.optional(text),
          address: z.optional(text),
        }),
        {},
      ),
    }),
  ),
});

export const outside = z.strictObject({
  source: z.optional(text),
  bodies: z.array(z.strictObject({ id: slug, name: text, handles: text, contact: z.optional(text) })),
});
