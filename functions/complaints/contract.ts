import * as z from 'zod/mini';
import { roadClasses } from '../city/schema.ts';
import { anyone, citizen, contract, type Operation, staff } from '../kernel/contract.ts';
import { reportProblems } from '../kernel/report-problems.ts';
import { cursor, instant, instantIn, slug, words } from '../kernel/schema.ts';
import { explained, filing, origins, place, sought } from './shapes.ts';
import { distances } from './similar.ts';

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
  problems: reportProblems,
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
            /** `here`: within the same hundred metres · `near` · `area`: one of the two has no point. */
            distance: z.enum(distances),
            /** Null for fewer than five. */
            supporters: z.nullable(z.int()),
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
