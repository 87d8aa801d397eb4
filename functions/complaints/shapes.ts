import * as z from 'zod/mini';
import { filesAtOnce } from '../attachments/model.ts';
import { reportKinds } from '../city/kinds.ts';
import { roadClasses } from '../city/schema.ts';
import { areaCode, instant, point, slug, words } from '../kernel/schema.ts';
import { contact } from '../people/contact.ts';

export const kinds = reportKinds;
/** Where a complaint came in when staff record it for a citizen (`domain`: channels of origin). */
export const origins = [
  'app',
  'web',
  'counter',
  'phone',
  'whatsapp',
  'instagram',
  'letter',
  'lapor',
  'mayor',
] as const;

/** At least one of point, address, kelurahan or landmark; said by the rule in operations, named per field. */
export const place = z.strictObject({
  point: z.optional(point),
  area: z.optional(areaCode),
  address: z.optional(words(3, 200)),
  landmark: z.optional(words(3, 200)),
  rt: z.optional(z.string().check(z.regex(/^\d{1,3}$/, 'number3'))),
  rw: z.optional(z.string().check(z.regex(/^\d{1,3}$/, 'number3'))),
});

export const filing = {
  text: words(10, 5000),
  kind: z._default(z.enum(kinds), 'complaint'),
  place: z.optional(place),
  category: z.optional(slug),
  /** Whose road it is about, where whoever files knows. */
  roadClass: z.optional(z.enum(roadClasses)),
  /** Hides what: only coordinator, inspector, head and assignee read it. */
  confidential: z._default(z.boolean(), false),
  /** Alleges misconduct: goes to the Inspektorat without triage. */
  oversight: z._default(z.boolean(), false),
  /** Whom it is about, when that is one of those with a named substitute (Kominfo, Inspektorat, Sekda, mayor). */
  about: z.optional(slug),
  /** Hides who: no reveal, even on request. */
  anonymous: z._default(z.boolean(), false),
  contact: z.optional(contact),
  /** Ids of uploads, as the upload answered them; they may still be on their way. */
  files: z.optional(
    z.array(z.string().check(z.minLength(22), z.maxLength(300))).check(z.maxLength(filesAtOnce)),
  ),
};

/** Where a report is looked for, and what it is about: by category, else as its text suggests. */
export const sought = {
  text: z.optional(words(10, 5000)),
  category: z.optional(slug),
  kind: z._default(z.enum(kinds), 'complaint'),
  place,
};

export const explained = z.object({
  code: z.string(),
  pin: z.string(),
  state: z.string(),
  filedAt: instant,
  /** What the citizen is promised: the earlier of the two limits; UTC, never reset by routing. */
  due: instant,
  limits: z.object({ promise: z.nullable(instant), outer: z.nullable(instant) }),
  area: z.object({
    code: z.nullable(z.string()),
    name: z.nullable(z.string()),
    how: z.enum(['given', 'boundary', 'nearest', 'address', 'outside', 'unknown']),
  }),
  category: z.object({
    id: z.nullable(z.string()),
    name: z.nullable(z.string()),
    by: z.enum(['reporter', 'suggested', 'none']),
    confidence: z.number(),
    reasons: z.array(z.string()),
  }),
  /** Set at once only for a category marked `direct`; otherwise the coordinator assigns. */
  unit: z.nullable(z.object({ id: z.string(), name: z.string() })),
  /** Shown first when the text speaks of danger to life. */
  emergency: z.nullable(
    z.object({ message: z.string(), numbers: z.array(z.object({ name: z.string(), number: z.string() })) }),
  ),
  track: z.string(),
});
