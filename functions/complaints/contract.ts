import * as z from 'zod/mini';
import { filesAtOnce } from '../attachments/model.ts';
import { roadClasses } from '../city/schema.ts';
import { anyone, citizen, contract, type Operation, staff } from '../kernel/contract.ts';
import { areaCode, cursor, instant, instantIn, point, slug, words } from '../kernel/schema.ts';
import { contact } from '../people/contact.ts';

export const kinds = ['complaint', 'aspiration', 'question'] as const;
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
const place = z.strictObject({
  point: z.optional(point),
  area: z.optional(areaCode),
  address: z.optional(words(3, 200)),
  landmark: z.optional(words(3, 200)),
  rt: z.optional(z.string().check(z.regex(/^\d{1,3}$/, 'number3'))),
  rw: z.optional(z.string().check(z.regex(/^\d{1,3}$/, 'number3'))),
});

const filing = {
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
const sought = {
  text: z.optional(words(10, 5000)),
  category: z.optional(slug),
  kind: z._default(z.enum(kinds), 'complaint'),
  place,
};

const explained = z.object({
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

const leads = z.object({
  unit: z.nullable(z.object({ id: z.string(), name: z.string() })),
  outside: z.nullable(z.object({ id: z.string(), name: z.string() })),
});

/** What routing would do with a report that nobody files. */
const dryRun = {
  method: 'POST',
  path: '/v1/desk/routing/dry-run',
  who: staff('coordinator', 'inspector', 'head', 'liaison'),
  summary: {
    id: 'Coba aturan penerusan tanpa membuat laporan',
    en: 'Try the routing rules without filing anything',
  },
  body: z.strictObject({
    text: z.optional(words(10, 5000)),
    category: z.optional(slug),
    place: z.optional(place),
    roadClass: z.optional(z.enum(roadClasses)),
    /** When it would be filed; now by default. */
    at: z.optional(instantIn),
  }),
  status: 200,
  response: z.object({
    at: instant,
    category: z.object({
      id: z.nullable(z.string()),
      by: z.enum(['reporter', 'suggested', 'none']),
      confidence: z.number(),
      reasons: z.array(z.string()),
    }),
    area: z.object({ code: z.nullable(z.string()), how: z.string() }),
    /** Null: no rule matches and leads somewhere; the coordinator decides. */
    matched: z.nullable(z.object({ rule: z.string(), to: leads })),
    reason: z.string(),
    /** All other rules, those that almost fitted first; `why` is the first thing by which a rule lost. */
    losers: z.array(
      z.object({
        rule: z.string(),
        why: z.enum(['later', 'category', 'area', 'roadClass', 'time', 'leadsNowhere']),
        to: z.nullable(leads),
      }),
    ),
    /** Where it would go if that unit answered that it is not theirs; null is the coordinator's to find. */
    next: z.nullable(leads),
    /** Assigned by the system at once, without triage. */
    direct: z.boolean(),
    confidential: z.boolean(),
    oversight: z.boolean(),
    emergency: z.boolean(),
  }),
  errors: ['invalidInput', 'unknownCategory', 'unknownArea'],
} as const satisfies Operation;

const filingErrors = [
  'idempotencyKeyMissing',
  'invalidInput',
  'unknownCategory',
  'unknownArea',
  'unknownUnit',
  'keyReused',
  'unknownFile',
  'notSetUp',
] as const;

export const complaints = contract({
  feature: 'complaints',
  operations: {
    dryRunRouting: dryRun,
    fileComplaint: {
      method: 'POST',
      path: '/v1/complaints',
      who: anyone,
      summary: { id: 'Sampaikan laporan tanpa akun', en: 'File a complaint without an account' },
      body: z.strictObject(filing),
      idempotent: true,
      status: 201,
      response: explained,
      errors: [...filingErrors, 'tooManyRequests'],
      throttle: { rate: 200, burst: 400 },
    },
    findSimilar: {
      method: 'POST',
      path: '/v1/complaints/similar',
      who: anyone,
      summary: {
        id: 'Laporan terbuka yang mungkin tentang hal yang sama, untuk didukung',
        en: 'Open reports that may be about the same thing, to join',
      },
      body: z.strictObject(sought),
      status: 200,
      response: z.object({
        category: z.nullable(z.object({ id: z.string(), name: z.string() })),
        area: z.nullable(z.object({ code: z.string(), name: z.nullable(z.string()) })),
        /** The nearest first; nothing that its reporter or the city keeps secret. */
        reports: z.array(
          z.object({
            /** Good for one hour: joins this report. */
            ref: z.string(),
            stateName: z.string(),
            filedAt: instant,
            /** Rounded up to 50; null when one of the two has no point and only the area is the same. */
            metres: z.nullable(z.int()),
            supporters: z.int(),
          }),
        ),
      }),
      errors: ['invalidInput', 'unknownCategory', 'unknownArea', 'notSetUp', 'tooManyRequests'],
      throttle: { rate: 100, burst: 200 },
    },
    fileMyComplaint: {
      method: 'POST',
      path: '/v1/me/complaints',
      who: citizen,
      summary: { id: 'Sampaikan laporan dengan akun', en: 'File a complaint with an account' },
      body: z.strictObject(filing),
      idempotent: true,
      status: 201,
      response: explained,
      errors: [...filingErrors, 'tooManyRequests'],
    },
    myCases: {
      method: 'GET',
      path: '/v1/me/cases',
      who: citizen,
      summary: { id: 'Laporan saya', en: 'My cases' },
      query: z.strictObject({ cursor: z.optional(cursor) }),
      status: 200,
      response: z.object({
        cases: z.array(
          z.object({
            code: z.string(),
            kind: z.string(),
            state: z.string(),
            excerpt: z.string(),
            filedAt: instant,
            due: z.nullable(instant),
            unit: z.nullable(z.object({ id: z.string(), name: z.string() })),
          }),
        ),
        next: z.nullable(z.string()),
      }),
      errors: ['badCursor'],
    },
    fileForCitizen: {
      method: 'POST',
      path: '/v1/desk/complaints',
      who: staff('coordinator', 'liaison', 'officer', 'head', 'areaHead', 'inspector'),
      summary: { id: 'Catat laporan warga', en: 'File a complaint for a citizen' },
      body: z.strictObject({
        ...filing,
        origin: z.enum(origins),
        /** When the citizen first said it; the clocks start then. Not in the future, at most 90 days ago. */
        saidAt: z.optional(instantIn),
      }),
      idempotent: true,
      status: 201,
      response: explained,
      errors: [...filingErrors, 'dateOutOfRange'],
    },
  },
});
