import * as z from 'zod/mini';
import { codePattern } from '../kernel/code.ts';
import { anyone, contract, staff } from '../kernel/contract.ts';
import { areaCode, cursor, instant, pageSize, slug, words } from '../kernel/schema.ts';

const params = z.strictObject({ code: z.string().check(z.regex(codePattern)) });
const named = z.object({ id: z.string(), name: z.string() });
const state = z.string().check(z.regex(/^[a-zA-Z]{2,32}$/));

const filters = {
  /** A kelurahan, or a kecamatan with all of its kelurahan. */
  area: z.optional(areaCode),
  category: z.optional(slug),
  state: z.optional(state),
};

const listed = z.object({
  code: z.string(),
  kind: z.string(),
  state: z.string(),
  stateName: z.string(),
  title: z.string(),
  lead: z.string(),
  category: z.nullable(named),
  area: z.nullable(named),
  unit: z.nullable(z.string()),
  filedAt: instant,
  publishedAt: instant,
  photos: z.int(),
});

/** Degrees, `west,south,east,north`. */
const bbox = z.string().check(z.regex(/^(-?\d{1,3}(\.\d{1,6})?,){3}-?\d{1,3}(\.\d{1,6})?$/));

const feature = z.object({
  type: z.literal('Feature'),
  geometry: z.object({ type: z.literal('Point'), coordinates: z.array(z.number()) }),
  properties: z.object({
    code: z.string(),
    title: z.string(),
    state: z.string(),
    stateName: z.string(),
    category: z.nullable(z.string()),
    /** `point`: rounded to about 110 m; `area`: the centre of the kelurahan, since no point is known. */
    place: z.enum(['point', 'area']),
  }),
});

const finding = z.object({ field: z.string(), kind: z.string(), text: z.string() });

const throttle = { rate: 200, burst: 400 } as const;

/** What everybody may read: nothing before the coordinator published it, and nothing after they took it down. */
export const publicly = contract({
  feature: 'public',
  operations: {
    publicCases: {
      method: 'GET',
      path: '/v1/public/cases',
      who: anyone,
      summary: { id: 'Laporan yang diterbitkan, terbaru dahulu', en: 'Published cases, newest first' },
      query: z.strictObject({ ...filters, cursor: z.optional(cursor), size: pageSize }),
      status: 200,
      response: z.object({
        cases: z.array(listed),
        next: z.nullable(z.string()),
        /** False when the read stopped at its bound before the page was full: follow `next`. */
        full: z.boolean(),
      }),
      maxAge: 30,
      errors: ['badCursor', 'unknownArea', 'unknownCategory', 'invalidInput'],
      throttle,
    },
    publicSearch: {
      method: 'GET',
      path: '/v1/public/search',
      who: anyone,
      summary: {
        id: 'Cari laporan yang diterbitkan dengan kata, terbaru dahulu',
        en: 'Find published cases by words, newest first',
      },
      query: z.strictObject({
        /** Every word in some form; a last one ending in `*` is the beginning of one. */
        q: words(2, 120),
        cursor: z.optional(cursor),
        size: pageSize,
      }),
      status: 200,
      response: z.object({
        cases: z.array(listed),
        next: z.nullable(z.string()),
        /** The search met its bound before the page was full: ask with more or rarer words. */
        narrow: z.boolean(),
      }),
      maxAge: 30,
      errors: ['searchWords', 'badCursor', 'invalidInput'],
      throttle,
    },
    publicCase: {
      method: 'GET',
      path: '/v1/public/cases/{code}',
      who: anyone,
      summary: { id: 'Satu laporan yang diterbitkan', en: 'One published case' },
      params,
      status: 200,
      response: z.object({
        code: z.string(),
        kind: z.string(),
        state: z.string(),
        stateName: z.string(),
        title: z.string(),
        summary: z.string(),
        /** Counts the edits of these words. */
        version: z.int(),
        category: z.nullable(named),
        area: z.nullable(named),
        unit: z.nullable(z.string()),
        filedAt: instant,
        publishedAt: instant,
        editedAt: instant,
        /** What the citizen is promised; null when it has ended. */
        due: z.nullable(instant),
        timeline: z.array(
          z.object({
            at: instant,
            type: z.string(),
            state: z.string(),
            stateName: z.string(),
            unit: z.nullable(z.string()),
            says: z.string(),
          }),
        ),
        /** How many joined it; null below five, so that nobody is told apart. */
        supporters: z.nullable(z.int()),
        /** Released one by one; the links work for some minutes. */
        photos: z.array(z.object({ id: z.string(), url: z.string(), thumbnail: z.nullable(z.string()) })),
      }),
      maxAge: 30,
      errors: ['notFound', 'invalidInput'],
      throttle,
    },
    publicMap: {
      method: 'GET',
      path: '/v1/public/map',
      who: anyone,
      summary: {
        id: 'Peta laporan yang diterbitkan (GeoJSON, titik dibulatkan)',
        en: 'Map of published cases (GeoJSON, points rounded)',
      },
      query: z.strictObject({ ...filters, bbox: z.optional(bbox) }),
      status: 200,
      response: z.object({
        type: z.literal('FeatureCollection'),
        features: z.array(feature),
        /** True when there are more than one answer holds: the newest are given. */
        truncated: z.boolean(),
      }),
      produces: 'application/geo+json',
      maxAge: 60,
      errors: ['unknownArea', 'unknownCategory', 'invalidInput'],
      throttle,
    },
    publication: {
      method: 'GET',
      path: '/v1/desk/cases/{code}/publication',
      who: staff('coordinator'),
      summary: {
        id: 'Usul judul dan ringkasan untuk diterbitkan, data pribadi disamarkan',
        en: 'Proposed title and summary, personal data masked',
      },
      params,
      status: 200,
      response: z.object({
        code: z.string(),
        seq: z.int(),
        /** Why it cannot be published now: `secretCase`, `wrongState`; null when it can. */
        not: z.nullable(z.string()),
        proposal: z.object({ title: z.string(), summary: z.string() }),
        /** What was masked in the report, for the coordinator to look at. */
        findings: z.array(finding),
        /** What is public now. */
        published: z.nullable(
          z.object({
            title: z.string(),
            summary: z.string(),
            version: z.int(),
            publishedAt: instant,
            editedAt: instant,
            files: z.array(z.string()),
          }),
        ),
        /** What came with the case, to be released one by one. */
        files: z.array(z.object({ id: z.string(), seq: z.int(), released: z.boolean() })),
      }),
      errors: ['notFound'],
    },
  },
});
