import * as z from 'zod/mini';
import { kinds } from '../announcing/model.ts';
import { announcementProblems } from '../kernel/announcement-problems.ts';
import { codePattern } from '../kernel/code.ts';
import { anyone, contract } from '../kernel/contract.ts';
import { areaCode, cursor, instant, pageSize, slug, words } from '../kernel/schema.ts';

const throttle = { rate: 200, burst: 400 } as const;
const id = z.string().check(z.regex(codePattern));
const language = z.enum(['id', 'en']);
const named = z.object({ id: z.string(), name: z.string() });

const filters = {
  /** A kelurahan or a kecamatan; what is announced for the whole city concerns each. */
  area: z.optional(areaCode),
  topic: z.optional(slug),
  unit: z.optional(slug),
};

const card = z.object({
  id: z.string(),
  kind: z.enum(kinds),
  /** In the language asked for where it was written in it, in Indonesian otherwise. */
  language,
  title: z.string(),
  lead: z.string(),
  unit: named,
  /** Empty for the whole city. */
  areas: z.array(named),
  topics: z.array(named),
  publishedAt: instant,
  expiresAt: z.nullable(instant),
  correctedAt: z.nullable(instant),
  pinned: z.boolean(),
  source: z.nullable(z.object({ name: z.string(), url: z.nullable(z.string()) })),
  cover: z.nullable(z.object({ url: z.string(), thumbnail: z.string(), alt: z.string() })),
  event: z.nullable(z.object({ start: instant, end: instant, place: z.string() })),
  /** Below the city's public address. */
  short: z.string(),
});

/** What everybody reads: announcements that are public now, by time alone, however late any job is. */
export const announcements = contract({
  feature: 'announcements',
  problems: announcementProblems,
  operations: {
    announcements: {
      method: 'GET',
      path: '/v1/public/announcements',
      who: anyone,
      summary: { id: 'Informasi resmi, terbaru dahulu', en: 'Announcements, newest first' },
      query: z.strictObject({
        ...filters,
        kind: z.optional(z.enum(kinds)),
        /** Every word in some form. */
        q: z.optional(words(2, 120)),
        cursor: z.optional(cursor),
        size: pageSize,
      }),
      status: 200,
      response: z.object({
        /** Shown first; with the first page only. */
        pinned: z.array(card),
        announcements: z.array(card),
        next: z.nullable(z.string()),
        /** False when the read stopped at its bound before the page was full: follow `next`. */
        full: z.boolean(),
      }),
      maxAge: 60,
      errors: ['badCursor', 'unknownArea', 'unknownTopic', 'unknownUnit', 'searchWords', 'invalidInput'],
      throttle,
    },
    announcement: {
      method: 'GET',
      path: '/v1/public/announcements/{id}',
      who: anyone,
      summary: { id: 'Satu pengumuman dengan koreksinya', en: 'One announcement with its corrections' },
      params: z.strictObject({ id }),
      status: 200,
      response: z.extend(card, {
        state: z.enum(['published', 'corrected', 'expired', 'withdrawn']),
        version: z.int(),
        /** The body as sanitised HTML; empty once withdrawn. */
        html: z.string(),
        files: z.array(
          z.object({
            name: z.string(),
            url: z.string(),
            contentType: z.string(),
            bytes: z.int(),
          }),
        ),
        /** Every correction with its reason, oldest first. */
        corrections: z.array(z.object({ version: z.int(), at: instant, reason: z.string() })),
        withdrawn: z.nullable(z.object({ at: instant, reason: z.string() })),
      }),
      maxAge: 60,
      errors: ['notFound', 'invalidInput'],
      throttle,
    },
    announcementFile: {
      method: 'GET',
      path: '/v1/public/announcements/{id}/files/{file}',
      who: anyone,
      summary: {
        id: 'Sampul atau berkas pengumuman (pengalihan ke tautan sementara)',
        en: 'A cover or file (redirects to a link of minutes)',
      },
      params: z.strictObject({ id, file: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/)) }),
      query: z.strictObject({ size: z._default(z.enum(['full', 'thumbnail']), 'full') }),
      status: 302,
      errors: ['notFound', 'invalidInput'],
      throttle,
    },
    announcementFeed: {
      method: 'GET',
      path: '/v1/public/feeds/announcements',
      who: anyone,
      summary: { id: 'Informasi resmi sebagai Atom (RFC 4287)', en: 'Announcements as Atom (RFC 4287)' },
      query: z.strictObject({ ...filters, kind: z.optional(z.enum(kinds)), lang: z.optional(language) }),
      status: 200,
      response: z.string(),
      produces: 'application/atom+xml',
      maxAge: 60,
      errors: ['unknownArea', 'unknownTopic', 'unknownUnit', 'invalidInput'],
      throttle,
    },
    announcementCalendar: {
      method: 'GET',
      path: '/v1/public/feeds/agenda',
      who: anyone,
      summary: { id: 'Agenda sebagai iCalendar (RFC 5545)', en: 'The agenda as iCalendar (RFC 5545)' },
      query: z.strictObject({ ...filters, lang: z.optional(language) }),
      status: 200,
      response: z.string(),
      produces: 'text/calendar',
      maxAge: 60,
      errors: ['unknownArea', 'unknownTopic', 'unknownUnit', 'invalidInput'],
      throttle,
    },
    emergencies: {
      method: 'GET',
      path: '/v1/public/emergency',
      who: anyone,
      summary: {
        id: 'Peringatan darurat yang sedang berlaku, untuk spanduk di atas segalanya',
        en: 'Emergency warnings in force, for the banner above everything',
      },
      query: z.strictObject({ area: z.optional(areaCode) }),
      status: 200,
      response: z.object({
        /** Newest first; each goes off by itself at `expiresAt`, which a page minds without asking again. */
        emergencies: z.array(card),
        numbers: z.array(z.object({ name: z.string(), number: z.string() })),
      }),
      maxAge: 60,
      errors: ['unknownArea', 'invalidInput'],
      throttle,
    },
    topics: {
      method: 'GET',
      path: '/v1/public/topics',
      who: anyone,
      summary: { id: 'Topik pengumuman kota ini', en: 'What this city announces' },
      status: 200,
      response: z.object({ topics: z.array(named) }),
      maxAge: 60,
      errors: [],
      throttle,
    },
    shortLink: {
      method: 'GET',
      path: '/v1/p/{short}',
      who: anyone,
      summary: { id: 'Tautan pendek ke halaman pengumuman', en: 'Short link to the page of an announcement' },
      params: z.strictObject({ short: z.string().check(z.maxLength(20)) }),
      status: 302,
      errors: ['notFound'],
      throttle,
    },
  },
});
